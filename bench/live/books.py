"""The generator's own count of a rehearsal, kept beside the product, and the minutes read as
anyone reads them, number by number.
"""

import io
import re
from collections import Counter
from fractions import Fraction

COUNT = r"([0-9][0-9.]*)"


class Books:
    """What the simulated people did, as they themselves know it: from what they sent and what
    they were answered.
    """

    def __init__(self):
        self.came, self.heads = Counter(), {}  # by the name of the room
        self.speeches, self.asked, self.refused, self.waiting = 0, 0, 0, 0
        self.wanted, self.grouped = {}, {}  # {text: persons}; {text: the text it went into}
        self.answered = {}  # {text: whether it is in the minutes}
        self.polls = {}  # {title: {"options", "counts", "roll", "judged"}}

    def present(self):
        """{room: people}: where the desk counted, its largest number; else who came with a
        device.
        """
        rooms = {*self.came, *self.heads}
        return {
            name: self.heads.get(name) or self.came[name]
            for name in sorted(rooms)
            if self.heads.get(name) or self.came[name]
        }

    def family(self, text):
        """Who wants a question answered, with those of the questions that went into it; each
        person once.
        """
        return set(self.wanted.get(text, ())).union(
            *(self.wanted.get(one, ()) for one, into in self.grouped.items() if into == text)
        )

    def numbers(self):
        """{what: number}, every number that the minutes must tell."""
        rooms = self.present()
        found = {"đại biểu": sum(rooms.values()), "điểm cầu": len(rooms)}
        found |= {f"có mặt, {name}": number for name, number in rooms.items()}
        found |= {
            "lượt phát biểu": self.speeches,
            "đoạn ghi phát biểu": self.speeches,
            "câu hỏi": self.asked - self.refused,
            "cuộc biểu quyết": len(self.polls),
        }
        found |= {
            "câu hỏi gộp": len(self.grouped),
            "câu hỏi không đưa lên": self.refused,
            "câu hỏi chưa kịp duyệt": self.waiting,
        }
        told = [text for text in self.wanted if text not in self.grouped]
        found |= {"câu hỏi ghi đủ": len(told)} | {
            f"ủng hộ, {text}": len(self.family(text)) for text in told
        }
        for title, poll in self.polls.items():
            cast = sum(poll["counts"])
            found |= {f"{title}: phiếu": cast, f"{title}: tính trên": poll["roll"]}
            for option, number in zip(poll["options"], poll["counts"], strict=True):
                found |= {
                    f"{title}: {option}": number,
                    f"{title}: {option}, phần mười của %": _tenths(number, cast),
                }
            for place, (share, whole) in enumerate(poll["judged"], 1):
                found |= {
                    f"{title}: phép so {place}, phần": share,
                    f"{title}: phép so {place}, tổng": whole,
                }
        return found


def _tenths(part, whole):
    return int(Fraction(part * 1000, whole) + Fraction(1, 2)) if whole else 0


def read_minutes(lines, speakers):
    """{what: number} as these paragraphs tell it; `speakers` is how many of them are speeches."""
    found, text = {"đoạn ghi phát biểu": speakers}, "\n".join(lines)
    people = re.search(rf"Dự hội nghị: {COUNT} đại biểu tại {COUNT} điểm cầu", text)
    found |= {"đại biểu": _int(people[1]), "điểm cầu": _int(people[2])}
    found |= {
        f"có mặt, {name}": _int(number)
        for name, number in re.findall(rf"(Điểm cầu \d+): {COUNT}(?=[;.]|$)", text)
    }
    end = re.search(
        rf"Tại hội nghị có {COUNT} lượt phát biểu, {COUNT} câu hỏi, {COUNT} cuộc biểu quyết", text
    )
    found |= dict(
        zip(("lượt phát biểu", "câu hỏi", "cuộc biểu quyết"), map(_int, end.groups()), strict=True)
    )
    other = re.search(
        rf"Câu hỏi khác: {COUNT} câu gộp vào câu trên, {COUNT} câu không đưa lên, "
        rf"{COUNT} câu chưa kịp duyệt",
        text,
    )
    found |= dict(
        zip(
            ("câu hỏi gộp", "câu hỏi không đưa lên", "câu hỏi chưa kịp duyệt"),
            map(_int, other.groups()),
            strict=True,
        )
    )
    asked = re.findall(
        rf"Câu hỏi \([^)]*\): (.*?\?)(?: \({COUNT} đại biểu cùng muốn được trả "
        rf"lời\.\))?(?:\n| Trả lời|$)",
        text,
    )
    found |= {"câu hỏi ghi đủ": len(asked)} | {
        f"ủng hộ, {question}": _int(number or "0") for question, number in asked
    }
    for title, cast, of, counts in re.findall(
        rf"“([^”]*)”: {COUNT} phiếu trên {COUNT} người\. ([^\n]*)", text
    ):
        found |= {f"{title}: phiếu": _int(cast), f"{title}: tính trên": _int(of)}
        for option, number, whole, tenth in re.findall(
            rf"([^;:.]+): {COUNT} \((\d+),(\d)\s%\)", counts
        ):
            found |= {
                f"{title}: {option.strip()}": _int(number),
                f"{title}: {option.strip()}, phần mười của %": int(whole) * 10 + int(tenth),
            }
        for place, (share, whole) in enumerate(
            re.findall(rf": {COUNT} trên tổng số {COUNT}", counts), 1
        ):
            found |= {
                f"{title}: phép so {place}, phần": _int(share),
                f"{title}: phép so {place}, tổng": _int(whole),
            }
    return found


def word_lines(data):
    """The paragraphs of a Word file."""
    from docx import Document

    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


def compared(own, told):
    """[(what, own count, the minutes')] of all that either has."""
    return [(what, own.get(what), told.get(what)) for what in dict.fromkeys([*own, *told])]


def _int(text):
    return int(text.replace(".", ""))
