"""A stated part and the records that give the whole never contradict each other, whichever of them
comes, changes or goes last; and for every key a record and a statement never both count.
"""

from datetime import date
from io import BytesIO
from uuid import uuid4

import pytest

from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.people.actor import Actor
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    confirm_statement,
    correct_event,
    correct_statement,
    draft_event,
    draft_statement,
    edit_statement,
    withdraw_event,
    withdraw_statement,
)
from danchu.register.file_statements import statable_flows
from danchu.register.imports import check_events, import_events
from danchu.register.kinds import KINDS, WITHIN
from danchu.register.models import Event, Statement
from danchu.register.stated_parts import wholes
from danchu.units.actions import open_body
from tests.people.conftest import REFORM
from tests.sizes import long, part

BY, DAY = Actor.system("test"), date(2025, 9, 9)
MONTH = {"since": date(2025, 9, 1), "until": date(2025, 10, 1)}
WHY = {"by": BY, "reason": "Nhầm"}


@pytest.fixture
def body(country):
    return open_body(country.here, by=BY, kind="agency", name="Phòng 1", since=REFORM)


@pytest.fixture
def stated(body, pdf):
    """Confirms a statement of the body; a draft with `is_draft`."""

    def make(key, amount=3, is_draft=False, **more):
        draft = draft_statement(by=BY, body=body, indicator=key, amount=amount, **{**MONTH, **more})
        attach_paper(draft, BytesIO(pdf(f"{key} {draft.pk}")), "a.pdf", by=BY)
        return draft if is_draft else confirm_statement(draft, by=BY)

    return make


def recorded(body, flow, amount=1, on=DAY, **more):
    """A draft that the flow counts with this amount."""
    numbers = {} if flow.amount == "1" else {flow.amount: amount}
    for small, large in WITHIN:
        if small in numbers and large in KINDS[flow.where["kind"]].numbers:
            numbers[large] = amount
    fields = {**flow.where, **numbers, **more}
    return draft_event(
        fields.pop("kind"), by=BY, unit=body.unit, body=body, held_on=on, title="Việc", **fields
    )


def confirmed(*of, **more):
    return confirm_event(recorded(*of, **more), by=BY)


# Keys that differ in kind: rows, a part of rows, a number of rounds, a sensitive one.
EACH_DAY = {"dialogues", "supervisions_217.study", "pib_violations", "petitions_eligible"}


@long
def test_for_every_key_a_record_and_a_statement_never_both_count(body, stated):
    flows = statable_flows()
    for key in EACH_DAY | {*part(sorted(flows), 12, "stated keys")}:
        flow = flows[key]
        statement, record = stated(key), recorded(body, flow)
        with pytest.raises(Refused, match="đã có số liệu báo cáo bằng giấy"):
            confirm_event(record, by=BY)
        withdraw_statement(statement, **WHY)
        record = confirm_event(record, by=BY)
        statement = stated(key, amount=0, is_draft=True)
        with pytest.raises(Refused, match="1 hồ sơ"):
            confirm_statement(statement, by=BY)
        withdraw_event(record, **WHY)
        withdraw_statement(confirm_statement(statement, by=BY), **WHY)
    assert not Event.objects.counted().exists() and not Statement.objects.counted().exists()


def pairs():
    """(whole, part) of every part."""
    flows = statable_flows()
    return [(whole, flows[key]) for whole, groups in wholes() for group in groups for key in group]


def recorded_beside(body, whole, narrow, **more):
    """A draft that counts in the whole and not in the part."""
    if whole.amount != narrow.amount:
        numbers = {whole.amount: 2}
    else:
        forms = KINDS[whole.where["kind"]].forms
        numbers = {"form": next(form for form in forms if form != narrow.where["form"])}
        numbers |= {} if whole.amount == "1" else {whole.amount: 2}
    fields = {**whole.where, **numbers, **more}
    return draft_event(
        fields.pop("kind"), by=BY, unit=body.unit, body=body, held_on=DAY, title="Việc", **fields
    )


@long
def test_a_record_of_every_whole_is_asked_about_beside_a_stated_part(body, stated):
    keys = {(whole.key, narrow.key) for whole, narrow in pairs()}
    assert ("petitions_received", "petitions_received.feedback") in keys
    assert ("pib_violations", "pib_violations_resolved") in keys, "rounds of inspection boards"
    assert ("dialogue_opinions", "dialogue_opinions_settled") in keys
    for whole, narrow in part(pairs(), 6, "stated parts"):
        statement = stated(narrow.key)
        draft = recorded_beside(body, whole, narrow)
        with pytest.raises(Refused, match="sổ giấy riêng") as refusal:
            confirm_event(draft, by=BY)
        assert refusal.value.field == "held_on"
        assert Event.objects.get(pk=draft.pk).state == "draft"
        apart = correct_statement(statement, is_apart=True, **WHY)
        withdraw_event(confirm_event(draft, by=BY), **WHY)
        withdraw_statement(apart, **WHY)


DIALOGUES, SETTLED = "dialogues", "dialogues.authority"


def dialogues(body, number, **more):
    flow = statable_flows()[DIALOGUES]
    return [confirmed(body, flow, form="periodic", **more) for _time in range(number)]


def test_a_record_that_a_stated_part_rests_on_neither_goes_nor_moves(body, stated):
    records = dialogues(body, 3)
    statement = stated(SETTLED, amount=3)
    with pytest.raises(Refused, match="một phần của"):
        withdraw_event(records[0], **WHY)
    with pytest.raises(Refused) as refusal:
        correct_event(records[0], held_on=date(2025, 8, 9), **WHY)
    assert refusal.value.field == "held_on"
    records[0] = correct_event(records[0], title="Đối thoại tháng 9", **WHY)
    assert Event.objects.counted().count() == 3
    smaller = correct_statement(statement, amount=2, **WHY)
    withdraw_event(records[0], **WHY)
    withdraw_statement(smaller, **WHY)
    correct_event(records[1], held_on=date(2025, 8, 9), **WHY)


def test_a_round_that_a_stated_number_rests_on_stays(body, stated):
    found = statable_flows()["pib_violations"]
    rounds = [confirmed(body, found, amount=amount) for amount in (5, 3)]
    stated("pib_violations_resolved", amount=6)
    with pytest.raises(Refused, match="một phần của"):
        withdraw_event(rounds[0], **WHY)
    with pytest.raises(Refused, match="một phần của"):
        correct_event(rounds[0], findings=2, **WHY)
    assert correct_event(rounds[0], findings=4, **WHY).findings == 4
    with pytest.raises(Refused, match="là 7, mà các phần là 8"):
        stated(
            "pib_violations_resolved",
            8,
            since=date(2025, 8, 1),
            until=date(2025, 9, 10),
            is_draft=True,
        )


def test_a_part_drafted_before_the_records_is_asked_about_when_it_is_confirmed(body, stated):
    waiting = stated(SETTLED, is_draft=True)
    dialogues(body, 2)
    with pytest.raises(Refused) as refusal:
        confirm_statement(waiting, by=BY)
    assert refusal.value.field == "amount" and "là 2, mà các phần là 3" in refusal.value.message
    waiting = edit_statement(waiting, by=BY, is_apart=True)
    assert confirm_statement(waiting, by=BY).is_apart


def test_a_stated_whole_is_not_taken_away_from_over_its_parts(body, stated):
    """The part is stated for two months, the whole for the second; the first has one record."""
    whole = stated(DIALOGUES, amount=5)
    part = stated(SETTLED, amount=4, since=date(2025, 8, 1))
    dialogues(body, 1, on=date(2025, 8, 9))
    with pytest.raises(Refused, match="một phần của"):
        withdraw_statement(whole, **WHY)
    with pytest.raises(Refused, match="một phần của"):
        correct_statement(whole, since=date(2025, 10, 1), until=date(2025, 11, 1), **WHY)
    assert Statement.objects.get(pk=whole.pk).state == "confirmed"
    correct_statement(part, is_apart=True, **WHY)
    withdraw_statement(whole, **WHY)


def test_what_an_earlier_version_did_not_ask_about_is_not_asked_now(body, stated):
    part = stated(SETTLED, is_draft=True)
    Statement.objects.filter(pk=part.pk).update(is_apart=None)
    dialogues(body, 1)
    part.refresh_from_db()
    assert confirm_statement(part, by=BY).is_apart is None
    dialogues(body, 1)


def test_a_contradiction_that_stands_does_not_grow(body, stated):
    """As one that came in around the acts; a record that makes it smaller is taken."""
    records = dialogues(body, 2)
    row = {"indicator": SETTLED, "amount": 5, "is_apart": False, "state": "confirmed", **MONTH}
    row |= {"uid": uuid4(), "recorded_by": "test", "recorded_at": now()}
    Statement.objects.create(body=body, unit=body.unit, **row)
    dialogues(body, 1)
    with pytest.raises(Refused, match="một phần của"):
        withdraw_event(records[0], **WHY)


@pytest.mark.parametrize("number", [2, 3])
def test_a_file_is_asked_about_beside_a_stated_part_before_and_when_it_is_imported(
    body, stated, country, number
):
    stated(SETTLED, amount=3)
    country.here.standings.update(code="00001")
    lines = ["reference,kind,form,held_on,unit_code,title"]
    lines += [f"N{n},dialogue,periodic,2025-09-09,00001,Đối thoại {n}" for n in range(number)]
    lines += ["N9,dialogue,periodic,2025-10-09,00001,Đối thoại tháng sau"]
    table = "\n".join(lines).encode()
    preview = check_events(BytesIO(table), "bang.csv", by=BY)
    if number == 3:
        assert preview.problem_count == 0
        assert import_events(BytesIO(table), "bang.csv", by=BY).new == 4
        return
    [problem] = preview.problems
    assert (problem.row, problem.column) == (2, "held_on") and "một phần của" in problem.message
    with pytest.raises(Refused, match="một phần của"):
        import_events(BytesIO(table), "bang.csv", by=BY)
    assert not Event.objects.exists()
