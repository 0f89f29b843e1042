"""Renders an official document as DOCX and PDF in the layout of Decree 30/2020/NĐ-CP: A4, the name
of the state, the motto, number, place and day, signers.

The content comes from the rooms above: letters of petitions, minutes of meetings.
"""

import re
from dataclasses import dataclass
from datetime import date

from danchu.kernel.text import normal

STATE = {
    "vi": "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "en": "SOCIALIST REPUBLIC OF VIET NAM",
}
MOTTO = {"vi": "Độc lập - Tự do - Hạnh phúc", "en": "Independence - Freedom - Happiness"}
UNDATED = {"vi": "ngày …… tháng …… năm ………", "en": "…… (date)"}
NUMBER = {"vi": "Số:", "en": "No.:"}
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# What stands among the numbers of a column where there is none.
NO_NUMBER = ("chưa có số liệu", "not known", "(không nêu)", "(not stated)", "–")
NUMBER_TEXT = re.compile(r"[\d.,:/%+–\- ]*")
BY_HAND = 30
SIGNER = "THẨM QUYỀN KÝ\n(ký, ghi rõ họ tên, đóng dấu)"


@dataclass(frozen=True)
class Line:
    """One paragraph or heading: `runs` are (text, kind) in order, kind being "", "strong", "italic"
    or "marked" (underlined). Texts are brought into the form of `kernel.text.normal`: rows that are
    older than that form may hold what XML cannot.
    """

    runs: tuple
    is_heading: bool = False

    def __post_init__(self):
        runs = tuple((normal(text), kind) for text, kind in self.runs)
        object.__setattr__(self, "runs", runs)

    @classmethod
    def of(cls, text, kind=""):
        """A paragraph of one run."""
        return cls(((text, kind),))

    @property
    def text(self):
        return "".join(text for text, _kind in self.runs)


@dataclass(frozen=True)
class Table:
    """A table among the lines: `head` are the heads of its columns, `rows` tuples of as many
    texts, the first a label, the others numbers or words.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self):
        object.__setattr__(self, "title", normal(self.title))
        object.__setattr__(self, "head", tuple(map(normal, self.head)))
        object.__setattr__(self, "rows", tuple(tuple(map(normal, row)) for row in self.rows))

    def is_number(self, place):
        """Whether the column at this place holds numbers alone, and words where there is none; the
        first is a label.
        """
        texts = [row[place] for row in self.rows if row[place] not in NO_NUMBER]
        return place > 0 and any(texts) and all(map(NUMBER_TEXT.fullmatch, texts))

    def longest(self, place):
        """The number of letters of the longest text in the column; of one that is empty as many as
        somebody writes there by hand.
        """
        texts = [row[place] for row in self.rows]
        return max(map(len, [self.head[place], *texts])) if any(texts) else BY_HAND


@dataclass(frozen=True)
class Official:
    """One document: `issuer` is the body that issues it, `number` what follows “Số:”, `lines` its
    paragraphs and tables, `signers` the captions of the signatures from left to right. `on` None
    leaves the day to be written by hand, and `number` "" leaves out its line. `stub` are lines
    above the document, to be torn off along a dashed line.
    """

    title: str
    issuer: str
    place: str
    on: date | None
    number: str = "…………"
    lines: tuple = ()
    signers: tuple = (SIGNER,)
    language: str = "vi"
    stub: tuple[str, ...] = ()

    def __post_init__(self):
        for name in ("title", "issuer", "place", "number"):
            object.__setattr__(self, name, normal(getattr(self, name)))
        object.__setattr__(self, "signers", tuple(map(normal, self.signers)))
        object.__setattr__(self, "stub", tuple(map(normal, self.stub)))

    @property
    def head(self):
        """The name of the state and its motto, over the place and the day."""
        return f"{STATE[self.language]}\n{MOTTO[self.language]}"

    @property
    def number_line(self):
        return f"{NUMBER[self.language]} {self.number}" if self.number else ""

    @property
    def place_and_day(self):
        if self.on is None:
            return f"{self.place}, {UNDATED[self.language]}"
        if self.language == "en":
            return f"{self.place}, {self.on.day} {self.on:%B %Y}"
        return f"{self.place}, ngày {self.on.day:02d} tháng {self.on.month:02d} năm {self.on.year}"


def official_file(paper, ending):
    """Render an Official as "docx" or "pdf"; returns bytes; KeyError for another ending."""
    if ending == "pdf":
        from danchu.papers.official_pdf import pdf_bytes  # noqa: PLC0415  late: slow

        return pdf_bytes(paper)
    if ending == "docx":
        from danchu.papers.official_word import paper_bytes  # noqa: PLC0415  late: slow

        return paper_bytes(paper)
    raise KeyError(ending)


def official_pages(papers):
    """Render several Officials as one PDF, each on pages of its own; returns bytes."""
    from danchu.papers.official_pdf import pdf_of  # noqa: PLC0415  late: slow

    return pdf_of(papers)
