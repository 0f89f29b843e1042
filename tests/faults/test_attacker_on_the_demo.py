"""The attacker of `test_attacker` on the illustrative records of the demo: what the API says of
petitions by year, nature and place, of the nation, its provinces and their communes, tells no small
count.
"""

from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from danchu.figures.actions import release_year
from danchu.kernel.days import today
from danchu.people.actor import Actor
from danchu.units.maps import boundaries
from danchu.units.models import Unit
from tests.bounds import told
from tests.sizes import part, turn

BY = Actor.system("test")
WHOLE = "petitions_received"
NATURES = ("", "complaint", "denunciation", "feedback")
YEARS = range(2021, 2026)


def by_unit(client, nature, unit, year, level, day):
    """{unit: value} of the published figures of the units of a level inside the unit."""
    key = f"{WHOLE}.{nature}" if nature else WHOLE
    period = f"since={year}-01-01&until={year + 1}-01-01"
    place = f"unit={unit}&level={level}&map={day}"
    answer = client.get(f"/api/v1/figures/{key}/by-unit?{place}&{period}")
    assert answer.status_code == 200, answer.content
    return {
        row["unit"]: Fraction(row["value"])
        for row in answer.json()["rows"]
        if row["value"] is not None and not row["own"]
    }


def of_nation(client, nature, nation, year, day):
    key = f"{WHOLE}.{nature}" if nature else WHOLE
    period = f"since={year}-01-01&until={year + 1}-01-01"
    answer = client.get(f"/api/v1/figures/{key}?unit={nation}&{period}&map={day}")
    body = answer.json() if answer.status_code == 200 else {"value": None}
    return {} if body["value"] is None else {nation: Fraction(body["value"])}


def communes_in(unit, day):
    """The communes below a unit on a day, also through districts."""
    chart = boundaries(day)
    return [one for one in chart.subtree(unit) if chart.level_of(one) == "commune"]


@pytest.mark.case("FA1")
@turn(4, together=1)
def test_no_small_count_of_the_demo_follows_from_the_published_numbers(
    illustrated_database, db, client
):
    assert sum(release_year(year, by=BY) for year in YEARS) > 100
    nation = Unit.objects.get(level="nation").pk
    shown = 0
    for year in part(YEARS, 2, "attacker on the demo"):
        for day in (date(year, 12, 31), today()):
            known = {
                (unit, nature): value
                for nature in NATURES
                for level in ("province", "commune")
                for unit, value in (
                    by_unit(client, nature, nation, year, level, day)
                    | of_nation(client, nature, nation, year, day)
                ).items()
            }
            sums, hidden = sums_on(nation, day, {unit for unit, _nature in known})
            assert told(sums, known, hidden) == {}
            shown += len(known)
    assert shown > 10, "something is published"


def sums_on(nation, day, places):
    """(the sums between the counts by place and nature, every cell in them); a province is divided
    into its communes where one of them is among the published `places`.
    """
    inside = {nation: list(boundaries(day).children(nation))}
    for province in inside[nation]:
        communes = communes_in(province, day)
        if places & set(communes):
            inside[province] = communes
    sums = []
    for (whole, parts), nature in product(inside.items(), NATURES):
        own = f"own {whole}", nature
        sums.append(((whole, nature), [*((unit, nature) for unit in parts), own]))
    for place in {cell[0] for whole, parts in sums for cell in (whole, *parts)}:
        sums.append(((place, ""), [(place, nature) for nature in NATURES if nature]))
    return sums, {cell for whole, parts in sums for cell in (whole, *parts)}
