"""What people say, without the words of courtesy around it."""

import re

from danchu.kernel.text import fold

COURTESY = re.compile(
    r"\b(kinh (gui|thua)|thua (quy )?(ong ba|ong|ba|cac (ong|bac|dong chi))|ubnd (xa|phuong)"
    r"|uy ban nhan dan( xa| phuong)?|theo (y |y kien )?toi|(do |tren day )?la y kien cua toi"
    r"|(gia dinh |ca nhan )?(chung )?toi (thay|xin|de nghi|kien nghi|de xuat|mong)( rang)?"
    r"|(xin )?(chan thanh )?cam on|tran trong|(rat |kinh )?mong (duoc )?(xem xet|quan tam))\b"
)


def core_of(text: str) -> str:
    """What the text says in small letters without diacritics and words of courtesy; all of it where
    nothing else is said.
    """
    bare = fold(text)
    return " ".join(COURTESY.sub(" ", bare).split()) or bare
