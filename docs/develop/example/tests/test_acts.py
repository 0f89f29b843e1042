"""The acts of a mediation: what each leads to, who may, what is refused and where that stands."""

from datetime import date, timedelta

import pytest

from danchu.journal.models import Entry
from danchu.kernel.refusals import Refused
from danchu.mediation.actions import receive_mediation, settle_mediation
from danchu.mediation.lives import MEDIATION_LIFE, State
from danchu.mediation.models import Mediation
from tests.mediation.conftest import OUTCOME, TITLE
from tests.people.conftest import REFORM

# Each act: what comes before it, where it leads, who holds its right and who does not.
ACTS = {
    "schedule": ((), State.SCHEDULED, "front", "clerk"),
    "settle": (("schedule",), State.SETTLED, "chair", "front"),
    "end": (("schedule",), State.UNSETTLED, "front", "clerk"),
    "withdraw": ((), State.WITHDRAWN, "chair", "front"),
}
GIVEN = {"on": "01/02/2026", "outcome": OUTCOME}


def do(client, mediation, act, **values):
    return client.post(f"/desk/mediations/{mediation.uid}/{act}/", {**GIVEN, **values})


def test_every_act_of_the_life_is_asked_here():
    assert set(MEDIATION_LIFE.acts) == ACTS.keys()


@pytest.mark.parametrize("act", ACTS)
def test_who_holds_the_right_does_the_act_once_and_it_is_in_the_journal(
    client, officials, begin, act
):
    before, state, holder, _other = ACTS[act]
    mediation = begin(*before)
    client.force_login(getattr(officials, holder))
    assert do(client, mediation, act).status_code == 302
    mediation.refresh_from_db()
    assert mediation.state == state
    assert Entry.objects.filter(kind="mediation", subject=str(mediation.pk)).count() == 2 + len(
        before
    )
    if act != "schedule":
        assert do(client, mediation, act).status_code == 400


@pytest.mark.parametrize("act", ACTS)
def test_who_lacks_the_right_is_denied_and_offered_no_form(client, officials, begin, act):
    before, _state, _holder, other = ACTS[act]
    mediation = begin(*before)
    client.force_login(getattr(officials, other))
    page = client.get(f"/desk/mediations/{mediation.uid}/")
    assert page.status_code == 200
    assert act not in [offered.name for offered, *_rest in page.context["acts"]]
    assert do(client, mediation, act).status_code == 403
    state = mediation.state
    mediation.refresh_from_db()
    assert mediation.state == state


def test_beginning_one_is_a_right_too(client, officials, typed):
    client.force_login(officials.auditor)
    assert client.post("/desk/mediations/new/", typed()).status_code == 403
    client.force_login(officials.clerk)
    form = typed()
    for _again in range(2):
        assert client.post("/desk/mediations/new/", form).status_code == 302
    assert Mediation.objects.get().title == TITLE


@pytest.mark.parametrize(
    ("act", "before"),
    [
        ("settle", ()),
        ("end", ()),
        ("schedule", ("schedule", "settle")),
        ("withdraw", ("schedule", "end")),
        ("settle", ("withdraw",)),
    ],
)
def test_an_act_that_may_not_follow_is_refused_and_changes_nothing(
    client, officials, begin, act, before
):
    mediation = begin(*before)
    client.force_login(officials.chair)
    answer = do(client, mediation, act)
    assert answer.status_code == 400
    assert "đang ở bước khác" in answer.content.decode()
    state = mediation.state
    mediation.refresh_from_db()
    assert mediation.state == state


def test_an_act_that_is_not_there_is_not_found(client, officials, begin):
    client.force_login(officials.chair)
    assert do(client, begin(), "burn").status_code == 404


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("unit", "Nơi không có"), ("received_on", "10/01/2027"), ("received_on", "hôm nọ")],
)
def test_a_new_one_is_refused_on_its_field_and_what_was_typed_stays(
    client, officials, typed, field, wrong
):
    client.force_login(officials.clerk)
    page = client.post("/desk/mediations/new/", typed(**{field: wrong}))
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {field}
    assert wrong in page.content.decode() and TITLE in page.content.decode()
    assert not Mediation.objects.exists()


@pytest.mark.parametrize(
    ("act", "field", "wrong"),
    [
        ("settle", "on", "09/01/2026"),
        ("end", "on", "03/03/2026"),
        ("settle", "outcome", " "),
    ],
)
def test_an_act_is_refused_on_its_field_and_what_was_typed_stays(
    client, officials, begin, act, field, wrong
):
    mediation = begin("schedule")
    client.force_login(officials.chair)
    page = do(client, mediation, act, **{field: wrong})
    assert page.status_code == 400
    refused = page.context["refused"]
    assert (refused.act.name, set(refused.errors)) == (act, {field})
    kept = {"on": GIVEN["on"], "outcome": OUTCOME, field: wrong}
    assert {name: refused[name].value() for name in kept} == kept


def test_all_that_is_wrong_with_an_act_is_told_at_once(begin, system):
    with pytest.raises(Refused) as refusal:
        settle_mediation(begin("schedule"), by=system, on=date(2026, 1, 9), outcome=" ")
    assert {one.field for one in refusal.value.every} == {"on", "outcome"}


def test_nothing_is_received_at_a_place_that_was_not_there_on_the_day(country, system):
    with pytest.raises(Refused) as refusal:
        receive_mediation(
            by=system, unit=country.here, received_on=REFORM - timedelta(days=1), title=TITLE
        )
    assert refusal.value.field == "received_on"


def test_a_mediation_is_scheduled_on_no_day_before_it_came(client, officials, begin):
    mediation = begin()
    client.force_login(officials.front)
    page = do(client, mediation, "schedule", on="09/01/2026")
    assert page.status_code == 400
    assert page.context["refused"].errors.keys() == {"on"}


def test_who_puts_it_off_after_somebody_else_did_reads_that_day_first(client, officials, begin):
    mediation = begin("schedule")
    client.force_login(officials.front)
    page = client.get(f"/desk/mediations/{mediation.uid}/")
    [edition] = [
        form["edition"].value()
        for act, form, *_rest in page.context["acts"]
        if act.name == "schedule"
    ]
    assert do(client, mediation, "schedule", on="02/02/2026", edition=edition).status_code == 302
    late = do(client, mediation, "schedule", on="03/02/2026", edition=edition)
    assert late.status_code == 409
    assert "02/02/2026" in late.content.decode()
    mediation.refresh_from_db()
    assert mediation.meets_on == date(2026, 2, 2)
