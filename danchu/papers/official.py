"""An official paper as DOCX and as PDF, laid out as Decree 30/2020/NĐ-CP has it: A4, the state's
name, the motto, who signs.

What stands in it is for the rooms above: letters of petitions, minutes of meetings.
"""

from dataclasses import dataclass
from datetime import date

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
SIGNER = "THẨM QUYỀN KÝ\n(ký, ghi rõ họ tên, đóng dấu)"


@dataclass(frozen=True)
class Line:
    """One paragraph: `runs` are (text, kind) in order, kind "", "strong", "italic" or "marked"
    (underlined); a heading stands alone.
    """

    runs: tuple
    is_heading: bool = False

    @classmethod
    def of(cls, text, kind=""):
        return cls(((text, kind),))

    @property
    def text(self):
        return "".join(text for text, _kind in self.runs)


@dataclass(frozen=True)
class Official:
    """One paper: `issuer` whose it is, `number` what stands after “Số:”, `lines` its
    paragraphs, `signers` from left to right.
    """

    title: str
    issuer: str
    place: str
    on: date
    number: str = "…………"
    lines: tuple = ()
    signers: tuple = (SIGNER,)

    @property
    def place_and_day(self):
        return f"{self.place}, ngày {self.on.day:02d} tháng {self.on.month:02d} năm {self.on.year}"


def official_file(paper, ending):
    """The bytes of the paper as "docx" or "pdf"."""
    from danchu.papers.official_pdf import pdf_bytes  # noqa: PLC0415  late: slow
    from danchu.papers.official_word import paper_bytes  # noqa: PLC0415

    return {"docx": paper_bytes, "pdf": pdf_bytes}[ending](paper)
