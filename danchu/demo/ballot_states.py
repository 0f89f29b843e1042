"""Matters that the households of a ward's villages decide by ballots handed out to them: in each
step, with the sheets that came back. By the real acts.
"""

from danchu.decision import actions
from danchu.decision.latest import latest_vote
from danchu.decision.lives import COUNT
from danchu.decision.models import RollEntry, SheetKind
from danchu.decision.models.votes import COUNTED
from danchu.decision.sheet_codes import sheet_code
from danchu.demo.meetings import A_DAY, entries_of, gather, people, propose
from danchu.demo.pictures import picture_of_sheet
from danchu.people.actor import Actor
from danchu.people.models import Account

# (number of the village, matter, title, content)
ANNOUNCED = (
    *(10, 1, "Nạo vét cống ngõ 11, mỗi hộ góp 200 nghìn đồng"),
    "Cống dài 140 m, ngập mỗi khi mưa to. Họp lần đầu không đủ người dự nên phát phiếu.",
)
BALLOTING = (
    *(11, 6, "Kẻ vạch chỗ để xe ở sân khu tập thể"),
    "Mỗi hộ một ô xe máy; hai ô cho khách; ô tô không để trong sân.",
)
COUNTED_ONCE = (
    *(12, 6, "Giờ tập của câu lạc bộ dưỡng sinh ở sân nhà văn hóa"),
    "Từ 5 giờ 30 đến 6 giờ 30, loa mở nhỏ; chủ nhật nghỉ.",
)
DECIDED = (
    *(9, 1, "Sơn lại tường ngõ 22, mỗi hộ góp 300 nghìn đồng"),
    "Tường dài 90 m hai bên ngõ; thợ trong tổ làm, tiền công lấy từ phần góp.",
)
TEAM = 3
SLOW = 4  # households that have no ballot yet


def play_ballots(ward, villages):
    """Matters in each step of a vote by ballots."""
    _announced(ward, villages)
    _handed_out(ward, villages)
    _counted_once(ward, villages)
    decision = _fallen_short(ward, _propose(ward, villages, *DECIDED, 126), 116)
    decision = _ballot(ward, decision, 108, 105, 98)
    decision = count(ward, decision)
    decision = actions.post_result(decision, by=ward.by, on=decision.settled_on + A_DAY)
    actions.send_decision(decision, by=ward.by, on=decision.settled_on + 3 * A_DAY)


def _propose(ward, villages, number, item, title, content, ago):
    village = villages[min(number, len(villages)) - 1]
    return propose(ward, village, item, title, content, ago)


def _fallen_short(ward, decision, ago):
    """The matter after a meeting that too few came to."""
    decision, _coming = gather(ward, decision, ward.day(ago), fifths=2)
    return actions.close_short_meeting(decision, by=ward.by)


def plan(ward, decision, noticed, since, until):
    """Ballots noticed, to be handed out from a day on and given back by another, each as days ago;
    the commune has a copy of the plan.
    """
    decision = actions.plan_ballot(
        decision,
        by=ward.by,
        on=ward.day(noticed),
        since=ward.day(since),
        until=ward.day(until),
        team=people(ward, TEAM),
    )
    return actions.copy_plan(decision, by=ward.by, on=ward.day(max(0, noticed - 1)))


def _ballot(ward, decision, noticed, since, until):
    """Ballots handed out to every household."""
    return issue(ward, plan(ward, decision, noticed, since, until))


def issue(ward, decision):
    """Ballots whose plan stands, handed out to every household on the first day."""
    on = latest_vote(decision).planned_on
    decision = actions.issue_ballots(decision, by=ward.by, on=on)
    return actions.hand_out_ballots(decision, by=ward.by, entries=entries_of(decision))


def count(ward, decision, tenths=8):
    """Counted by two people alike, so many tenths of the ballots in favour."""
    for person in _counters(ward):
        decision = actions.count_ballots(decision, by=person, **_counts(decision, tenths))
    return decision


def _counts(decision, tenths=8):
    """{kind of ballot: how many} where all were handed out, two were not given back."""
    issued = len(entries_of(decision))
    returned = issued - 2
    yes = returned * tenths // 10
    counts = {"issued": issued, "returned": returned, "yes": yes, "no": returned - yes - 1}
    return {**dict.fromkeys(COUNTED, 0), **counts, "blank": 1}


def _counters(ward):
    """Two who may count for the ward: officials of it, else who loads the demo beside one."""
    accounts = Account.objects.filter(holdings__unit=ward.unit).distinct().order_by("pk")
    actors = [Actor.of(account) for account in accounts]
    return [*(one for one in actors if one.may("draft", COUNT, ward.unit)), ward.by][:2]


def _announced(ward, villages):
    """After a meeting that too few came to."""
    decision = _fallen_short(ward, _propose(ward, villages, *ANNOUNCED, 19), 9)
    plan(ward, decision, 2, -2, -8)


def _handed_out(ward, villages):
    """Ballots are out; the list of those who have one came back on paper, without a photo."""
    decision = plan(ward, _propose(ward, villages, *BALLOTING, 9), 7, 4, -3)
    decision = actions.issue_ballots(decision, by=ward.by, on=ward.day(4))
    vote = latest_vote(decision)
    rows = RollEntry.objects.filter(vote=vote).order_by("household__number")
    numbers = list(rows.values_list("household__number", flat=True))[:-SLOW]
    actions.enter_roll_sheet(
        by=ward.by,
        code=sheet_code(decision, vote.number, SheetKind.ISSUED),
        households=", ".join(map(str, numbers)),
    )


def _counted_once(ward, villages):
    """One person has counted, with the photo of the sheet; a second one must do so too."""
    decision = _ballot(ward, _propose(ward, villages, *COUNTED_ONCE, 14), 11, 8, 1)
    actions.enter_count_sheet(
        by=_counters(ward)[0],
        code=sheet_code(decision, latest_vote(decision).number, SheetKind.COUNT),
        photo=picture_of_sheet(),
        photo_name="bien-ban-kiem-phieu.jpg",
        **_counts(decision),
    )
