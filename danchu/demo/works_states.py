"""Works of the ward to which its people gave: some decided by the households of a village, some
without a vote. Made by the real acts.
"""

from datetime import timedelta

from danchu.decision import actions
from danchu.decision.models import HouseholdDecision, Works
from danchu.demo.villages import meet, own_villages, pass_matter, roll_of

# (title, number of the village, days ago, value, money, days of labour, land in m², state's money)
DECIDED = (
    (
        "Bê tông hóa ngõ 5, mỗi hộ góp 1,2 triệu",
        1,
        240,
        96_000_000,
        28_800_000,
        72,
        46,
        60_000_000,
    ),
    ("Lắp mười hai bóng đèn ngõ 3", 2, 170, 21_600_000, 14_400_000, 18, 0, 7_200_000),
    ("Sửa mái nhà văn hóa tổ dân phố", 5, 75, 54_000_000, 24_000_000, 40, 0, 26_000_000),
)
REJECTED = ("Lát đá vỉa hè ngõ 6, mỗi hộ góp 3 triệu đồng", 4, 120)
# (title, number of the village or 0 for the ward, days ago, why, the same sums)
GIVEN = (
    ("Vườn hoa đầu ngõ 2", 1, 200, "gift", 18_000_000, 12_000_000, 35, 0, 0),
    ("Kè bờ ao Tổ dân phố số 3", 3, 150, "programme", 310_000_000, 0, 120, 180, 310_000_000),
    ("Mở rộng ngõ 9 thành 3,5 m", 2, 110, "programme", 140_000_000, 0, 16, 212, 140_000_000),
    ("Sân bóng chuyền của phường", 0, 60, "gift", 75_000_000, 45_000_000, 60, 0, 20_000_000),
)
A_DAY = timedelta(days=1)


def play_works(ward):
    """Returns how many records are new."""
    villages = own_villages(ward, 5)
    for title, number, ago, *sums in DECIDED:
        _decide(ward, villages[number - 1], title, ago, sums)
    title, number, ago = REJECTED
    decision = _propose(ward, villages[number - 1], title, ago)
    decision, coming = meet(ward, decision, ward.day(ago))
    actions.vote_in_meeting(decision, by=ward.by, yes=coming // 2, no=coming - coming // 2, other=0)
    for title, number, ago, why, *sums in GIVEN:
        works = actions.enter_works(
            by=ward.by,
            unit=villages[number - 1] if number else ward.unit,
            title=title,
            why=why,
            finished_on=ward.day(ago),
            **_sums(sums),
        )
        actions.confirm_works(works, by=ward.by)
    rows = HouseholdDecision.objects.filter(unit__in=villages, item=1)
    return rows.count() + Works.objects.count()


def _sums(sums):
    value, money, labour_days, land, budget = sums
    return {
        "value": value,
        "money": money,
        "labour_days": labour_days,
        "land": land,
        "budget": budget,
        "other": value - money - budget,
    }


def _propose(ward, village, title, ago):
    roll_of(village, ward)
    return actions.propose_decision(
        by=ward.by,
        unit=village,
        item=1,
        title=title,
        content=f"{title}. Làm xong trong hai tháng; thu chi công khai tại nhà văn hóa.",
        proposer="head",
        proposed_on=ward.day(ago + 10),
    )


def _decide(ward, village, title, ago, sums):
    """A matter that passed, was sent, posted and carried out."""
    day = ward.day(ago)
    decision = pass_matter(ward, _propose(ward, village, title, ago), day)
    decision = actions.note_works(decision, by=ward.by, options=2, **_sums(sums))
    decision = actions.send_decision(decision, by=ward.by, on=day + 2 * A_DAY)
    decision = actions.post_result(decision, by=ward.by, on=day + A_DAY)
    actions.carry_out(
        decision,
        by=ward.by,
        on=day + 60 * A_DAY,
        result="Đã làm xong, nghiệm thu; thu chi đã công khai.",
    )
