"""The papers of this room in Vietnamese. Their fields follow Decrees 59/2023 and 61/2023; the
layout is ours.
"""

from django.utils import translation

from danchu.kernel.days import show_day
from danchu.papers.official import Line, Official, Table, official_file
from danchu.units.names import name_of
from danchu.units.on_day import unit_above
from danchu.village.papers.kinds import KINDS, WORDS
from danchu.village.shown import candidates_of, decisions_of_year, steps_of

DOTS = "…………………………"


def _signer(caption):
    return f"{caption}\n\n\n\n{DOTS}"


HEAD = _signer("TRƯỞNG THÔN (TỔ TRƯỞNG)")
FRONT = _signer("TRƯỞNG BAN CÔNG TÁC MẶT TRẬN")
TEAM = _signer("TỔ TRƯỞNG TỔ BẦU CỬ")
TWO_HOUSEHOLDS = _signer("ĐẠI DIỆN HAI HỘ GIA ĐÌNH")
SECRETARY = _signer("THƯ KÝ")
CHAIR = _signer("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH")


def paper_of(row, kind):
    """The Official of the record of one of its kinds. KeyError for another kind."""
    if kind not in KINDS[row.journal_kind]:
        raise KeyError(kind)
    with translation.override("vi"):
        lines, signers, on, is_of_commune = _PAPERS[kind](row)
        day = on or row.made_at.date()
        unit = (is_of_commune and unit_above(row.unit, day)) or row.unit
        place = name_of(unit, day) or ""
        return Official(str(WORDS[kind]), place, place, on, lines=tuple(lines), signers=signers)


def paper_file(row, kind, ending):
    """The bytes of the paper; `ending` is "docx" or "pdf"."""
    return official_file(paper_of(row, kind), ending)


def _fact(word, value):
    return Line(((f"{word}: ", "strong"), (_said(value), "")))


def _said(value):
    """A day, a number or a text as it is printed; dots where it is to be written by hand."""
    if value in (None, ""):
        return DOTS
    return show_day(value) if hasattr(value, "isoformat") else str(value)


def _lines(text):
    return [Line.of(line) for line in text.splitlines() if line.strip()]


def _candidates(election, with_birth=False):
    head = ("Người ứng cử", "Năm sinh" if with_birth else "Ai giới thiệu")
    rows = tuple(
        (one.name, str(one.born_on.year) if with_birth else str(one.get_source_display()))
        for one, _chosen in candidates_of(election)
    )
    return Table("Danh sách người ứng cử", head, rows)


def _posting(election):
    lines = [
        _fact("Kế hoạch số", election.document),
        _fact("Ngày bầu", election.planned_on),
        _fact("Nhiệm kỳ đến trước ngày", election.term_until),
        _fact("Tổ bầu cử", "; ".join(election.team.splitlines())),
        _candidates(election),
    ]
    return lines, (TEAM,), election.posted_on, False


def _nominations(election):
    lines = [
        _fact("Kế hoạch số", election.document),
        _fact("Ngày bầu", election.planned_on),
        Line.of("Ban công tác Mặt trận thống nhất với chi bộ, giới thiệu những người sau đây."),
        _candidates(election, with_birth=True),
    ]
    return lines, (SECRETARY, FRONT), election.candidates_on, False


def _ballot(election):
    lines = [
        Line.of("Đánh dấu X vào một ô. Mỗi hộ một phiếu; phiếu không ghi tên, không ghi số hộ."),
        *(Line.of(f"☐ {one.name}") for one, _chosen in candidates_of(election)),
        Line.of("☐ Không chọn ai"),
    ]
    return lines, (TEAM,), election.planned_on, False


def _result(election):
    vote = election.decision.votes.order_by("-number").first()
    rows = tuple(
        (one.name, DOTS if chosen is None else str(chosen))
        for one, chosen in candidates_of(election)
    )
    lines = [
        _fact("Ngày bầu", election.planned_on),
        _fact("Tổng số hộ", vote and vote.households),
        _fact("Số đại diện hộ dự họp, số phiếu thu về", vote and (vote.attending or vote.returned)),
        Table("Kết quả", ("Người ứng cử", "Số hộ chọn"), rows),
        _fact("Kết luận", election.get_state_display()),
    ]
    return lines, (TEAM, FRONT, TWO_HOUSEHOLDS), vote and vote.held_on, False


def _latest(convention):
    return convention.texts.order_by("-number").first()


def _text(convention):
    text = _latest(convention)
    lines = [_fact("Tên", convention.title), _fact("Bản số", text.number), *_lines(text.text)]
    return lines, (HEAD, FRONT, TWO_HOUSEHOLDS), convention.in_force_on, False


def _convention(convention):
    return [_fact("Tên", convention.title), _fact("Bản số", _latest(convention).number)]


def _request(convention):
    lines = [
        *_convention(convention),
        _fact("Số", convention.file_number),
        _fact("Niêm yết lấy ý kiến từ ngày", convention.posted_on),
        Line.of("Đề nghị Ủy ban nhân dân cấp xã xem xét, công nhận. Gửi kèm: nghị quyết của cộng "
                "đồng dân cư, biên bản biểu quyết, bản hương ước, quy ước."),
    ]  # fmt: skip
    return lines, (HEAD,), convention.filed_on, False


def _resolution(convention):
    decision = convention.decision
    lines = [
        *_convention(convention),
        _fact("Ngày các hộ biểu quyết", decision and decision.settled_on),
        _fact("Tổng số hộ", decision and decision.households),
        _fact("Số hộ tán thành", decision and decision.yes),
    ]
    return lines, (HEAD, FRONT, TWO_HOUSEHOLDS), decision and decision.settled_on, False


def _recognition(convention):
    lines = [
        *_convention(convention),
        Line.of("Công nhận hương ước, quy ước nêu trên."),
        _fact("Có hiệu lực từ ngày", convention.in_force_on),
    ]
    return lines, (CHAIR,), convention.in_force_on, True


def _suspension(convention):
    lines = [
        *_convention(convention),
        _fact("Tạm ngừng thực hiện từ ngày", convention.suspended_on),
        _fact("Lý do", convention.suspended_on and convention.reason),
    ]
    return lines, (CHAIR,), convention.suspended_on, True


def _annulment(convention):
    lines = [
        *_convention(convention),
        _fact("Bãi bỏ từ ngày", convention.ended_on),
        _fact("Lý do", convention.ended_on and convention.reason),
    ]
    return lines, (CHAIR,), convention.ended_on, True


def _plan(conference):
    lines = [
        _fact("Hội nghị của năm", conference.year),
        _fact("Ngày họp dự kiến", conference.planned_on),
        *_lines(conference.plan),
        Line.of("Gửi: Ủy ban nhân dân, Ủy ban Mặt trận Tổ quốc cấp xã, Ban Thanh tra nhân dân."),
    ]
    return lines, (HEAD, FRONT), conference.plan_on, False


def _convocation(conference):
    lines = [
        _fact("Hội nghị của năm", conference.year),
        _fact("Ngày họp", conference.planned_on),
        _fact("Địa điểm", conference.venue),
        Line.of("Kính mời đại diện các hộ gia đình tới dự."),
    ]
    return lines, (HEAD,), conference.convened_on, False


def _of_year(conference):
    rows = tuple((one.title, str(one.get_state_display())) for one in decisions_of_year(conference))
    return [Table("Việc các hộ đã quyết định trong năm", ("Việc", "Đến nay"), rows)] if rows else []


def _held(conference):
    return [
        _fact("Hội nghị của năm", conference.year),
        _fact("Ngày họp", conference.held_on or conference.planned_on),
        _fact("Địa điểm", conference.venue),
        _fact("Tổng số hộ", conference.households or None),
        _fact("Đại diện hộ dự họp", conference.attending or None),
        _fact("Chủ trì", conference.chair),
        _fact("Thư ký", conference.secretary),
    ]


def _minutes(conference):
    lines = _held(conference)
    for number, words, text in steps_of(conference):
        lines += [Line.of(f"{number}. {words}", "strong"), *(_lines(text) or [Line.of(DOTS)])]
    return lines, (SECRETARY, HEAD, FRONT), conference.held_on, False


def _report(conference):
    elected = [one.member.name for one in conference.elected.select_related("member")]
    lines = [*_held(conference), *_of_year(conference)]
    if elected:
        lines.append(_fact("Thành viên Ban Thanh tra nhân dân được bầu", "; ".join(elected)))
    conclusion = {number: text for number, _words, text in steps_of(conference)}
    lines += [Line.of("Kết luận", "strong"), *(_lines(conclusion[8]) or [Line.of(DOTS)])]
    return lines, (HEAD,), conference.reported_on, False


_PAPERS = {
    "posting": _posting,
    "candidates": _nominations,
    "ballot": _ballot,
    "result": _result,
    "text": _text,
    "request": _request,
    "resolution": _resolution,
    "recognition": _recognition,
    "suspension": _suspension,
    "annulment": _annulment,
    "plan": _plan,
    "convocation": _convocation,
    "minutes": _minutes,
    "report": _report,
}
