"""The full table: what each office may do to each kind of thing at its own, a lower and another
unit.
"""

from datetime import timedelta

import pytest

from danchu.people.actions import appoint
from danchu.people.actor import VERBS, Actor
from danchu.people.loading import rights_table
from danchu.people.models import Holding
from tests.people.conftest import NOW, REFORM

COMMITTEE = (
    "dialogue communication training document conference emulation_launch pledge reception petition"
)
FRONT = (
    "critique opinion_conference supervision_217 dialogue communication training "
    "document conference"
    " emulation_launch pledge"
)
ROUND, INSPECTION = "inspection_round", "steering_inspection"
STEERING = f"communication training document {INSPECTION}"
EVENTS = f"critique opinion_conference supervision_217 {ROUND} {INSPECTION} {COMMITTEE}"
BOOK = f"{EVENTS} statement report obligation"
ALL = (
    f"{EVENTS} statement report unit body village office journal obligation recommendation "
    f"recommendation_sending recommendation_answer recommendation_remedy law "
    f"inspection_board verification conference_hall minutes commitment commitment_report "
    f"commitment_result job score disclosure consultation "
    f"consultation_opinion household_decision household_count decision_recognition decision_front "
    f"village_office head_nomination village_convention village_conference"
)
PROMISE = "minutes commitment"
# Files of citizens and who denounced: nobody has them by "*".
FILES = "petition_file reception_book"
HOUSEHOLDS = "household_roll"
VILLAGES = "village_office head_nomination village_convention village_conference"
PRIVATE = f"{FILES} {HOUSEHOLDS} denouncer"

# Written out apart from office_kinds.toml on purpose: a change of rights is made twice, knowingly.
EXPECTED = {
    "petition_officer": {
        "view": f"reception petition obligation commitment {FILES}",
        "draft": f"reception petition obligation commitment commitment_result {FILES} denouncer",
        "import": "reception petition",
    },
    "inspectorate_chief": {
        "view": f"reception petition obligation {FILES}",
        "draft": "obligation",
        "confirm": "petition_file denouncer",
        "verify": "denouncer",
    },
    "commune_clerk": {
        "view": f"{ALL} {FILES} {HOUSEHOLDS}",
        "draft": f"{COMMITTEE} obligation recommendation_answer verification conference_hall "
        f"{PROMISE} commitment_report report disclosure consultation {FILES} "
        f"{HOUSEHOLDS} household_decision household_count consultation_opinion {VILLAGES}",
        "import": COMMITTEE,
        "state": "statement",
    },
    "front_clerk": {
        "view": ALL,
        "draft": f"{FRONT} household_count head_nomination obligation inspection_board "
        f"verification consultation_opinion conference_hall {PROMISE} commitment_report "
        f"commitment_result",
        "confirm": "commitment_result",
        "import": FRONT,
        "state": "statement",
    },
    "front_chair": {
        "view": ALL,
        "draft": f"{FRONT} household_count head_nomination obligation inspection_board "
        f"verification consultation_opinion conference_hall {PROMISE} commitment_report "
        f"commitment_result",
        "confirm": f"{FRONT} decision_front obligation recommendation inspection_board "
        f"conference_hall minutes commitment_report commitment_result",
        "correct": f"{FRONT} minutes",
        "withdraw": f"{FRONT} commitment",
        "import": FRONT,
        "state": "statement",
        "reorganise": "inspection_board",
        "delegate": FRONT,
    },
    "village_head": {
        "view": f"{HOUSEHOLDS} household_decision village_office village_convention "
        f"village_conference obligation",
        "draft": f"{HOUSEHOLDS} household_decision village_convention village_conference "
        f"obligation",
    },
    "inspection_member": {
        "view": f"{ROUND} obligation recommendation inspection_board verification {PROMISE}",
        "draft": f"{ROUND} recommendation minutes",
    },
    "inspection_head": {
        "view": f"{ROUND} obligation recommendation inspection_board verification {PROMISE}",
        "draft": f"{ROUND} obligation recommendation recommendation_sending {PROMISE} "
        f"commitment_result",
        "confirm": f"{ROUND} recommendation_remedy commitment_result",
        "correct": ROUND,
        "withdraw": f"{ROUND} recommendation",
        "import": ROUND,
    },
    "steering_officer": {
        "view": ALL,
        "draft": f"{STEERING} conference conference_hall report score {PROMISE}",
        "confirm": f"{STEERING} conference conference_hall minutes",
        "correct": f"{STEERING} minutes",
        "withdraw": STEERING,
        "import": STEERING,
        "state": "statement",
        "seal": "report",
        "reorganise": "body",
    },
    "committee_chair": {
        "view": f"{ALL} {FILES} {HOUSEHOLDS}",
        "draft": f"{BOOK} score recommendation_answer verification conference_hall {PROMISE} "
        f"commitment_report disclosure consultation consultation_opinion household_decision "
        f"household_count {VILLAGES} {PRIVATE}",
        "confirm": f"{BOOK} decision_recognition consultation {FILES} conference_hall minutes "
        f"commitment_report",
        "correct": f"{BOOK} minutes",
        "withdraw": f"{BOOK} disclosure consultation",
        "import": BOOK,
        "state": "statement",
        "seal": "report",
        "reorganise": "body village",
        "appoint": "office",
        "delegate": ALL,
    },
    "province_reporter": {
        "view": ALL,
        "draft": "report score",
        "state": "statement",
        "seal": "report",
    },
    "operator": dict.fromkeys(VERBS, ALL),
    "auditor": {"view": ALL, "verify": f"{ALL} denouncer"},
}


def test_the_table_names_every_office_verb_and_kind():
    assert EXPECTED.keys() == rights_table()["offices"].keys()
    differing = set(f"{ALL} {PRIVATE}".split()) ^ set(rights_table()["kinds"])
    assert not differing, (
        f"write these kinds into ALL (or PRIVATE) here, or take them out: {differing}"
    )
    assert set(VERBS) == set(rights_table()["verbs"])


@pytest.mark.parametrize("office", EXPECTED)
def test_each_office_may_exactly_what_the_table_says(office, country, holder):
    held_at = country.province
    actor = Actor.of(holder(office, held_at).account, NOW)
    places = {
        country.province: True,
        country.here: True,
        country.village: True,
        country.old_whole: True,
        country.nation: False,
        country.elsewhere: False,
        country.far: False,
    }
    wrong = []
    for verb in VERBS:
        allowed = EXPECTED[office].get(verb, "").split()
        for kind in f"{ALL} {PRIVATE}".split():
            for unit, inside in places.items():
                expected = inside and kind in allowed
                if (
                    actor.may(verb, kind, unit) != expected
                    or (unit.pk in _all(actor.scope(verb, kind))) != expected
                ):
                    wrong.append((verb, kind, unit.pk, expected))
            if actor.may(verb, kind, None):
                wrong.append((verb, kind, "the whole country"))
    assert wrong == []


def _all(scope):
    assert scope is not None
    return scope


@pytest.mark.parametrize("office", EXPECTED)
def test_an_office_of_the_nation_reaches_everywhere(office, country, holder):
    actor = Actor.of(holder(office, country.nation).account, NOW)
    for verb in VERBS:
        for kind in f"{ALL} {PRIVATE}".split():
            expected = kind in EXPECTED[office].get(verb, "").split()
            assert actor.may(verb, kind, country.far) == expected
            assert actor.may(verb, kind, None) == expected
            assert actor.scope(verb, kind) == (None if expected else frozenset())


def test_a_commune_reaches_its_villages_and_what_went_wholly_into_it(country, holder):
    actor = Actor.of(holder("committee_chair", country.here).account, NOW)
    assert actor.scope("correct", "dialogue") == {
        country.here.pk,
        country.village.pk,
        country.old_whole.pk,
    }


def test_a_divided_commune_is_seen_by_all_that_got_a_part_and_corrected_only_above(country, holder):
    here = Actor.of(holder("committee_chair", country.here, "A Một").account, NOW)
    next_door = Actor.of(holder("committee_chair", country.next_door, "A Hai").account, NOW)
    above = Actor.of(holder("committee_chair", country.province, "A Ba").account, NOW)
    for actor, corrects in [(here, False), (next_door, False), (above, True)]:
        assert actor.may("view", "dialogue", country.old_cut)
        assert actor.may("correct", "dialogue", country.old_cut) == corrects


def test_an_office_ends_with_its_unit(country, holder):
    held = holder("committee_chair", country.old_whole, since=REFORM - timedelta(days=100))
    assert Actor.of(held.account, REFORM - timedelta(days=1)).may(
        "confirm", "dialogue", country.old_whole
    )
    assert not Actor.of(held.account, REFORM).may("confirm", "dialogue", country.old_whole)
    assert not Actor.of(held.account, REFORM).may("confirm", "dialogue", country.here)
    assert list(Holding.objects.in_force(REFORM - timedelta(days=1))) == [held]
    assert list(Holding.objects.in_force(REFORM)) == []


def test_rights_are_read_on_the_map_of_the_day_asked(country, holder):
    account = holder(
        "committee_chair", country.province, since=REFORM - timedelta(days=100)
    ).account
    before = Actor.of(account, REFORM - timedelta(days=1))
    assert before.may("correct", "dialogue", country.old_cut)
    assert Actor.of(account, NOW).may("correct", "dialogue", country.old_cut)


def test_the_public_views_what_is_public_and_may_nothing_else(country):
    public = Actor.public()
    allowed = [
        (verb, kind)
        for verb in VERBS
        for kind in [*ALL.split(), "public", "*"]
        if public.may(verb, kind, country.here) or public.scope(verb, kind) != frozenset()
    ]
    assert allowed == [("view", "public")]
    assert public.is_public


def test_an_account_without_an_office_may_no_more_than_the_public(country, person):
    actor = Actor.of(person("Lê Thị Chi"), NOW)
    assert [v for v in VERBS for k in ALL.split() if actor.may(v, k, country.here)] == []
    assert not actor.is_public


def test_the_system_may_everything(country, system):
    assert all(
        system.may(verb, kind, unit)
        for verb in VERBS
        for kind in ALL.split()
        for unit in [country.far, None]
    )
    assert system.scope("correct", "dialogue") is None


def test_two_offices_add_up(country, holder, system, offices):
    held = holder("inspection_head", country.here)
    appoint(
        held.account,
        by=system,
        office_kind=offices["commune_clerk"],
        unit=country.far,
        since=REFORM,
    )
    actor = Actor.of(held.account, NOW)
    assert actor.may("confirm", "inspection_round", country.here)
    assert not actor.may("confirm", "inspection_round", country.far)
    assert actor.may("draft", "dialogue", country.far)
    assert not actor.may("draft", "dialogue", country.here)
    assert actor.scope("view", "inspection_round") == {
        country.here.pk,
        country.village.pk,
        country.old_whole.pk,
        country.old_cut.pk,
        country.far.pk,
    }


@pytest.mark.parametrize("offices_held", [1, 3])
def test_an_actor_costs_one_query_whatever_he_holds(
    offices_held, country, holder, system, offices, django_assert_num_queries
):
    account = holder("commune_clerk", country.here).account
    for key in ["front_clerk", "inspection_head"][: offices_held - 1]:
        appoint(account, by=system, office_kind=offices[key], unit=country.here, since=REFORM)
    Actor.of(account, NOW).may("draft", "dialogue", country.here)  # the map is now in memory
    with django_assert_num_queries(1):
        actor = Actor.of(account, NOW)
    with django_assert_num_queries(1):  # which version of the map is in force
        for kind in f"{ALL} {PRIVATE}".split():
            actor.may("draft", kind, country.here)
            actor.scope("view", kind)
