"""The page that explains a right says what `Actor.may` answers, and why."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from danchu.people.actions import appoint, deactivate_account, delegate_right, end_holding
from danchu.people.actor import PRIVATE_KINDS, VERBS, Actor
from danchu.people.explain import grounds, obstacles
from danchu.people.loading import rights_table
from tests.people.conftest import DAY, NOW, REFORM
from tests.sizes import long, size

OFFICES = sorted(rights_table()["offices"])
KINDS = sorted(rights_table()["kinds"])


@pytest.fixture
def crowd(country, holder, offices, system, settings):
    """Somebody in each office of the ward, above it and beside it; a deputy, a delegate, one who
    left, one who is to come, one who is locked out.
    """
    settings.DEMO = True
    places = [country.here, country.province, country.far]
    people = [
        holder(key, place, f"{key} {place.pk}").account for key in OFFICES for place in places
    ]
    chair = people[OFFICES.index("committee_chair") * len(places)].holdings.get()
    people.append(holder("committee_chair", country.here, "Phó", deputy_of=chair).account)
    delegate = holder("petition_officer", country.next_door, "Được Ủy Quyền").account
    delegate_right(
        chair,
        by=Actor.of(chair.account, NOW),
        to=delegate,
        verb="confirm",
        kind="dialogue",
        since=NOW - DAY,
        until=NOW + 5 * DAY,
        reason="Đi vắng",
    )
    left = holder("committee_chair", country.here, "Đã Nghỉ")
    end_holding(left, by=system, until=NOW)
    coming = holder("committee_chair", country.here, "Sắp Tới", since=NOW + DAY)
    locked = holder("committee_chair", country.here, "Bị Khóa").account
    deactivate_account(locked, by=system, reason="Thử")
    locked.refresh_from_db()
    return [*people, delegate, left.account, coming.account, locked]


@long
def test_the_explanation_is_the_answer_of_the_actor(crowd, country):
    places = [
        country.nation,
        country.province,
        country.here,
        country.village,
        country.next_door,
        country.far,
        country.old_whole,
        country.old_cut,
    ]

    @hypothesis_settings(
        max_examples=size(30, 1500), deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(
        account=st.sampled_from(crowd),
        verb=st.sampled_from(VERBS),
        kind=st.sampled_from([*KINDS, *PRIVATE_KINDS]),
        place=st.sampled_from(places),
        days=st.integers(-400, 10),
    )
    def compare(account, verb, kind, place, days):
        day = NOW + timedelta(days=days)
        reasons = grounds(verb, kind, place.pk, day, account)
        may = account.is_active and Actor.of(account, day).may(verb, kind, place)
        assert bool(reasons) == may
        named = [one for one in grounds(verb, kind, place.pk, day) if one.account == account]
        assert named == reasons
        if not may:
            assert list(obstacles(account, verb, kind, place.pk, day))

    compare()


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("Đã Nghỉ", "dialogue", "đã hết từ ngày 02/03/2026"),
        ("Sắp Tới", "dialogue", "đến ngày 03/03/2026 mới có hiệu lực"),
        ("Bị Khóa", "dialogue", "đã đóng"),
        ("Được Ủy Quyền", "training", "không có quyền ấy"),
    ],
)
def test_it_says_what_is_in_the_way(crowd, country, name, kind, says):
    account = next(one for one in crowd if one.name == name)
    sentences = list(obstacles(account, "confirm", kind, country.here.pk, NOW))
    assert any(says in sentence for sentence in sentences), sentences


def test_an_office_elsewhere_and_none_at_all_are_told(crowd, country, person):
    far = next(one for one in crowd if one.name == f"committee_chair {country.far.pk}")
    (sentence,) = obstacles(far, "confirm", "dialogue", country.here.pk, NOW)
    assert "không phải ở nơi này" in sentence
    (sentence,) = obstacles(person("Lê Không"), "confirm", "dialogue", country.here.pk, NOW)
    assert "chưa từng" in sentence


def test_a_ground_names_the_office_its_place_its_days_and_from_whom_it_comes(crowd, country):
    by_name = {
        one.account.name: one for one in grounds("confirm", "dialogue", country.here.pk, NOW)
    }
    chair = f"committee_chair {country.here.pk}"
    assert (by_name["Phó"].principal, by_name["Phó"].is_delegated) == (chair, False)
    delegate = by_name["Được Ủy Quyền"]
    assert (delegate.principal, delegate.is_delegated) == (chair, True)
    assert (delegate.since, delegate.until) == (NOW - DAY, NOW + 5 * DAY)
    assert by_name[chair].since == REFORM and by_name[chair].place == "Đống Đa"


def test_an_office_that_waits_for_its_second_factor_is_marked(crowd, country, settings):
    settings.DEMO = False
    rows = grounds("confirm", "dialogue", country.here.pk, NOW)
    assert all(one.lacks_factor for one in rows if "committee_chair" in one.account.name)


def test_questions_do_not_grow_with_the_people(
    crowd, country, holder, django_assert_num_queries, system, offices
):
    grounds("confirm", "dialogue", country.here.pk, NOW)
    with django_assert_num_queries(4):
        few = len(grounds("confirm", "dialogue", country.here.pk, NOW))
    for number in range(5):
        account = holder("front_clerk", country.far, f"Thêm {number}").account
        appoint(
            account,
            by=system,
            office_kind=offices["committee_chair"],
            unit=country.here,
            since=REFORM,
        )
    with django_assert_num_queries(4):
        assert len(grounds("confirm", "dialogue", country.here.pk, NOW)) == few + 5
