"""Renders an official document as DOCX and PDF in the layout of Decree 30/2020/NĐ-CP: A4, the name
of the state, the motto, number, place and day, signers.

The content comes from the rooms above: letters of petitions, minutes of meetings.
"""

from dataclasses import dataclass
from datetime import date

from danchu.kernel.text import normal

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
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
class Official:
    """One document: `issuer` is the body that issues it, `number` what follows “Số:”, `lines` its
    paragraphs, `signers` the captions of the signatures from left to right.
    """

    title: str
    issuer: str
    place: str
    on: date
    number: str = "…………"
    lines: tuple = ()
    signers: tuple = (SIGNER,)

    def __post_init__(self):
        for name in ("title", "issuer", "place", "number"):
            object.__setattr__(self, name, normal(getattr(self, name)))
        object.__setattr__(self, "signers", tuple(map(normal, self.signers)))

    @property
    def place_and_day(self):
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
