"""Illustrative heads, elections, conventions and yearly conferences of the villages of one ward: a
year in which some elect their head, one releases it, some adopt a convention.
"""

from danchu.decision.models import Household
from danchu.demo.convention_states import play_conventions
from danchu.demo.election_states import play_elections
from danchu.demo.meetings import A_DAY, own_villages, people, roll_of
from danchu.village import actions
from danchu.village.models import Convention, HeadElection, VillageConference, VillageHead

VILLAGES = 12
STEPS = (
    "Chủ trì giới thiệu thành phần, chương trình; cử thư ký.",
    "Báo cáo việc các hộ đã quyết định: làm đường ngõ 5 xong tháng 9, quỹ đã công khai bốn quý.",
    "Ban công tác Mặt trận báo cáo ba lần giám sát và một lần hòa giải.",
    "Thành viên Ban Thanh tra nhân dân báo cáo hai kiến nghị, một đã trả lời.",
    "Bảy ý kiến, chủ yếu về đèn ngõ và chỗ để xe.",
    "Đại diện phường hẹn trả lời về đèn ngõ trong tháng sau.",
    "Các hộ thống nhất giữ mức quỹ như năm trước.",
    "Việc năm tới: đèn ngõ, chỗ để xe, sửa nhà văn hóa.",
    "Biên bản được đọc và thông qua.",
)
WRITTEN = 6  # steps of a conference whose minutes are not finished
MOVED = "Trùng ngày cử tri của phường gặp đại biểu Hội đồng nhân dân; họp vào tuần sau."


def play_villages(ward):
    """Returns how many records are new."""
    villages = [roll_of(one, ward) for one in own_villages(ward, VILLAGES)]
    play_elections(ward, villages)
    play_conventions(ward, villages)
    plays = (_planned, _held, _moved, _convened, _reported)
    for play, village in zip(plays, villages, strict=False):
        play(ward, village)
    kinds = (VillageHead, HeadElection, Convention, VillageConference)
    return sum(kind.objects.filter(unit__in=villages).count() for kind in kinds)


def _plan(ward, village, ago, days=20):
    """The conference of so many days ago (or to come), planned so many days before."""
    day = ward.day(ago)
    return actions.plan_conference(
        by=ward.by,
        unit=village,
        year=day.year,
        plan="Kiểm điểm việc các hộ đã quyết định trong năm; bàn việc năm tới.",
        plan_on=day - days * A_DAY,
        planned_on=day,
    )


def _convene(ward, village, ago):
    day = ward.day(ago)
    conference = _plan(ward, village, ago)
    actions.send_conference_plan(conference, by=ward.by, on=day - 18 * A_DAY)
    return actions.convene_conference(
        conference,
        by=ward.by,
        on=day - 9 * A_DAY,
        planned_on=day,
        venue="Nhà văn hóa tổ dân phố",
    )


def _hold(ward, village, ago, steps):
    """The conference, with so many of its steps written."""
    day = ward.day(ago)
    chair, secretary = people(ward, 2).splitlines()
    conference = actions.hold_conference(
        _convene(ward, village, ago),
        by=ward.by,
        on=day,
        chair=chair,
        secretary=secretary,
        attending=Household.objects.on_roll(village.pk, day).count() * 3 // 4,
    )
    return actions.write_steps(conference, by=ward.by, texts=dict(enumerate(STEPS[:steps], 1)))


def _planned(ward, village):
    _plan(ward, village, -16, 18)


def _held(ward, village):
    """Held three days ago; the minutes are not finished, so nothing is reported yet."""
    _hold(ward, village, 3, WRITTEN)


def _moved(ward, village):
    """Called off for its day, and planned anew."""
    conference = _convene(ward, village, -1)
    actions.cancel_conference(conference, by=ward.by, reason=MOVED)
    _plan(ward, village, -9, 10)


def _convened(ward, village):
    _convene(ward, village, -6)


def _reported(ward, village):
    conference = _hold(ward, village, 12, len(STEPS))
    actions.report_conference(conference, by=ward.by, on=conference.held_on + 3 * A_DAY)
