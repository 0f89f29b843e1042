"""The content of a report, written from the records of the board: each number is a figure over the
rows of this board, with its evidence.

The content is a list of lines {"heading": bool, "spans": [text or {"key": indicator, "text"}]},
which pages show, files print and `send_report` stores.
"""

import html
import tomllib
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.utils import translation

from danchu.figures.answer import evidence_rows, figure
from danchu.figures.catalogue import INDICATORS
from danchu.inspection.models import Project, Recommendation, Span, Verification
from danchu.inspection.moves import PUBLIC, State
from danchu.inspection.rules.membership import INVESTMENT
from danchu.kernel.days import Period, show_day
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.reading import reading
from danchu.papers.official import Line, Official, official_file
from danchu.register.models import Event
from danchu.units.names import name_of

SOURCE = Path(__file__).parents[1] / "sources" / "report.toml"
UNKNOWN = "chưa có số liệu"
NONE = "Không có."


@cache
def template_blocks():
    """The blocks of sources/report.toml as dicts."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))["block"]


def indicator_of_board(indicator, board):
    """The indicator over the rows of one board. The sums by month do not know boards, so the rows
    themselves are added up.
    """
    key = f"{indicator.key}@{board.pk}"
    if indicator.kind == "ratio":
        return replace(
            indicator,
            key=key,
            over=indicator_of_board(indicator.over, board),
            under=indicator_of_board(indicator.under, board),
        )
    if indicator.kind == "level":
        return replace(
            indicator,
            key=key,
            standing=lambda period: indicator.standing(period).filter(term__board=board.pk),
        )
    column = "body" if indicator.source.key == "event" else "board"
    return replace(
        indicator,
        key=key,
        source=replace(indicator.source, tally=None),
        where={**indicator.where, column: board.pk},
    )


def figure_of(report, key):
    """The figure of the indicator `key` for the board, in the period of its report."""
    return figure(
        indicator_of_board(INDICATORS[key], report.board),
        report.unit_id,
        period_of(report),
        report.until - timedelta(days=1),
    )


def rows_of(report, key):
    """[evidence row] of the figure; for a ratio those of its numerator."""
    indicator = INDICATORS[key]
    if indicator.kind == "ratio":
        indicator = indicator.over
    indicator = indicator_of_board(indicator, report.board)
    return list(
        evidence_rows(
            indicator, report.unit_id, period_of(report), report.until - timedelta(days=1)
        )
    )


def period_of(report):
    """The Period that the report covers."""
    return Period(report.since, report.until)


def indicator_keys(report):
    """[key] of the indicators in the text of the report."""
    return [
        name
        for block in _blocks_of(report)
        for name in _holes(block.get("text", ""))
        if name in INDICATORS
    ]


def report_lines(report):
    """The content of the report, from the records of this moment, in Vietnamese."""
    kind = report.board.kind
    lines = []
    values = {
        "since": show_day(report.since),
        "until": show_day(report.until - timedelta(days=1)),
        "project": _project(report) if kind == INVESTMENT else "",
    }
    with translation.override("vi"), reading():
        for block in _blocks_of(report):
            if "heading" in block:
                lines.append({"heading": True, "spans": [block["heading"]]})
                continue
            lines.append({"heading": False, "spans": _spans(report, block["text"], values)})
            lines += [
                {"heading": False, "spans": [f"– {text}"]}
                for text in _list_texts(report, block.get("list", ""))
            ]
    return lines


def _blocks_of(report):
    kind = "investment" if report.board.kind == INVESTMENT else "inspection"
    return [block for block in template_blocks() if kind in block["kinds"]]


def _holes(text):
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def _spans(report, text, values):
    first, *parts = text.split("{")
    spans = [first]
    for part in parts:
        name, _brace, rest = part.partition("}")
        spans += [
            values[name]
            if name in values
            else {"key": name, "text": _number_text(figure_of(report, name))},
            rest,
        ]
    return [span for span in spans if span]


def _number_text(figure):
    if figure.value is None:
        return UNKNOWN
    show = show_percent if figure.indicator.kind == "ratio" else show_number
    return show(figure.value)


def _list_texts(report, name):
    """[text] of the list under a paragraph; [NONE] where it is empty."""
    if not name:
        return []
    return _LISTS[name](report) or [NONE]


def _rounds(report):
    rows = Event.objects.counted().filter(
        kind="inspection_round",
        body=report.board,
        held_on__gte=report.since,
        held_on__lt=report.until,
    )
    return [f"{show_day(event.held_on)}: {event.title}" for event in rows.order_by("held_on", "pk")]


def _unanswered_lines(report):
    rows = Recommendation.objects.filter(
        board=report.board, state__in=PUBLIC, received_on__lt=report.until
    ).exclude(state__in=(State.SETTLED, State.REJECTED))
    return [
        f"Chưa khép lại: {recommendation} {recommendation.title} – "
        f"{recommendation.get_state_display().lower()}{_answer_due(recommendation)}"
        for recommendation in rows.select_related("obligation").order_by("received_on", "pk")
    ]


def _answer_due(recommendation):
    """The days until which the board asked for the answer and the law owes it, in words."""
    obligation = recommendation.obligation
    days = (
        ("đề nghị trả lời đến", recommendation.asked_on),
        ("hạn trả lời", obligation and obligation.due_on),
    )
    return "".join(f", {word} {show_day(day)}" for word, day in days if day)


def _verifications(report):
    rows = Verification.objects.filter(
        board=report.board, asked_on__gte=report.since, asked_on__lt=report.until
    ).order_by("asked_on", "pk")
    return [
        f"{show_day(verification.asked_on)}: {verification.title} – "
        f"{verification.get_state_display().lower()}"
        for verification in rows
    ]


_LISTS = {"rounds": _rounds, "unanswered": _unanswered_lines, "verifications": _verifications}


def _project(report):
    return Project.objects.filter(board=report.board).values_list("name", flat=True).first() or "–"


def heading_of(report):
    """The title of the report, from its period or as entered."""
    if report.span == Span.AD_HOC:
        return report.title
    last = report.until - timedelta(days=1)
    names = {
        Span.QUARTER: f"quý {(last.month - 1) // 3 + 1} năm {last.year}",
        Span.HALF: f"sáu tháng {'đầu' if last.month <= 6 else 'cuối'} năm {last.year}",
        Span.YEAR: f"năm {last.year}",
    }
    return f"Báo cáo kết quả hoạt động {names.get(report.span, 'nhiệm kỳ')}"


def report_file(report, lines, ending):
    """The bytes of the report with these lines, as "docx", "pdf" or "html"."""
    title = heading_of(report)
    issuer = report.board.name_on(report.until)
    if ending == "html":
        return _html(title, issuer, lines)
    day = report.sent_on or report.until
    paper = [
        Line.of(_plain(line), "") if not line["heading"] else Line(((_plain(line), ""),), True)
        for line in lines
    ]
    return official_file(
        Official(
            title,
            issuer,
            name_of(report.unit_id, report.until - timedelta(days=1)) or "",
            day,
            lines=tuple(paper),
            signers=("TM. BAN\nTRƯỞNG BAN\n(ký, ghi rõ họ tên)",),
        ),
        ending,
    )


def _plain(line):
    return "".join(span if isinstance(span, str) else span["text"] for span in line["spans"])


def _html(title, issuer, lines):
    body = "\n".join(
        f"<{tag}>{html.escape(_plain(line))}</{tag}>"
        for line in lines
        for tag in ["h2" if line["heading"] else "p"]
    )
    return (
        f"<!doctype html><html lang='vi'><meta "
        f"charset='utf-8'><title>{html.escape(title)}</title><p>{html.escape(issuer)}</p><h1>{html.escape(title)}</h1>\n{body}\n</html>"
    ).encode()
