"""The files of a report: what they are called, how a workbook writes its numbers."""

import io
import zipfile
from fractions import Fraction
from types import SimpleNamespace

from lxml import etree

from danchu.papers.official import NO_NUMBER, Table
from danchu.reports.blocks import HIDDEN, Block, Number
from danchu.reports.files import file_name
from danchu.reports.sentences import UNKNOWN
from danchu.reports.xlsx_file import xlsx_file

SHEET = {"s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}


def figure(value):
    return SimpleNamespace(value=value, is_hidden=False)


def test_the_file_of_an_office_s_report_is_called_by_its_title():
    form = SimpleNamespace(name="c2a2059d-1822-445b-b644-b216773c70fe")
    document = SimpleNamespace(title="Kết quả quý IV/2026: Đống Đa", form=form)
    assert file_name(document, ".docx") == "ket-qua-quy-iv-2026-dong-da.docx"
    document.title = "《》"
    assert file_name(document, ".pdf") == f"{form.name}.pdf"
    document.form, document.title = SimpleNamespace(name="ha-noi-2023"), "Báo cáo"
    assert file_name(document, ".csv") == "ha-noi-2023.csv"


def test_a_workbook_writes_counts_with_thousands_rates_with_percent_and_changes_as_numbers():
    many, few, rate = figure(12567), figure(12507), figure(Fraction(1446, 1566) * 100)
    cells = (
        Number("12.567", (many,)),
        Number("+60", (many, few)),
        Number("92,3 %", (rate,)),
        Number("–", (many, figure(None))),
    )
    block = Block("table", title="Biểu", rows=(("Đối thoại", *cells),), head=("a", "b", "c", "d"))
    content = xlsx_file(SimpleNamespace(language="vi", title="Báo cáo", blocks=(block,)))
    book = zipfile.ZipFile(io.BytesIO(content))
    row = etree.fromstring(book.read("xl/worksheets/sheet2.xml")).findall(".//s:row[2]/s:c", SHEET)
    values = [cell.findtext("s:v", namespaces=SHEET) for cell in row]
    assert values[1:3] == ["12567", "60"] and values[3].startswith("92.33")
    styles = book.read("xl/styles.xml").decode()
    assert "+#,##0;−#,##0;0" in styles and "0.0&quot; %&quot;" in styles
    formats = [cell.get("s") for cell in row[1:]]
    assert None not in formats and len(set(formats)) == 4 and row[4].get("t") == "s"


def test_a_column_of_numbers_stays_one_where_some_are_not_known_or_not_stated():
    assert {*UNKNOWN.values(), *HIDDEN.values()} <= set(NO_NUMBER)
    table = Table("Biểu", ("Chỉ tiêu", "Kết quả"), (("a", "1"), ("b", UNKNOWN["vi"])))
    assert table.is_number(1)
    assert not Table("Biểu", ("a", "b"), (("a", UNKNOWN["vi"]),)).is_number(1)
