"""A report of a board as its records write it: each number a figure over the board's own rows, so
that it opens to them.

A text is a list of lines, {"heading": bool, "spans": [text or {"key", "text"}]}: what the page
shows, the files print and `send_report` keeps.
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
MOST_LISTED = 200


@cache
def blocks():
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))["block"]


def of_board(what, board):
    """The indicator over the rows of one board alone. Sums by month know no board: the rows
    themselves are added up.
    """
    key = f"{what.key}@{board.pk}"
    if what.kind == "ratio":
        return replace(
            what, key=key, over=of_board(what.over, board), under=of_board(what.under, board)
        )
    if what.kind == "level":
        return replace(
            what,
            key=key,
            standing=lambda period: what.standing(period).filter(term__board=board.pk),
        )
    column = "body" if what.source.key == "event" else "board"
    return replace(
        what,
        key=key,
        source=replace(what.source, tally=None),
        where={**what.where, column: board.pk},
    )


def figure_of(report, key):
    """The figure of the board in the period of its report."""
    return figure(
        of_board(INDICATORS[key], report.board),
        report.unit_id,
        period_of(report),
        report.until - timedelta(days=1),
    )


def rows_of(report, key):
    """The rows a number of the report is the sum of; of a rate those above the line, which its
    page says.
    """
    what = INDICATORS[key]
    what = of_board(what.over if what.kind == "ratio" else what, report.board)
    return list(
        evidence_rows(what, report.unit_id, period_of(report), report.until - timedelta(days=1))
    )


def period_of(report):
    return Period(report.since, report.until)


def keys_of(report):
    """The indicators its text speaks of."""
    return [
        name
        for block in _mine(report)
        for name in _holes(block.get("text", ""))
        if name in INDICATORS
    ]


def written(report):
    """The text as the records write it now, in Vietnamese as the law has it."""
    kind = report.board.kind
    lines = []
    said = {
        "since": show_day(report.since),
        "until": show_day(report.until - timedelta(days=1)),
        "project": _project(report) if kind == INVESTMENT else "",
    }
    with translation.override("vi"), reading():
        for block in _mine(report):
            if "heading" in block:
                lines.append({"heading": True, "spans": [block["heading"]]})
                continue
            lines.append({"heading": False, "spans": _spans(report, block["text"], said)})
            lines += [
                {"heading": False, "spans": [f"– {text}"]}
                for text in _listed(report, block.get("list", ""))
            ]
    return lines


def _mine(report):
    kind = "investment" if report.board.kind == INVESTMENT else "inspection"
    return [block for block in blocks() if kind in block["kinds"]]


def _holes(text):
    return [part.partition("}")[0] for part in text.split("{")[1:]]


def _spans(report, text, said):
    first, *parts = text.split("{")
    spans = [first]
    for part in parts:
        name, _brace, rest = part.partition("}")
        spans += [
            said[name] if name in said else {"key": name, "text": _shown(figure_of(report, name))},
            rest,
        ]
    return [span for span in spans if span]


def _shown(found):
    if found.value is None:
        return UNKNOWN
    return (
        show_percent(found.value) if found.indicator.kind == "ratio" else show_number(found.value)
    )


def _listed(report, name):
    """The lines under a paragraph; that there is nothing, where there is nothing."""
    if not name:
        return []
    found = list(_LISTS[name](report)[:MOST_LISTED])
    return found or [NONE]


def _rounds(report):
    rows = Event.objects.counted().filter(
        kind="inspection_round",
        body=report.board,
        held_on__gte=report.since,
        held_on__lt=report.until,
    )
    return [
        f"{show_day(it.held_on)}: {it.title}" for it in rows.order_by("held_on", "pk")[:MOST_LISTED]
    ]


def _unanswered(report):
    rows = Recommendation.objects.filter(
        board=report.board, state__in=PUBLIC, received_on__lt=report.until
    ).exclude(state__in=(State.SETTLED, State.REJECTED))
    return [
        f"Chưa khép lại: {it} {it.title} – {it.get_state_display().lower()}, hạn trả lời "
        f"{show_day(it.obligation.due_on)}"
        for it in rows.select_related("obligation").order_by("received_on", "pk")[:MOST_LISTED]
    ]


def _verifications(report):
    rows = Verification.objects.filter(
        board=report.board, asked_on__gte=report.since, asked_on__lt=report.until
    ).order_by("asked_on", "pk")
    return [
        f"{show_day(it.asked_on)}: {it.title} – {it.get_state_display().lower()}"
        for it in rows[:MOST_LISTED]
    ]


_LISTS = {"rounds": _rounds, "unanswered": _unanswered, "verifications": _verifications}


def _project(report):
    return Project.objects.filter(board=report.board).values_list("name", flat=True).first() or "–"


def heading_of(report):
    """What the report is called."""
    if report.span == Span.AD_HOC:
        return report.title
    last = report.until - timedelta(days=1)
    name = {
        Span.QUARTER: f"quý {(last.month - 1) // 3 + 1} năm {last.year}",
        Span.HALF: f"sáu tháng {'đầu' if last.month <= 6 else 'cuối'} năm {last.year}",
        Span.YEAR: f"năm {last.year}",
    }
    return f"Báo cáo kết quả hoạt động {name.get(report.span, 'nhiệm kỳ')}"


def report_file(report, lines, ending):
    """The bytes of the text as "docx", "pdf" or "html"."""
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
