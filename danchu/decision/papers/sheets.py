"""The papers of a vote in Vietnamese: the notice, the ballot, the list of households to sign, the
sheet of the count, and the minutes with the fields of article 20.2. Sheets that come back carry a
code (danchu/decision/sheet_codes.py). The ballot carries none: all are alike, and the household
stands on a stub that is torn off before the ballot is put into the box.
"""

from dataclasses import replace

from django.utils import translation

from danchu.decision.models import RollEntry, SheetKind, Step
from danchu.decision.models.decisions import FORM_WORDS, OUTCOMES
from danchu.decision.models.votes import Way
from danchu.decision.online_codes import masked
from danchu.decision.online_file import FEWEST_NAMED, participants
from danchu.decision.rules.items import item_words
from danchu.decision.rules.outcomes import agreed_online, judged
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
DOTS = "…………………………"
CONSENT_ROWS = 25
HEAD_SIGNS = f"TRƯỞNG THÔN (TỔ TRƯỞNG)\n\n\n\n{DOTS}"
FRONT_SIGNS = f"TRƯỞNG BAN CÔNG TÁC MẶT TRẬN\n\n\n\n{DOTS}"
HOUSEHOLDS_SIGN = f"ĐẠI DIỆN HAI HỘ GIA ĐÌNH\n\n\n\n{DOTS}"


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
        lines = (*_matter(decision), Table("Các hộ đồng thuận", head, rows))
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


def _fact(word, text):
    return Line(((f"{word}: ", "strong"), (str(text), "")))


def _matter(decision):
    with translation.override("vi"):
        return [
            _fact("Việc", decision.title),
            _fact("Điều 15 Luật Thực hiện dân chủ ở cơ sở", item_words(decision.item)),
            *(Line.of(text) for text in decision.content.splitlines() if text.strip()),
        ]


def _notice(decision, vote, _with_names):
    lines = [*_matter(decision)]
    if vote.is_meeting:
        lines += [
            _fact("Ngày họp", show_day(vote.planned_on)),
            _fact("Giờ, địa điểm", DOTS),
            _fact("Thành phần", "đại diện các hộ gia đình; thành viên khác của hộ có ý kiến khác"),
        ]
    elif vote.form == Form.ONLINE:
        lines += [
            _fact("Biểu quyết trực tuyến từ ngày", show_day(vote.planned_on)),
            _fact("Ngày cuối hỏi có dùng trực tuyến", show_day(vote.until)),
            _fact("Tổ biểu quyết", "; ".join(vote.team.splitlines())),
        ]
    else:
        lines += [
            _fact("Phát phiếu từ ngày", show_day(vote.planned_on)),
            _fact("Ngày cuối nhận phiếu", show_day(vote.until)),
            _fact("Tổ phát phiếu", "; ".join(vote.team.splitlines())),
        ]
    return lines, (HEAD_SIGNS,), "Thông báo\n" + _form(vote), vote.noticed_on


def _ballot(decision, vote, _with_names):
    until = show_day(vote.until) if vote.until else DOTS
    lines = [
        *_matter(decision),
        Line.of("Đánh dấu X vào một ô. Mỗi hộ một phiếu; phiếu không ghi tên, không ghi số hộ."),
        Line.of("☐ Tán thành"),
        Line.of("☐ Không tán thành"),
        _fact("☐ Ý kiến khác", DOTS * 3),
        _fact("Nộp phiếu chậm nhất ngày", until),
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
        _fact("Việc", decision.title),
        _fact("Tổng số hộ", vote.households),
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
        _fact("Việc", decision.title),
        _fact("Tổng số hộ", vote.households),
        Table(title, ("Hộ số", "Người đại diện", "Ký tên"), rows),
    ]
    return lines, (HEAD_SIGNS,), f"Danh sách\n{title}", vote.planned_on


def _minutes(decision, vote, with_names):
    lines = [
        *_matter(decision),
        _fact("Hình thức", _form(vote)),
        _fact("Ngày", show_day(vote.until or vote.planned_on)),
        _fact("Tổng số hộ", vote.households),
        _fact("Số hộ không có người đại diện", vote.unrepresented),
    ]
    if vote.is_meeting:
        way = {Way.HANDS.value: "giơ tay", Way.SECRET.value: "bỏ phiếu kín"}.get(vote.way, DOTS)
        lines += [
            _fact("Số đại diện hộ dự họp", vote.attending),
            _fact("Chủ trì", vote.chair),
            _fact("Thư ký", f"{vote.secretary} ({vote.secretary_yes} người tán thành)"),
            _fact("Cách biểu quyết", f"{way} ({vote.way_yes} người tán thành)"),
        ]
    elif vote.form == Form.ONLINE:
        lines += _online(vote, with_names)
    else:
        lines += [_fact("Phát ra", vote.issued), _fact("Thu về", vote.returned)]
    lines += [
        _fact("Ban kiểm phiếu, tổ phát phiếu", "; ".join(vote.team.splitlines())),
        _fact("Hộ chứng kiến", "; ".join(vote.witnesses.splitlines()) or DOTS),
        _fact("Tán thành", vote.yes),
        _fact("Không tán thành", vote.no),
        _fact("Ý kiến khác", vote.other),
        _fact("Phiếu trắng", vote.blank),
        *_sheets(vote),
        *_conclusion(decision, vote),
    ]
    signers = (HEAD_SIGNS, FRONT_SIGNS, HOUSEHOLDS_SIGN)
    return lines, signers, "Biên bản\n" + _form(vote), vote.until or vote.planned_on


def _online(vote, with_names):
    """What the minutes of a vote on line say besides (Decree 59/2023 article 5): start, end, how
    many took part, and who.
    """
    polls = {poll.step: poll for poll in vote.polls.all()}
    lines = [
        _fact("Bắt đầu", show_day(vote.planned_on)),
        _fact("Kết thúc", show_day(vote.until)),
        _fact("Số hộ đồng ý dùng biểu quyết trực tuyến", agreed_online(vote)),
    ]
    matter = polls.get(Step.MATTER)
    if matter is None:
        return lines
    rows = tuple(
        (f"Hộ số {number}", name if with_names else masked(name))
        for number, name in participants(matter)
    )
    lines.append(_fact("Số hộ tham gia", matter.cast))
    if matter.cast < FEWEST_NAMED:
        return lines
    return [*lines, Table("Danh sách hộ tham gia", ("Hộ", "Người đại diện"), rows)]


def _sheets(vote):
    if vote.form != Form.BALLOT:
        return []
    return [
        _fact("Không đọc được", vote.unreadable),
        _fact("Chọn hai lần", vote.double),
        _fact("Không phải phiếu của lần này", vote.foreign),
        _fact("Nộp muộn", vote.late),
    ]


def _conclusion(decision, vote):
    if not vote.outcome:
        return []
    with translation.override("vi"):
        return [
            _fact("Kết quả", dict(OUTCOMES)[vote.outcome]),
            Line.of(judged(decision, vote).why),
        ]


def _form(vote):
    with translation.override("vi"):
        return str(FORM_WORDS[vote.form])


_PAPERS = {
    "notice": _notice,
    "ballot": _ballot,
    "list": _list,
    "tally": _tally,
    "minutes": _minutes,
}
