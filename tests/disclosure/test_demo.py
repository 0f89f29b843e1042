"""The illustrative year of disclosures of a ward is played by the real acts and reads like one."""

from collections import Counter
from random import Random

from danchu.decision.models import HouseholdDecision
from danchu.demo.disclosed import CONTENTS
from danchu.demo.disclosure_states import play_disclosures
from danchu.demo.states import Ward
from danchu.demo.works_states import DECIDED, GIVEN, play_works
from danchu.disclosure.compliance import Lack
from danchu.disclosure.judging import gaps_of
from danchu.disclosure.loading import load_catalogue
from danchu.disclosure.models import Content, Contest, InformationRequest, Plan
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period, today
from danchu.units.actions import open_village
from tests.decision.played import SINCE
from tests.sizes import turn
from tests.village.conftest import (  # noqa: F401
    _law_loaded_once,
    country,
    holder,
    offices,
    officials,
    person,
    system,
)


def ward_of(officials, system):  # noqa: F811
    for number in range(6, 10):
        open_village(officials.here, by=system, name=f"Tổ {number}", kind="to_dan_pho", since=SINCE)
    return Ward(officials.here, {}, Random(1), system)


@turn(2, together=1)
def test_a_ward_has_a_year_of_disclosures_with_what_went_wrong(officials, system, clock):  # noqa: F811
    clock.set("2026-11-30")
    load_catalogue(by=system)
    number = play_disclosures(ward_of(officials, system))
    contents = list(Content.objects.judged())
    assert number == len(contents) >= len(CONTENTS) + 3, "the lists of three quarters beside them"
    missing = Counter(gap.lack for rows in gaps_of(contents, today()).values() for gap in rows)
    assert set(missing) >= {
        *(Lack.NEVER, Lack.LATE, Lack.SHORT, Lack.NO_FORM, Lack.NO_PLACE),
        *(Lack.GONE, Lack.OLD_VERSION, Lack.CONTESTED),
    }, missing
    assert missing[Lack.LATE] < 5 and missing[Lack.NO_PLACE] < 5, "most was done as the law wants"
    assert sorted(Contest.objects.values_list("state", flat=True)) == [
        *("dismissed", "open", "upheld")
    ]
    assert Plan.objects.get(state="adopted").lines.count() >= 5
    states = sorted(Plan.objects.values_list("state", flat=True))
    assert states == ["adopted", "draft", "withdrawn"]
    states = Counter(InformationRequest.objects.values_list("state", flat=True))
    assert states == {"answered": 2, "refused": 1, "received": 2}


def test_the_works_of_a_ward_count_with_money_labour_and_land(officials, system, clock):  # noqa: F811
    clock.set("2026-11-30")
    play_works(ward_of(officials, system))
    year = Period(SINCE, today())
    votes = {one.title: one for one in HouseholdDecision.objects.filter(state="done")}
    decided = []
    for title, _village, _ago, each, labour, land, budget, other in DECIDED:
        if title in votes:
            money = each * votes[title].households
            decided.append((money + budget + other, money, labour, land))
    for place, key in enumerate(("works_value", "works_money", "works_labour", "works_land")):
        sums = sum(row[place] for row in decided) + sum(row[4 + place] for row in GIVEN)
        answer = figure(INDICATORS[key], officials.here.pk, year, today())
        assert answer.value == sums > 0, key
