"""The acts of a consultation: what each leads to, who may, what is refused and on which field."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from danchu.consultation.actions import close_consultation, open_consultation, write_content
from danchu.consultation.lives import CONSULTATION_LIFE, State
from danchu.consultation.models import Consultation, Content
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.obligations.actions import meet_obligation
from danchu.obligations.models import Obligation
from tests.consultation.conftest import DO, GIVEN, OPENED, REQUIRED, TEXT, TITLE

UNTIL_OPEN = ("write", "open")
UNTIL_CLOSED = (*UNTIL_OPEN, "close")
UNTIL_SIGNED = (*UNTIL_CLOSED, "summarise")
UNTIL_PUBLISHED = (*UNTIL_SIGNED, "publish")
# Each act: what comes before it, where it leads, whether the clerk may do it, and the matter.
ACTS = {
    "write": ((), State.PLANNED, True, 3),
    "send": ((), State.PLANNED, True, 3),
    "tell": ((), State.PLANNED, True, 8),
    "open": (("write",), State.OPEN, False, 3),
    "close": (UNTIL_OPEN, State.CLOSED, False, 3),
    "answer": ((*UNTIL_OPEN, "say"), State.OPEN, True, 3),
    "summarise": (UNTIL_CLOSED, State.SUMMARISED, True, 3),
    "file": (("tell", *UNTIL_SIGNED), State.SUMMARISED, True, 8),
    "publish": (UNTIL_SIGNED, State.PUBLISHED, False, 3),
    "overrule": (UNTIL_PUBLISHED, State.PUBLISHED, True, 3),
    "explain": ((*UNTIL_PUBLISHED, "overrule"), State.PUBLISHED, True, 3),
    "cancel": ((), State.CANCELLED, False, 3),
}

OF_VOTES = {"ask", "count_asked", "hand_out", "paper"}  # tests/consultation/test_votes.py
OF_OPINIONS = {"moderate"}  # tests/consultation/test_opinions.py


def as_typed(values):
    return {key: show_day(one) if isinstance(one, date) else one for key, one in values.items()}


def do(client, consultation, act, **values):
    return client.post(
        f"/desk/consultations/{consultation.uid}/{act}/", as_typed({**GIVEN[act], **values})
    )


def test_every_act_of_the_life_is_asked_here():
    assert set(CONSULTATION_LIFE.acts) - OF_VOTES - OF_OPINIONS == ACTS.keys() == DO.keys()


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_done_by_who_has_its_right_and_by_nobody_else(client, officials, begin, act):
    before, state, clerk_may, matter = ACTS[act]
    consultation = begin(*before, matter=matter)
    earlier = consultation.state
    others = ["auditor"] if clerk_may else ["auditor", "clerk"]
    for other in others:
        client.force_login(getattr(officials, other))
        page = client.get(f"/desk/consultations/{consultation.uid}/")
        assert act not in [offered.name for offered, *_rest in page.context["acts"]]
        assert do(client, consultation, act).status_code == 403
    consultation.refresh_from_db()
    assert consultation.state == earlier
    client.force_login(officials.clerk if clerk_may else officials.chair)
    page = client.get(f"/desk/consultations/{consultation.uid}/")
    assert act in [offered.name for offered, *_rest in page.context["acts"]]
    assert do(client, consultation, act).status_code == 302
    consultation.refresh_from_db()
    assert consultation.state == state


def test_a_plan_is_entered_once_by_who_may(client, officials, typed):
    client.force_login(officials.auditor)
    assert client.post("/desk/consultations/new/", typed()).status_code == 403
    client.force_login(officials.clerk)
    form = typed()
    for _again in range(2):
        assert client.post("/desk/consultations/new/", form).status_code == 302
    consultation = Consultation.objects.get()
    assert (consultation.title, consultation.ways) == (TITLE, ["meeting", "portal"])


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("unit", "Nơi không có"),
        ("planned_on", "01/07/2026"),
        ("matter", "10"),
        ("ways", []),
        ("title", " "),
        ("exempt", "secret"),
        ("period_rule", "pib.answer"),
    ],
)
def test_a_wrong_plan_is_refused_on_its_field(client, officials, typed, field, wrong):
    client.force_login(officials.clerk)
    page = client.post("/desk/consultations/new/", typed(**{field: wrong}))
    assert page.status_code == 400
    assert page.context["form"].errors.keys() == {field}
    assert not Consultation.objects.exists()


def test_before_the_law_of_2022_there_is_nothing_to_enter(begin):
    with pytest.raises(Refused) as refusal:
        begin(planned_on=date(2023, 6, 30))
    assert refusal.value.field == "planned_on"


def test_opinions_are_taken_for_at_least_the_days_of_the_law(begin, system):
    consultation = begin("write")
    with pytest.raises(Refused) as refusal:
        open_consultation(consultation, by=system, on=OPENED, until=REQUIRED - timedelta(days=1))
    assert "30/03/2026" in str(refusal.value) and "Điều 28" in str(refusal.value)
    assert open_consultation(
        consultation, by=system, on=OPENED, until=REQUIRED
    ).required_on == OPENED + timedelta(days=20)


def test_a_special_law_has_days_of_its_own(begin, system):
    consultation = begin("write", period_rule="consultation.period.land")
    with pytest.raises(Refused):
        open_consultation(consultation, by=system, on=OPENED, until=REQUIRED)
    until = OPENED + timedelta(days=30)
    assert open_consultation(consultation, by=system, on=OPENED, until=until).until == until


@pytest.mark.parametrize(("days", "long_enough"), [(19, False), (20, True), (21, True)])
def test_an_early_end_says_why_and_may_be_too_short(begin, system, days, long_enough):
    consultation = open_consultation(
        begin("write"), by=system, on=OPENED, until=OPENED + timedelta(days=30)
    )
    on = OPENED + timedelta(days=days)
    with pytest.raises(Refused) as refusal:
        close_consultation(consultation, by=system, on=on)
    assert refusal.value.field == "reason"
    closed = close_consultation(consultation, by=system, on=on, reason="Lũ lụt.")
    assert closed.is_long_enough == long_enough


def test_nothing_is_opened_without_a_content(begin, system):
    with pytest.raises(Refused, match="nội dung"):
        open_consultation(begin(), by=system, on=OPENED, until=REQUIRED)


def test_the_addressees_of_an_individual_decision_are_told_first_unless_exempt(begin, system):
    with pytest.raises(Refused, match="Điều 27"):
        open_consultation(begin("write", matter=8), by=system, on=OPENED, until=REQUIRED)
    assert begin("tell", *UNTIL_OPEN, matter=8).state == State.OPEN
    assert begin(*UNTIL_OPEN, matter=8, exempt="sanction").state == State.OPEN
    assert "tell" not in CONSULTATION_LIFE.acts_of(begin(), system)
    assert "file" not in CONSULTATION_LIFE.acts_of(begin(*UNTIL_SIGNED), system)


def test_a_new_version_says_what_changed_and_the_former_stays(begin, system):
    consultation = begin(*UNTIL_OPEN)
    later = TEXT.replace("hai mét", "một mét")
    for text, note, field in ((later, "", "note"), (f"{TEXT}\n", "Sửa", "text")):
        with pytest.raises(Refused) as refusal:
            write_content(consultation, by=system, on=OPENED, text=text, note=note)
        assert refusal.value.field == field
    write_content(consultation, by=system, on=OPENED, text=later, note="Theo ý kiến các hộ")
    assert list(consultation.contents.order_by("number").values_list("number", "text")) == [
        (1, TEXT),
        (2, later),
    ]


def test_the_database_keeps_what_people_were_asked(begin):
    begin("write")
    with pytest.raises(DatabaseError), transaction.atomic():
        Content.objects.update(text="Nội dung khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        Content.objects.all().delete()


@pytest.mark.parametrize(("on", "state"), [(date(2026, 4, 10), "met"), (date(2026, 4, 13), "late")])
def test_a_signed_summary_is_owed_to_the_public_in_five_working_days(begin, system, on, state):
    consultation = begin(*UNTIL_SIGNED)
    owed = Obligation.objects.get(subject_kind="consultation")
    assert (owed.due_on, owed.state) == (date(2026, 4, 10), "open")
    DO["publish"](consultation, by=system, on=on)
    owed.refresh_from_db()
    assert owed.state == state


def test_of_an_individual_decision_nothing_is_owed_to_the_public(begin):
    begin("tell", *UNTIL_PUBLISHED, matter=8)
    assert not Obligation.objects.exists()


@pytest.mark.parametrize(
    ("before", "act", "owed"),
    [
        (UNTIL_SIGNED, "publish", "publication"),
        ((*UNTIL_PUBLISHED, "overrule"), "explain", "explanation_owed"),
    ],
)
def test_what_was_closed_as_an_obligation_by_hand_can_still_be_entered(
    begin, system, before, act, owed
):
    consultation = begin(*before)
    meet_obligation(getattr(consultation, owed), by=system, on=date(2026, 4, 20))
    consultation = DO[act](consultation, by=system, **GIVEN[act])
    assert getattr(consultation, owed).done_on == date(2026, 4, 20)


def test_a_consultation_names_whom_it_waits_for_also_while_its_next_step_is_blocked(
    client, officials, begin
):
    client.force_login(officials.clerk)
    for acts, expected, waits_for in (
        ((), "write", "clerk"),
        (("write",), "open", "chair"),
        (("write", "open", "say", "close"), "answer", "clerk"),
        (("write", "open", "say", "close", "answer"), "summarise", "clerk"),
    ):
        consultation = begin(*acts)
        page = client.get(f"/desk/consultations/{consultation.uid}/")
        [(owner, _word)] = page.context["owners"]
        assert owner.act == expected
        assert any(f"({waits_for})" in name for name in owner.names), (acts, owner)
