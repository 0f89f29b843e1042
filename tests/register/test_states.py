"""Draft, confirmed, corrected, withdrawn: what may follow what, and that the database lets
nobody around it.
"""

from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    correct_event,
    detach_paper,
    discard_draft,
    draft_event,
    edit_draft,
    withdraw_event,
)
from danchu.register.models import Attachment, Event, Part

DAY = date(2025, 9, 9)


@pytest.fixture
def draft(system, country):
    def make(**fields):
        given = {
            "kind": "conference",
            "unit": country.here,
            "held_on": DAY,
            "title": "Hội nghị",
            "participants": 5,
            **fields,
        }
        return draft_event(by=system, **given)

    return make


ACTS = {
    "edit": lambda event, by: edit_draft(event, by=by, title="Khác"),
    "discard": lambda event, by: discard_draft(event, by=by),
    "confirm": lambda event, by: confirm_event(event, by=by),
    "correct": lambda event, by: correct_event(event, by=by, reason="Nhầm", participants=6),
    "withdraw": lambda event, by: withdraw_event(event, by=by, reason="Nhầm"),
}
ALLOWED = {
    "draft": {"edit", "discard", "confirm"},
    "confirmed": {"correct", "withdraw"},
    "superseded": set(),
    "withdrawn": set(),
}


def in_state(state, draft, by):
    event = draft()
    if state == "draft":
        return event
    confirm_event(event, by=by)
    if state == "superseded":
        correct_event(event, by=by, reason="Nhầm", participants=6)
    if state == "withdrawn":
        withdraw_event(event, by=by, reason="Nhầm")
    return Event.objects.get(pk=event.pk)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", ALLOWED)
def test_each_act_follows_only_the_states_it_may(draft, system, state, act):
    event = in_state(state, draft, system)
    before = list(Event.objects.order_by("pk").values())
    if act in ALLOWED[state]:
        ACTS[act](event, system)
        assert list(Event.objects.order_by("pk").values()) != before
    else:
        with pytest.raises(Refused):
            ACTS[act](event, system)
        assert list(Event.objects.order_by("pk").values()) == before
    assert list(verify_chain()) == []


def test_a_correction_takes_the_place_and_both_stay_readable_with_parts_and_papers(
    draft, system, country, pdf
):
    event = draft(parts=[("bridge_point", country.village, "Điểm cầu", 12)], reference="HN-1")
    attach_paper(event, BytesIO(pdf()), "a.pdf", by=system)
    confirm_event(event, by=system)
    corrected = correct_event(event, by=system, reason="Đếm nhầm", participants=9)
    old = Event.objects.get(pk=event.pk)
    assert (old.state, old.participants, old.reference) == ("superseded", 5, "HN-1")
    assert (corrected.state, corrected.participants, corrected.reference, corrected.reason) == (
        "confirmed",
        9,
        "HN-1",
        "Đếm nhầm",
    )
    assert corrected.supersedes == old
    for one in (old, corrected):
        assert [(p.role, p.unit_id, p.name, p.amount) for p in one.parts.all()] == [
            ("bridge_point", country.village.pk, "Điểm cầu", 12)
        ]
        assert [a.name for a in one.attachments.all()] == ["a.pdf"]
    assert list(Event.objects.counted()) == [corrected]


@pytest.mark.parametrize("act", [correct_event, withdraw_event])
@pytest.mark.parametrize("reason", ["", "  ", "\u00a0"])
def test_a_reason_is_asked_for(draft, system, act, reason):
    event = confirm_event(draft(), by=system)
    with pytest.raises(Refused) as refusal:
        act(event, by=system, reason=reason)
    assert refusal.value.field == "reason"
    assert Event.objects.get().state == "confirmed"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"held_on": today() + timedelta(days=1)}, "held_on"),
        ({"held_on": None}, "held_on"),
        ({"held_on": date(2025, 6, 30)}, "unit"),
        ({"title": " "}, "title"),
        ({"title": "a" * 301}, "title"),
        ({"participants": -1}, "participants"),
        ({"participants": 10**8}, "participants"),
        ({"participants": "5"}, "participants"),
        ({"participants": True}, "participants"),
        ({"findings": 1}, "findings"),
        ({"form": "no"}, "form"),
        ({"parts": [("pledger", None, "", 1)]}, "parts"),
        ({"parts": [("bridge_point", None, "", -1)]}, "parts"),
        ({"colour": 1}, "colour"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_what_cannot_be_is_refused_by_field_and_writes_nothing(draft, fields, field):
    with pytest.raises(Refused) as refusal:
        draft(**fields)
    assert refusal.value.field == field
    assert not Event.objects.exists()


def test_a_form_sent_twice_is_one_event_and_a_reference_is_of_one_living_event(draft, system):
    uid = uuid4()
    first = draft(uid=uid, reference="1")
    with pytest.raises(Refused, match="đã được gửi trước đó"):
        draft(uid=uid, reference="2")
    with pytest.raises(Refused, match="đã có trong sổ"):
        draft(reference="1")
    withdraw_event(confirm_event(first, by=system), by=system, reason="Nhầm")
    assert draft(reference="1")


def test_a_draft_thrown_away_leaves_only_the_journal(draft, system, country, pdf):
    event = draft(parts=[("bridge_point", country.village, "", 1)], reference="N-1")
    attach_paper(event, BytesIO(pdf()), "a.pdf", by=system)
    discard_draft(event, by=system)
    assert [Event.objects.count(), Part.objects.count(), Attachment.objects.count()] == [0, 0, 0]
    assert Entry.objects.get(act="event.discarded").data["reference"] == "N-1"


def test_a_paper_is_taken_off_a_draft_and_never_off_what_was_confirmed(draft, system, pdf):
    event = draft()
    detach_paper(attach_paper(event, BytesIO(pdf()), "a.pdf", by=system), by=system)
    kept = attach_paper(event, BytesIO(pdf()), "a.pdf", by=system)
    confirm_event(event, by=system)
    with pytest.raises(Refused):
        detach_paper(kept, by=system)
    later = attach_paper(event, BytesIO(pdf(2)), "b.pdf", by=system)
    assert [a.pk for a in event.attachments.order_by("pk")] == [kept.pk, later.pk]
    withdraw_event(event, by=system, reason="Nhầm")
    with pytest.raises(Refused):
        attach_paper(event, BytesIO(pdf(3)), "c.pdf", by=system)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE register_event SET participants = 99",
        "UPDATE register_event SET held_on = held_on - 1",
        "UPDATE register_event SET state = 'draft'",
        "UPDATE register_event SET reason = 'x'",
        "UPDATE register_event SET confirmed_by = 'x'",
        "DELETE FROM register_event",
        "UPDATE register_part SET amount = 99",
        "DELETE FROM register_part",
        "INSERT INTO register_part (event_id, role, unit_id, name, amount) SELECT id, "
        "'bridge_point', unit_id, '', 9 FROM register_event",
        "DELETE FROM register_attachment",
        "UPDATE register_attachment SET name = 'x'",
    ],
)
def test_the_database_refuses_to_rewrite_what_was_confirmed(draft, system, country, pdf, statement):
    event = draft(parts=[("bridge_point", country.village, "", 1)])
    attach_paper(event, BytesIO(pdf()), "a.pdf", by=system)
    confirm_event(event, by=system)
    with (
        pytest.raises(DatabaseError, match="register_kept"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
