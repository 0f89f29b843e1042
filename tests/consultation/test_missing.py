"""Who is missing: the groups that take part too little, told without telling of a few people."""

from random import Random

import pytest

from danchu.consultation import actions
from danchu.consultation.missing import FEWEST, cells_of
from danchu.consultation.participation import missing_of
from danchu.decision.actions import enter_household
from danchu.units.actions import open_village
from tests.consultation.conftest import PLANNED
from tests.consultation.test_acts import UNTIL_OPEN
from tests.consultation.test_opinions import CAME, WHILE_OPEN


@pytest.mark.parametrize("seed", range(30))
def test_a_group_is_missing_where_its_share_is_below_half_of_all(seed):
    """A slow oracle: shares as fractions, group by group."""
    random = Random(seed)
    asked = {f"thôn {n}": random.randrange(1, 200) for n in range(random.randrange(1, 8))}
    present = {key: random.randrange(number + 1) // 2 for key, number in asked.items()}
    everyone = sum(present.values()) / sum(asked.values())
    for cell in cells_of(asked, present):
        share = present[cell.key] / cell.total
        assert cell.is_missing == (cell.total >= 20 and share < everyone / 2 - 1e-12)


@pytest.mark.parametrize("seed", range(30))
def test_planted_gaps_are_found_and_none_is_invented(seed):
    random = Random(seed)
    asked = {f"thôn {n}": random.randrange(60, 300) for n in range(8)}
    planted = set(random.sample(sorted(asked), random.randrange(3)))
    present = {
        key: number // 20 if key in planted else number * random.randrange(40, 60) // 100
        for key, number in asked.items()
    }
    assert {cell.key for cell in cells_of(asked, present) if cell.is_missing} == planted


@pytest.mark.parametrize("seed", range(30))
def test_no_few_people_are_told_nor_found_by_a_difference(seed):
    random = Random(seed)
    asked = {str(n): random.randrange(20, 90) for n in range(random.randrange(2, 7))}
    present = {key: random.choice([0, 2, 4, 7, 12]) for key in asked}
    cells = cells_of(asked, present)
    told = [cell.present for cell in cells if cell.present]
    assert all(number >= FEWEST for number in told)
    hidden = [cell for cell in cells if cell.present is None]
    assert len(hidden) != 1 or not told
    assert all(cell.present is not None or present[cell.key] for cell in cells)


def test_the_organiser_reads_who_is_missing_while_there_is_time(
    client, officials, begin, system, clock
):
    villages = [
        open_village(officials.here, by=system, kind="thon", name=name, since=PLANNED)
        for name in ("Tổ dân phố 1", "Tổ dân phố 2")
    ]
    for village in villages:
        for number in range(1, 26):
            enter_household(by=system, unit=village, number=number, since=PLANNED)
    consultation = begin(*UNTIL_OPEN, ways=["portal"])
    actions.enter_opinion(
        by=system,
        consultation=consultation,
        received_on=CAME,
        way="front",
        stance="agree",
        people=12,
        village=villages[0],
        sex="male",
    )
    clock.set(WHILE_OPEN)
    client.force_login(officials.clerk)
    assert (
        client.post(
            f"/desk/consultations/{consultation.uid}/count_asked/", {"female": "400", "male": "390"}
        ).status_code
        == 302
    )
    consultation.refresh_from_db()
    assert missing_of(consultation)["gaps"] == ["Tổ dân phố 2", "Nữ"]
    page = client.get(f"/desk/consultations/{consultation.uid}/").content.decode()
    assert "Tổ dân phố 2; Nữ" in page and "Còn 15 ngày: hãy mời thêm." in page
    client.logout()
    assert "hãy mời thêm" not in client.get(f"/consultations/{consultation.uid}/").content.decode()
