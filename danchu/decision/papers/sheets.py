"""The papers of a vote in Vietnamese: the notice, the ballot, the list of households to sign, the
sheet of the count, and the minutes with the fields of article 20.2. Sheets that come back carry a
code (danchu/decision/sheet_codes.py). The ballot carries none: all are alike, and the household
stands on a stub that is torn off before the ballot is put into the box.
"""

from dataclasses import replace

from django.utils import translation

from danchu.decision.models import RollEntry, SheetKind
from danchu.decision.papers.minutes import minutes
from danchu.decision.papers.shared import (
    DOTS,
    HEAD_SIGNS,
    HOUSEHOLDS_SIGN,
    fact,
    form_words,
    matter_lines,
)
from danchu.decision.sheet_codes import sheet_code
from danchu.kernel.days import show_day
from danchu.law.decision import Form
from danchu.papers.official import Line, Official, Table, official_file, official_pages
from danchu.units.names import name_of

KINDS = ("notice", "ballot", "list", "tally", "minutes")
# All ballots of a vote, each with its stub: one PDF.
BALLOTS = "ballots"
# The list of consents, of a decision that has no vote yet.
CONSENTS = "consents"
_SHEETS = {"list": SheetKind.ATTENDANCE, "tally": SheetKind.COUNT}
CONSENT_ROWS = 25


def paper_of(decision, vote, kind, with_names=False):
    """The Official of a vote of one of KINDS; `with_names`: the list says who acts for each
    household. KeyError for another kind.
    """
    lines, signers, title, on = _PAPERS[kind](decision, vote, with_names)
    with translation.override("vi"):
        place = name_of(vote.unit_id, vote.planned_on) or ""
        number = _number(decision, vote, kind)
        return Official(title, place, place, on, number, lines=tuple(lines), signers=signers)


def _number(decision, vote, kind):
    """The number of the paper: the code of a sheet that comes back, nothing on a ballot, else to be
    written by hand.
    """
    if kind == "ballot":
        return ""
    sheet = _SHEETS.get(kind)
    if kind == "list" and not vote.is_meeting:
        sheet = SheetKind.ISSUED
    return sheet_code(decision, vote.number, sheet) if sheet else Official.number


def ballots_file(decision, vote):
    """The bytes of a PDF with a ballot for each household of the frozen roll, under its stub."""
    ballot = paper_of(decision, vote, "ballot")
    entries = RollEntry.objects.filter(vote=vote).select_related("household")
    pages = [
        replace(ballot, stub=_stub(decision, one))
        for one in entries.order_by("household__number", "pk")
    ]
    return official_pages(pages or [ballot])


def _stub(decision, entry):
    return (
        f"CUỐNG PHIẾU · Hộ số {entry.household.number} · {decision.title}",
        f"Người nhận phiếu ký: {DOTS}   Ngày: {DOTS}",
        "Xé theo đường dưới đây khi phát. Phần phiếu không ghi số hộ, không ghi tên.",
    )


def consents_file(decision, ending):
    """The bytes of the list on which households agree to an initiative, with its code."""
    with translation.override("vi"):
        place = name_of(decision.unit_id, decision.proposed_on) or ""
        rows = tuple(("", "", "") for _row in range(CONSENT_ROWS))
        head = ("Hộ số, người đại diện", "Ngày đồng thuận", "Ký tên")
        lines = (*matter_lines(decision), Table("Các hộ đồng thuận", head, rows))
        paper = Official(
            "Danh sách\nHộ đồng thuận với đề xuất",
            place,
            place,
            None,
            sheet_code(decision, 0, SheetKind.CONSENTS),
            lines=lines,
            signers=(f"NGƯỜI ĐỀ XUẤT\n\n\n\n{DOTS}",),
        )
    return official_file(paper, ending)


def paper_file(decision, vote, kind, ending, with_names=False):
    """The bytes of the paper; `ending` is "docx" or "pdf"."""
    return official_file(paper_of(decision, vote, kind, with_names), ending)


def _notice(decision, vote, _with_names):
    lines = [*matter_lines(decision)]
    if vote.is_meeting:
        lines += [
            fact("Ngày họp", show_day(vote.planned_on)),
            fact("Giờ, địa điểm", DOTS),
            fact("Thành phần", "đại diện các hộ gia đình; thành viên khác của hộ có ý kiến khác"),
        ]
    elif vote.form == Form.ONLINE:
        lines += [
            fact("Biểu quyết trực tuyến từ ngày", show_day(vote.planned_on)),
            fact("Ngày cuối hỏi có dùng trực tuyến", show_day(vote.until)),
            fact("Tổ biểu quyết", "; ".join(vote.team.splitlines())),
        ]
    else:
        lines += [
            fact("Phát phiếu từ ngày", show_day(vote.planned_on)),
            fact("Ngày cuối nhận phiếu", show_day(vote.until)),
            fact("Tổ phát phiếu", "; ".join(vote.team.splitlines())),
        ]
    return lines, (HEAD_SIGNS,), "Thông báo\n" + form_words(vote), vote.noticed_on


def _ballot(decision, vote, _with_names):
    until = show_day(vote.until) if vote.until else DOTS
    lines = [
        *matter_lines(decision),
        Line.of("Đánh dấu X vào một ô. Mỗi hộ một phiếu; phiếu không ghi tên, không ghi số hộ."),
        Line.of("☐ Tán thành"),
        Line.of("☐ Không tán thành"),
        fact("☐ Ý kiến khác", DOTS * 3),
        fact("Nộp phiếu chậm nhất ngày", until),
    ]
    return lines, (HEAD_SIGNS,), "Phiếu lấy ý kiến hộ gia đình", vote.noticed_on


def _tally(decision, vote, _with_names):
    """The sheet on which one person writes their count; two do so apart."""
    words = (
        "Phiếu phát ra",
        "Phiếu thu về",
        "Tán thành",
        "Không tán thành",
        "Ý kiến khác",
        "Phiếu trắng",
        "Không đọc được",
        "Chọn hai lần",
        "Không phải phiếu của lần này",
        "Nộp muộn",
    )
    lines = [
        fact("Việc", decision.title),
        fact("Tổng số hộ", vote.households),
        Line.of("Hai người đếm riêng, mỗi người một tờ; không chép của nhau."),
        Table("Số phiếu", ("Loại", "Số"), tuple((word, "") for word in words)),
    ]
    signers = (f"NGƯỜI KIỂM PHIẾU\n\n\n\n{DOTS}", HOUSEHOLDS_SIGN)
    return lines, signers, "Phiếu kiểm phiếu", vote.until or vote.planned_on


def _list(decision, vote, with_names):
    entries = RollEntry.objects.filter(vote=vote).select_related("household")
    rows = tuple(
        (
            str(one.household.number),
            one.household.representative if with_names else DOTS,
            "",
        )
        for one in entries.order_by("household__number", "pk")
    )
    title = "Hộ dự họp" if vote.is_meeting else "Hộ nhận phiếu, nộp phiếu"
    lines = [
        fact("Việc", decision.title),
        fact("Tổng số hộ", vote.households),
        Table(title, ("Hộ số", "Người đại diện", "Ký tên"), rows),
    ]
    return lines, (HEAD_SIGNS,), f"Danh sách\n{title}", vote.planned_on


_PAPERS = {
    "notice": _notice,
    "ballot": _ballot,
    "list": _list,
    "tally": _tally,
    "minutes": minutes,
}
