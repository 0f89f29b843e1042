"""A filled report as an official paper: letterhead, number, text, tables, signer, recipients."""

from datetime import date

from danchu.kernel.days import show_day
from danchu.papers.official import SIGNER, Line, Official, Table
from danchu.reports.blocks import Block, Document, Number

TITLE = {"vi": "Báo cáo", "en": "Report"}
MAP = {"vi": "(Bản đồ đơn vị hành chính ngày {day})", "en": "(Administrative map of {day})"}
RECIPIENTS = {"vi": "Nơi nhận:", "en": "Copies to:"}


def official_report(document: Document) -> Official:
    """The Official of a Document. What the form does not say of the paper (issuer, number, place,
    signer) is left to be filled in by hand; the issuer is by default the unit.
    """
    paper = document.form.paper
    lines = [Line.of(document.title, "strong"), Line.of(_map_note(document), "italic")]
    for block in document.blocks:
        lines += _lines(block)
    recipients = paper.get("recipients", "")
    if recipients:
        lines.append(Line(((RECIPIENTS[document.language], ""),), is_heading=True))
        lines += [Line.of(line) for line in recipients.splitlines() if line.strip()]
    return Official(
        title=TITLE[document.language],
        issuer=paper.get("issuer") or document.unit_name,
        place=paper.get("place") or "…………",
        on=date.fromisoformat(paper["on"]) if paper.get("on") else None,
        number=paper.get("number") or "…………",
        lines=tuple(lines),
        signers=(paper.get("signer") or SIGNER,),
        language=document.language,
    )


def _map_note(document: Document) -> str:
    return MAP[document.language].format(day=show_day(document.map_day))


def _lines(block: Block) -> list[Line | Table]:
    """The paragraphs and tables of a block; a chart has none, its numbers stand in the tables."""
    if block.kind == "table":
        rows = tuple((row[0], *(cell.text for cell in row[1:])) for row in block.rows)
        return [Table(block.title, (block.stub, *block.head), rows)]
    if block.kind == "chart":
        return []
    words = "".join(span.text if isinstance(span, Number) else span for span in block.spans)
    return [Line(((words, ""),), is_heading=block.kind == "heading")]
