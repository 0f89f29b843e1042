"""Works of the ward to which its people gave: some decided by the households of a village, some
without a vote. Made by the real acts.
"""

from danchu.decision import actions
from danchu.decision.models import HouseholdDecision, Works
from danchu.demo.meetings import A_DAY, own_villages, pass_matter, propose, reject_matter

VILLAGES = 10
# (title, number of the village, days ago, what each household gives, days of labour, land in m²,
# the state's money, other money)
DECIDED = (
    (
        *("Bê tông hóa ngõ 5, mỗi hộ góp 1,2 triệu đồng", 1, 240),
        *(1_200_000, 72, 46, 60_000_000, 7_200_000),
    ),
    (
        *("Lắp mười hai bóng đèn ngõ 3, mỗi hộ góp 600 nghìn đồng", 2, 170),
        *(600_000, 18, 0, 7_200_000, 0),
    ),
    (
        *("Sửa mái nhà văn hóa tổ dân phố, mỗi hộ góp 1 triệu đồng", 5, 75),
        *(1_000_000, 40, 0, 26_000_000, 4_000_000),
    ),
    (
        *("Thay nắp cống ngõ 18, mỗi hộ góp 350 nghìn đồng", 7, 132),
        *(350_000, 26, 0, 9_500_000, 0),
    ),
    (
        *("Lát gạch sân chơi khu tập thể, mỗi hộ góp 800 nghìn đồng", 10, 205),
        *(800_000, 54, 0, 18_000_000, 6_000_000),
    ),
)
REJECTED = ("Lát đá vỉa hè ngõ 6, mỗi hộ góp 3 triệu đồng", 4, 120)
# (title, number of the village or 0 for the ward, days ago, why, value, the people's money, days of
# labour, land, the state's money)
GIVEN = (
    ("Vườn hoa đầu ngõ 2", 1, 200, "gift", 18_000_000, 12_000_000, 35, 0, 0),
    ("Kè bờ ao Tổ dân phố số 3", 3, 150, "programme", 310_000_000, 0, 120, 180, 310_000_000),
    ("Mở rộng ngõ 9 thành 3,5 m", 2, 110, "programme", 140_000_000, 0, 16, 212, 140_000_000),
    ("Sân bóng chuyền của phường", 0, 60, "gift", 75_000_000, 45_000_000, 60, 0, 20_000_000),
)
DRAFTED = ("Ghế đá sân nhà văn hóa", 6, 9, "gift", 14_500_000, 14_500_000, 8, 0, 0)
TWICE = ("Vườn hoa ngõ 2", 1, 198, "gift", 18_000_000, 12_000_000, 35, 0, 0)
WHY_TWICE = "Ghi hai lần: đây là Vườn hoa đầu ngõ 2, đã xác nhận."


def play_works(ward):
    """Returns how many records are new."""
    villages = own_villages(ward, VILLAGES)
    for title, number, ago, *sums in DECIDED:
        if number <= len(villages):
            _decide(ward, villages[number - 1], title, ago, sums)
    title, number, ago = REJECTED
    reject_matter(ward, _propose(ward, villages[number - 1], title, ago), ward.day(ago))
    for row in GIVEN:
        actions.confirm_works(_enter(ward, villages, *row), by=ward.by)
    _enter(ward, villages, *DRAFTED)
    twice = actions.confirm_works(_enter(ward, villages, *TWICE), by=ward.by)
    actions.withdraw_works(twice, by=ward.by, reason=WHY_TWICE)
    rows = HouseholdDecision.objects.filter(unit__in=villages, item=1)
    return rows.count() + Works.objects.count()


def _enter(ward, villages, title, number, ago, why, value, money, labour_days, land, budget):
    """Works without a vote, drafted."""
    return actions.enter_works(
        by=ward.by,
        unit=villages[number - 1] if 0 < number <= len(villages) else ward.unit,
        title=title,
        why=why,
        finished_on=ward.day(ago),
        value=value,
        money=money,
        labour_days=labour_days,
        land=land,
        budget=budget,
        other=value - money - budget,
    )


def _propose(ward, village, title, ago):
    content = f"{title}. Làm xong trong hai tháng; thu chi công khai tại nhà văn hóa."
    return propose(ward, village, 1, title, content, ago + 10)


def _decide(ward, village, title, ago, sums):
    """A matter that passed, was sent, posted and carried out."""
    day = ward.day(ago)
    each, labour_days, land, budget, other = sums
    decision = pass_matter(ward, _propose(ward, village, title, ago), day)
    money = each * decision.households
    decision = actions.note_works(
        decision,
        by=ward.by,
        options=2,
        value=money + budget + other,
        money=money,
        labour_days=labour_days,
        land=land,
        budget=budget,
        other=other,
    )
    decision = actions.send_decision(decision, by=ward.by, on=day + 2 * A_DAY)
    decision = actions.post_result(decision, by=ward.by, on=day + A_DAY)
    actions.carry_out(
        decision,
        by=ward.by,
        on=day + 60 * A_DAY,
        result="Đã làm xong, nghiệm thu; thu chi đã công khai.",
    )
