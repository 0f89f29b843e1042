"""Illustrative statements from paper books in Hồ Chí Minh City, each with its paper."""

import io
from datetime import date

from docx import Document

from danchu.demo.topics import place_name
from danchu.register.actions import attach_paper, confirm_statement, draft_statement
from danchu.units.actions import open_bodies
from danchu.units.models import Standing

YEAR = (date(2022, 1, 1), date(2023, 1, 1))
# (code of the commune, number of opinions)
STATEMENTS = (("26737", 212), ("26740", 187), ("26743", 96))


def load_statements(day, *, by):
    """Farmers' unions of three wards state on paper their opinions of 2022; the wards have their
    codes on `day`.
    """
    for code, amount in STATEMENTS:
        standing = Standing.objects.on(day).select_related("unit").get(code=code)
        name = f"Hội Nông dân {place_name(standing.name)}"
        body = open_bodies(
            [(standing.unit, "socio_political_org", name, standing.unit.since)], by=by
        )[0]
        statement = draft_statement(
            by=by,
            body=body,
            indicator="opinions",
            since=YEAR[0],
            until=YEAR[1],
            amount=amount,
            note="Số liệu minh họa từ sổ giấy.",
        )
        paper = statement_paper(name, YEAR[0].year, amount)
        attach_paper(statement, paper, f"bao-cao-{code}.docx", by=by)
        confirm_statement(statement, by=by)


def statement_paper(name, year, amount):
    """An open DOCX file in which the union of this name states its opinions of the year."""
    paper = Document()
    file = io.BytesIO()
    paper.add_heading("BÁO CÁO (minh họa)", 1)
    paper.add_paragraph(
        f"{name} báo cáo: năm {year} có {amount} ý kiến góp ý xây dựng Đảng, chính quyền."
    )
    paper.add_paragraph("Văn bản này được tạo ra để trình diễn, không phải tài liệu thật.")
    paper.save(file)
    return file
