"""The generator's own count of a rehearsal, independent of the product, and the numbers read from
the text of the minutes.
"""

import io
import re
from collections import Counter
from fractions import Fraction

COUNT = r"([0-9][0-9.]*)"


class Books:
    """What the simulated people did, counted from their requests and the answers to them."""

    def __init__(self):
        self.arrivals, self.heads = Counter(), {}  # by the name of the room
        self.speeches, self.questions_asked, self.questions_refused, self.questions_waiting = (
            0,
            0,
            0,
            0,
        )
        self.upvoters, self.grouped = {}, {}  # {text: persons}; {text: the text it went into}
        self.answered = {}  # {text: whether it is in the minutes}
        self.polls = {}  # {title: {"options", "counts", "roll", "judged"}}

    def present(self):
        """{room: people}: the largest count of its desk, or, without one, the number of devices."""
        rooms = {*self.arrivals, *self.heads}
        return {
            name: self.heads.get(name) or self.arrivals[name]
            for name in sorted(rooms)
            if self.heads.get(name) or self.arrivals[name]
        }

    def family(self, text):
        """{person}: who upvoted the question or one that was grouped into it."""
        return set(self.upvoters.get(text, ())).union(
            *(
                self.upvoters.get(question, ())
                for question, into in self.grouped.items()
                if into == text
            )
        )

    def numbers(self):
        """{name: number} of every number that the minutes must have."""
        rooms = self.present()
        numbers = {"đại biểu": sum(rooms.values()), "điểm cầu": len(rooms)}
        numbers |= {f"có mặt, {name}": number for name, number in rooms.items()}
        numbers |= {
            "lượt phát biểu": self.speeches,
            "đoạn ghi phát biểu": self.speeches,
            "câu hỏi": self.questions_asked - self.questions_refused,
            "cuộc biểu quyết": len(self.polls),
        }
        numbers |= {
            "câu hỏi gộp": len(self.grouped),
            "câu hỏi không đưa lên": self.questions_refused,
            "câu hỏi chưa kịp duyệt": self.questions_waiting,
        }
        questions = [text for text in self.upvoters if text not in self.grouped]
        numbers |= {"câu hỏi ghi đủ": len(questions)} | {
            f"ủng hộ, {text}": len(self.family(text)) for text in questions
        }
        for title, poll in self.polls.items():
            cast = sum(poll["counts"])
            numbers |= {f"{title}: phiếu": cast, f"{title}: tính trên": poll["roll"]}
            for option, number in zip(poll["options"], poll["counts"], strict=True):
                numbers |= {
                    f"{title}: {option}": number,
                    f"{title}: {option}, phần mười của %": _tenths(number, cast),
                }
            for place, (share, whole) in enumerate(poll["judged"], 1):
                numbers |= {
                    f"{title}: phép so {place}, phần": share,
                    f"{title}: phép so {place}, tổng": whole,
                }
        return numbers


def _tenths(part, whole):
    return int(Fraction(part * 1000, whole) + Fraction(1, 2)) if whole else 0


def read_minutes(lines, speakers):
    """{name: number} read from the paragraphs of the minutes; `speakers`: how many are speeches."""
    numbers, text = {"đoạn ghi phát biểu": speakers}, "\n".join(lines)
    people = re.search(rf"Dự hội nghị: {COUNT} đại biểu tại {COUNT} điểm cầu", text)
    numbers |= {"đại biểu": _int(people[1]), "điểm cầu": _int(people[2])}
    numbers |= {
        f"có mặt, {name}": _int(number)
        for name, number in re.findall(rf"(Điểm cầu \d+): {COUNT}(?=[;.]|$)", text)
    }
    end = re.search(
        rf"Tại hội nghị có {COUNT} lượt phát biểu, {COUNT} câu hỏi, {COUNT} cuộc biểu quyết", text
    )
    numbers |= dict(
        zip(("lượt phát biểu", "câu hỏi", "cuộc biểu quyết"), map(_int, end.groups()), strict=True)
    )
    other_questions = re.search(
        rf"Câu hỏi khác: {COUNT} câu gộp vào câu trên, {COUNT} câu không đưa lên, "
        rf"{COUNT} câu chưa kịp duyệt",
        text,
    )
    numbers |= dict(
        zip(
            ("câu hỏi gộp", "câu hỏi không đưa lên", "câu hỏi chưa kịp duyệt"),
            map(_int, other_questions.groups()),
            strict=True,
        )
    )
    questions = re.findall(
        rf"Câu hỏi \([^)]*\): (.*?\?)(?: \({COUNT} đại biểu cùng muốn được trả "
        rf"lời\.\))?(?:\n| Trả lời|$)",
        text,
    )
    numbers |= {"câu hỏi ghi đủ": len(questions)} | {
        f"ủng hộ, {question}": _int(number or "0") for question, number in questions
    }
    for title, cast, of, counts in re.findall(
        rf"“([^”]*)”: {COUNT} phiếu trên {COUNT} người\. ([^\n]*)", text
    ):
        numbers |= {f"{title}: phiếu": _int(cast), f"{title}: tính trên": _int(of)}
        for option, number, whole, tenth in re.findall(
            rf"([^;:.]+): {COUNT} \((\d+),(\d)\s%\)", counts
        ):
            numbers |= {
                f"{title}: {option.strip()}": _int(number),
                f"{title}: {option.strip()}, phần mười của %": int(whole) * 10 + int(tenth),
            }
        for place, (share, whole) in enumerate(
            re.findall(rf": {COUNT} trên tổng số {COUNT}", counts), 1
        ):
            numbers |= {
                f"{title}: phép so {place}, phần": _int(share),
                f"{title}: phép so {place}, tổng": _int(whole),
            }
    return numbers


def word_lines(data):
    """The paragraphs of a Word file."""
    from docx import Document

    return [paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs]


def compare(own, from_minutes):
    """[(name, own count, number in the minutes)] of all names that either has."""
    return [
        (name, own.get(name), from_minutes.get(name))
        for name in dict.fromkeys([*own, *from_minutes])
    ]


def _int(text):
    return int(text.replace(".", ""))
