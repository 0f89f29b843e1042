"""Matters of the whole ward that each of its villages decides: one that is in force, one that is
being decided. By the real acts.
"""

from danchu.decision import actions
from danchu.decision.models import HouseholdDecision
from danchu.demo.ballot_states import count, issue, plan
from danchu.demo.meetings import A_DAY, pass_matter, reject_matter, roll_of

SETTLED = (
    1,
    "Lắp camera ở 38 đầu ngõ, mỗi hộ góp 120 nghìn đồng",
    "Dự toán 79 triệu đồng; phường trả phần còn lại và tiền điện. Công an phường giữ dữ liệu.",
)
RUNNING = (
    2,
    "Góp 15 nghìn đồng mỗi tháng cho đội tự quản",
    "Trả bồi dưỡng tuần tra đêm và dọn điểm rác tự phát; chi công khai mỗi tháng.",
)
NOT_AGREED, NOT_DECIDED = 2, 1  # villages of the first matter
COUNTED, BALLOTING, NOTICED = 3, 5, 8  # villages of the second, from the first to this one


def play_commune(ward, villages):
    """Both matters; every village has its roll."""
    for village in villages:
        roll_of(village, ward)
    _settled(ward)
    _running(ward)


def _opened(ward, matter, ago, until, form):
    """The matter put before the villages so many days ago, their decisions awaited until a day
    ago; (the matter, those of the villages).
    """
    item, title, content = matter
    whole = actions.propose_decision(
        by=ward.by,
        unit=ward.unit,
        item=item,
        title=title,
        content=content,
        proposer="commune",
        proposed_on=ward.day(ago + 8),
    )
    whole = actions.open_villages(
        whole,
        by=ward.by,
        on=ward.day(ago),
        until=ward.day(until),
        form=form,
        agreement="12/TTr-UBND-MTTQ",
    )
    parts = HouseholdDecision.objects.filter(commune_part__whole__decision=whole)
    return whole, list(parts.select_related("unit").order_by("unit"))


def _settled(ward):
    """Most villages agreed; the day from which it is in force is set."""
    whole, parts = _opened(ward, SETTLED, 165, 140, "meeting")
    last = len(parts) - NOT_DECIDED
    for place, part in enumerate(parts[:last]):
        day = ward.day(158 - place)
        if place >= last - NOT_AGREED:
            reject_matter(ward, part, day)
            continue
        part = pass_matter(ward, part, day)
        actions.send_decision(part, by=ward.by, on=day + 2 * A_DAY)
    whole = actions.close_villages(whole, by=ward.by)
    if whole.state == "passed":
        actions.set_day(whole, by=ward.by, on=ward.day(130), document="33/QĐ-UBND")


def _running(ward):
    """By ballots: some villages have sent their decision, in some the ballots are out."""
    _whole, parts = _opened(ward, RUNNING, 18, -9, "household_ballot")
    for place, part in enumerate(parts[:COUNTED]):
        part = issue(ward, plan(ward, part, 15 - place, 12 - place, 4 - place))
        part = count(ward, part, tenths=5 if place == 2 else 9)
        if part.state == "passed":
            actions.send_decision(part, by=ward.by, on=part.settled_on + 2 * A_DAY)
    for part in parts[COUNTED:BALLOTING]:
        issue(ward, plan(ward, part, 5, 2, -4))
    for part in parts[BALLOTING:NOTICED]:
        plan(ward, part, 1, -2, -7)
