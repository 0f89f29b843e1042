"""Illustrative heads, elections, conventions and yearly conferences of the villages of one ward: a
year in which one village elects its head, one releases it, one adopts a convention.
"""

from datetime import timedelta

from danchu.decision import actions as decisions
from danchu.decision.actions import enter_household
from danchu.decision.models import Household, HouseholdVote, RollEntry
from danchu.demo.people import person_name
from danchu.demo.staff import SINCE
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from danchu.village import actions
from danchu.village.models import VillageHead

HOUSEHOLDS = 24
TERM = timedelta(days=1800)
TEAM = "Đỗ Thị Hòa\nNguyễn Văn Khánh\nPhạm Thị Loan"
CONVENTION = """Điều 1. Mỗi hộ giữ sạch trước cửa nhà mình, chiều thứ bảy cùng quét ngõ.
Điều 2. Cưới hỏi, việc tang tiết kiệm; không đặt loa ra đường sau 22 giờ.
Điều 3. Quỹ của tổ thu, chi theo mức các hộ đã bàn, công khai mỗi quý tại nhà văn hóa.
Điều 4. Mâu thuẫn giữa các hộ thì đưa ra Tổ hòa giải trước."""
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


def play_villages(ward):
    """Returns how many records are new."""
    villages = own_villages(ward, 5)
    first, second, third, fourth, fifth = (roll_of(one, ward) for one in villages)
    _elected(ward, first, 160)
    _sitting(ward, second)
    _adopted(ward, second)
    _released(ward, third)
    _sitting(ward, fourth)
    _posted(ward, fourth)
    _convened(ward, fourth)
    _sitting(ward, fifth)
    _reported(ward, fifth)
    return VillageHead.objects.filter(unit__in=villages).count() + 6


def own_villages(ward, number):
    """The first villages of the ward, at most so many."""
    chart = boundaries(ward.day(0))
    villages = [one for one in chart.children(ward.unit.pk) if chart.level_of(one) == "village"]
    return list(Unit.objects.filter(pk__in=villages).order_by("pk")[:number])


def roll_of(village, ward):
    """The village, with a roll where it has none."""
    if not Household.objects.on_roll(village.pk, ward.day(0)).exists():
        for number in range(1, HOUSEHOLDS + 1):
            enter_household(
                by=ward.by,
                unit=village,
                number=number,
                since=SINCE,
                representative=person_name(ward.chance),
                address=f"Ngõ {number % 6 + 1}, số {number}",
            )
    return village


def _sitting(ward, village):
    return actions.enter_head(
        by=ward.by,
        unit=village,
        name=person_name(ward.chance),
        since=SINCE + timedelta(days=20),
        document="18/QĐ-UBND",
        term_until=SINCE + TERM,
    )


def _planned(ward, village, ago):
    """An election `ago` days ago (or to come), posted in time, with two candidates."""
    day = ward.day(ago)
    election = actions.plan_election(
        by=ward.by,
        unit=village,
        plan_on=day - timedelta(days=24),
        document="31/KH-UBND",
        planned_on=day,
        term_until=SINCE + TERM,
    )
    for year, source in ((1968, "front"), (1975, "self")):
        actions.nominate(
            election,
            by=ward.by,
            name=person_name(ward.chance),
            born_on=SINCE.replace(year=year),
            source=source,
        )
    actions.send_candidates(election, by=ward.by, on=day - timedelta(days=17))
    actions.set_team(election, by=ward.by, on=day - timedelta(days=13), team=TEAM)
    return actions.post_election(election, by=ward.by, on=day - timedelta(days=9))


def meet(ward, decision, day):
    """The meeting on a matter, with most households and its procedure; (the matter, how many)."""
    decision = decisions.announce_meeting(
        decision,
        by=ward.by,
        on=day - timedelta(days=4),
        planned_on=day,
        papers_on=day - timedelta(days=3),
    )
    decision = decisions.open_meeting(decision, by=ward.by, chair="Đỗ Thị Hòa")
    vote = HouseholdVote.objects.get(decision=decision)
    keys = list(RollEntry.objects.filter(vote=vote).values_list("pk", flat=True))
    coming = keys[: len(keys) * 5 // 6]
    decision = decisions.attend_meeting(decision, by=ward.by, entries=coming)
    decision = decisions.choose_procedure(
        decision,
        by=ward.by,
        secretary="Phạm Thị Loan",
        secretary_yes=len(coming),
        way="hands",
        way_yes=len(coming),
        team=TEAM,
        team_yes=len(coming),
    )
    return decision, len(coming)


def pass_matter(ward, decision, day):
    """The matter passed by the meeting, sent and recognised in time."""
    decision, coming = meet(ward, decision, day)
    return decisions.vote_in_meeting(decision, by=ward.by, yes=coming - 1, no=1, other=0)


def _recognised(ward, decision, day, document):
    decision = decisions.send_decision(decision, by=ward.by, on=day + timedelta(days=2))
    return decisions.recognise_decision(
        decision, by=ward.by, on=day + timedelta(days=5), document=document
    )


def _elected(ward, village, ago):
    election = _planned(ward, village, ago)
    _decision, coming = meet(ward, election.decision, election.planned_on)
    first, second = election.candidates.order_by("number")
    election.refresh_from_db()
    election = actions.vote_election(
        election, by=ward.by, chosen={first.pk: coming - 2, second.pk: 1}, against=1
    )
    _recognised(ward, election.decision, election.planned_on, "44/QĐ-UBND")


def _released(ward, village):
    """A head who asked to be released, somebody who stands in, and the election to come."""
    head = _sitting(ward, village)
    day = ward.day(45)
    decision = actions.ask_release(head, by=ward.by, on=ward.day(55), ground="own")
    _recognised(ward, pass_matter(ward, decision, day), day, "52/QĐ-UBND")
    actions.enter_head(
        by=ward.by,
        unit=village,
        name=person_name(ward.chance),
        since=ward.day(38),
        document="53/QĐ-UBND",
        is_interim=True,
        term_until=ward.day(-60),
    )
    _planned(ward, village, -5)


def _drafted(ward, village, ago, title):
    convention = actions.draft_convention(
        by=ward.by,
        unit=village,
        title=title,
        proposer="head",
        drafters="Nguyễn Văn Khánh\nPhạm Thị Loan",
        text=CONVENTION,
        proposed_on=ward.day(ago + 12),
    )
    return actions.post_convention(convention, by=ward.by, on=ward.day(ago))


def _adopted(ward, village):
    convention = _drafted(ward, village, 130, "Quy ước tổ dân phố số 2")
    convention = actions.revise_convention(
        convention, by=ward.by, text=CONVENTION + "\nĐiều 5. Không đốt rác trong ngõ."
    )
    convention = actions.put_convention(convention, by=ward.by, on=ward.day(98))
    day = ward.day(90)
    decision = pass_matter(ward, convention.decision, day)
    convention.refresh_from_db()
    convention = actions.file_convention(
        convention, by=ward.by, on=day + timedelta(days=1), number="02/TTr-TDP"
    )
    _recognised(ward, decision, day, "47/QĐ-UBND")
    convention.refresh_from_db()
    convention = actions.forward_convention(convention, by=ward.by, on=day + timedelta(days=6))
    _suspended(ward, convention, 60, "Phụ lục đặt mức phạt tiền trái pháp luật.", "61")
    _suspended(ward, convention, 40, "Bản niêm yết vẫn còn phụ lục đã bỏ.", "72")


def _suspended(ward, convention, ago, reason, number):
    """The committee suspends the convention and lets it be carried out again ten days later."""
    convention = actions.flag_convention(
        convention, by=ward.by, on=ward.day(ago), flagged="suspend"
    )
    convention = actions.suspend_convention(
        convention,
        by=ward.by,
        on=ward.day(ago - 1),
        document=f"{number}/QĐ-UBND",
        reason=reason,
    )
    actions.resume_convention(
        convention,
        by=ward.by,
        on=ward.day(ago - 11),
        document=f"{number}b/QĐ-UBND",
        reason="Đã sửa và niêm yết lại.",
    )


def _posted(ward, village):
    _drafted(ward, village, 10, "Quy ước tổ dân phố số 4")


def _conference(ward, village, ago):
    day = ward.day(ago)
    conference = actions.plan_conference(
        by=ward.by,
        unit=village,
        year=day.year,
        plan="Kiểm điểm việc các hộ đã quyết định trong năm; bàn việc năm tới.",
        plan_on=day - timedelta(days=20),
        planned_on=day,
    )
    actions.send_conference_plan(conference, by=ward.by, on=day - timedelta(days=18))
    return actions.convene_conference(
        conference,
        by=ward.by,
        on=day - timedelta(days=9),
        planned_on=day,
        venue="Nhà văn hóa tổ dân phố",
    )


def _convened(ward, village):
    _conference(ward, village, -6)


def _reported(ward, village):
    day = ward.day(12)
    conference = actions.hold_conference(
        _conference(ward, village, 12),
        by=ward.by,
        on=day,
        chair="Nguyễn Văn Khánh",
        secretary="Phạm Thị Loan",
        attending=Household.objects.on_roll(village.pk, day).count() * 3 // 4,
    )
    actions.write_steps(conference, by=ward.by, texts=dict(enumerate(STEPS, 1)))
    actions.report_conference(conference, by=ward.by, on=day + timedelta(days=3))
