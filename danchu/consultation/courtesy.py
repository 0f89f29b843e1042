"""What people say, in words without marks: courtesy, small words and shortened words put aside."""

import re

from danchu.kernel.text import fold

# Phrases of courtesy wherever they stand.
COURTESY = re.compile(
    r"\b(kinh (gui|thua)|thua (quy )?(ong ba|ong|ba|cac (ong|bac|dong chi))|ubnd (xa|phuong)"
    r"|uy ban nhan dan( xa| phuong)?|theo (y |y kien )?toi|(do |tren day )?la y kien cua toi"
    r"|(gia dinh |ca nhan )?(chung )?toi (thay|xin|de nghi|kien nghi|de xuat|mong)( rang)?"
    r"|can bo|(xin )?(chan thanh )?cam on|tran trong"
    r"|(rat |kinh )?mong (duoc )?(xem xet|quan tam))\b"
)
# Words of address, thanks and of writing at all, before and after what people say.
_POLITE_WORDS = (
    "a ah alo anh bac ban bao biet ca cac can cao cap cau chan chao chau chi chu chung co "
    "con cu cuu da dan danh dao dau de dia dong duoc em ghi gia giai giup gop gui ho hoi huu ich "
    "kien kinh lam lanh loi long mat may minh mong nay nghi nghien nhan nhanh nhe nho noi oi on "
    "ong phuong quan quy quyet rang rat sat sau som tam ten thanh thay the thi thoi thua to toi "
    "tran trang tren trinh trong truong ubnd uy va vai vi voi vui xa xem xet xin y"
)
POLITE = frozenset(_POLITE_WORDS.split())
# Words that turn nothing round, whether they stand there or not.
_SMALL_WORDS = "a ah cung da dang day la lam luon ma nay nha nhe nhi nua rat roi se thi va"
SMALL = frozenset(_SMALL_WORDS.split())
# As people shorten words in messages.
SHORTENED = {
    **dict.fromkeys(("ko", "k", "kg", "khg", "hok", "kh"), "khong"),
    **dict.fromkeys(("dc", "dk"), "duoc"),
    "dn": "de nghi",
    "nh": "nhieu",
    "ng": "nguoi",
    "ngta": "nguoi ta",
    "trc": "truoc",
    "vs": "voi",
    "cx": "cung",
    "lm": "lam",
    "j": "gi",
    "bt": "biet",
    "bn": "bao nhieu",
    "gd": "gia dinh",
}
# A syllable of Vietnamese without marks: what a slip makes is mostly none.
SYLLABLE = re.compile(
    r"(b|ch?|d|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
    r"(a|ai|ao|au|ay|e|eo|eu|i|ia|ie|ieu|iu|o|oa|oai|oao|oay|oe|oeo|oi|oo|u|ua|uai|uay|uau|ue|ueu|ui|uo"
    r"|uoi|uou|uu|uy|uya|uye|uyu|y|ye|yeu)(ch?|m|ng?|nh|p|t)?"
)
# What Telex writes as one letter, typed while the keyboard was off; a tone is typed last.
TELEX = re.compile(r"(?<=d)d|(?<=a)[aw]|(?<=e)e|(?<=o)[ow]|(?<=u)w|(?<=.)[sfrxj]$")


def core_of(text: str) -> str:
    """What the text says in small letters without diacritics and words of courtesy; all of it where
    nothing else is said.
    """
    words = [SHORTENED.get(word, word) for word in fold(text.replace("&", " va ")).split()]
    bare = " ".join(map(_as_meant, words))
    return " ".join(COURTESY.sub(" ", bare).split()) or bare


def _as_meant(word):
    """The word that keys of Telex mean, where it is none as it stands."""
    if " " in word or SYLLABLE.fullmatch(word):
        return word
    letters = TELEX.sub("", word)
    return letters if SYLLABLE.fullmatch(letters) else word


def words_of(text: str) -> list[str]:
    """The words of the core that carry meaning."""
    words = core_of(text).split()
    return [word for word in words if word not in SMALL] or words
