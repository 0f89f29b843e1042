"""What rooms recorded and must be disclosed is owed by itself, once, before anybody opens it."""

from datetime import date, timedelta

import pytest

from danchu.decision.actions import works
from danchu.disclosure import actions
from danchu.disclosure.models import Content
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.inspection.models import Finding
from danchu.kernel.days import Period, now
from danchu.kernel.refusals import Denied
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, correct_event, draft_event, withdraw_event
from danchu.units.actions import open_body
from tests.people.conftest import REFORM

REGULATION = "Quy chế thực hiện dân chủ ở phường"
TODAY = date(2026, 3, 2)


@pytest.fixture
def issued(ward, country, system):
    """A regulation that a body of a unit issued, confirmed unless it stays a draft."""
    bodies = {}

    def make(kind="peoples_committee", form="regulation", unit=None, on=TODAY, confirmed=True):
        unit = unit or country.here
        key = (kind, unit.pk)
        if key not in bodies:
            bodies[key] = open_body(
                unit, by=system, kind=kind, name=f"Cơ quan {kind}", since=REFORM
            )
        event = draft_event(
            "document",
            by=system,
            unit=unit,
            body=bodies[key],
            held_on=on,
            title=REGULATION,
            form=form,
        )
        return confirm_event(event, by=system) if confirmed else event

    return make


def test_a_regulation_of_the_committee_is_owed_under_item_four_once(issued, ward, system, client):
    issued()
    for kind in ("party_committee", "fatherland_front"):
        issued(kind)
    issued(form="plan")
    issued(confirmed=False)
    issued(on=TODAY - timedelta(days=1))  # before this installation watched
    assert [actions.arise_contents(by=system) for _again in range(2)] == [1, 0]
    content = Content.objects.get()
    assert (content.item.key, content.state, content.title) == ("commune.4", "owed", REGULATION)
    assert Obligation.objects.get(subject=content.pk).due_on == date(2026, 3, 9)
    client.force_login(ward.clerk)
    assert REGULATION in client.get("/desk/").content.decode()
    assert REGULATION in client.get("/disclosures/").content.decode()


def test_what_was_corrected_is_the_same_matter(issued, system):
    event = issued()
    actions.arise_contents(by=system)
    correct_event(event, by=system, reason="Sai tên", title="Quy chế thực hiện dân chủ, bản đúng")
    assert actions.arise_contents(by=system) == 0
    later = issued(form="regulation")
    correct_event(later, by=system, reason="Sai tên", title="Quy chế tiếp công dân")
    assert actions.arise_contents(by=system) == 1, "corrected before anybody looked"


def test_how_a_violation_was_handled_is_owed_under_item_ten(ward, country, system):
    board = open_body(
        country.here, by=system, kind="peoples_inspection_board", name="Ban", since=REFORM
    )
    fields = {"unit": country.here, "board": board, "title": "Thu quỹ sai mức"}
    fields |= {"found_on": date(2026, 1, 5), "made_by": "thử", "made_at": now()}
    for number, (is_recommended, resolved_on) in enumerate(
        [(True, TODAY), (False, TODAY), (True, None)]
    ):
        Finding.objects.create(
            uid=f"00000000-0000-0000-0000-00000000000{number}",
            is_recommended=is_recommended,
            resolved_on=resolved_on,
            outcome="Đã trả lại" if resolved_on else "",
            **fields,
        )
    assert actions.arise_contents(by=system) == 1
    assert Content.objects.get().item.key == "commune.10"


def test_nobody_but_the_system_makes_duties_arise(ward):
    with pytest.raises(Denied):
        actions.arise_contents(by=Actor.of(ward.chair, TODAY))


@pytest.mark.case("FI7")
def test_what_was_withdrawn_is_not_owed_any_more(issued, ward, system, clock, client):
    event, other = issued(), issued(on=TODAY)
    actions.arise_contents(by=system)
    assert Content.objects.filter(state="owed").count() == 2
    withdraw_event(event, by=system, reason="Không có quy chế này")
    assert [actions.arise_contents(by=system) for _again in range(2)] == [0, 0]
    gone = Content.objects.get(origin_uid=event.uid)
    assert gone.state == "withdrawn" and "đã rút" in gone.reason
    assert Obligation.objects.open().get().subject == str(
        Content.objects.get(origin_uid=other.uid).pk
    )
    clock.set("2026-05-04")
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    due = figure(INDICATORS["disclosures_due"], ward.here.pk, year, date(2026, 5, 4))
    assert due.value == 1


@pytest.mark.case("FI7")
def test_what_was_moved_to_another_commune_is_owed_there_alone(issued, country, system):
    event = issued()
    actions.arise_contents(by=system)
    body = open_body(
        country.next_door, by=system, kind="peoples_committee", name="UBND", since=REFORM
    )
    moved = {"unit": country.next_door, "body": body}
    correct_event(event, by=system, reason="Nhầm nơi", **moved)
    assert [actions.arise_contents(by=system) for _again in range(2)] == [1, 0]
    assert {(one.unit_id, one.state) for one in Content.objects.all()} == {
        (country.here.pk, "withdrawn"),
        (country.next_door.pk, "owed"),
    }


@pytest.mark.case("FI7")
def test_what_was_disclosed_stays_whatever_became_of_its_record(issued, post, system):
    event = issued()
    actions.arise_contents(by=system)
    post(Content.objects.get(), "Trụ sở", TODAY)
    withdraw_event(event, by=system, reason="Không có quy chế này")
    actions.arise_contents(by=system)
    assert Content.objects.get().state == "disclosed"


@pytest.mark.case("FI7")
def test_works_that_were_withdrawn_are_owed_no_more(ward, country, system):
    village = works.enter_works(
        by=system,
        unit=country.village,
        title="Đường ngõ 7",
        why="gift",
        finished_on=TODAY,
        money=5,
        value=5,
    )
    own = works.confirm_works(village, by=system)
    assert actions.arise_contents(by=system) == 1
    assert Content.objects.get().unit == country.here
    assert actions.arise_contents(by=system) == 0
    assert Content.objects.get().state == "owed", "of a village, and it stands"
    works.withdraw_works(own, by=system, reason="Ghi nhầm")
    actions.arise_contents(by=system)
    assert Content.objects.get().state == "withdrawn"
