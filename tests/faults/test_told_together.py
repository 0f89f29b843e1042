"""Everything that is wrong with one form is told at once, each on its field."""

from datetime import date
from io import BytesIO
from itertools import combinations

import pytest

from danchu.casework.actions import (
    keep_answer_text,
    plan_reception_day,
    record_visit,
    register_petition,
)
from danchu.casework.loading import load_matters
from danchu.casework.models import Matter
from danchu.conference.actions import draft_poll
from danchu.conference.actions.conferences import draft_conference
from danchu.conference.actions.delegates import add_delegate
from danchu.conference.actions.points import add_point
from danchu.conference.actions.programme import add_item
from danchu.inspection.actions import (
    ask_verification,
    draft_recommendation,
    elect_member,
    open_report,
    open_term,
    plan_round,
    record_finding,
    register_project,
)
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, all_refusals, raise_all
from danchu.law.actions import add_text, set_calendar
from danchu.law.loading import load_law
from danchu.minutes.actions import draft_minutes, make_commitment
from danchu.obligations.actions import add_escalation, owe
from danchu.people.actor import Actor
from danchu.register.actions import (
    attach_paper,
    confirm_event,
    confirm_statement,
    correct_statement,
    draft_event,
    draft_statement,
)
from danchu.register.file_statements import statable_flows
from danchu.register.models import Event, Statement
from danchu.register.statement_rules import breakdowns_of
from danchu.units.actions import open_body
from tests.desk.conftest import appointed, officials  # noqa: F401
from tests.desk.test_desk import typed
from tests.desk.test_statements import PDF, front  # noqa: F401
from tests.desk.test_statements import typed as stated_typed
from tests.people.conftest import REFORM, country, holder, offices, person, system  # noqa: F401

BY = Actor.system("test")
NEW = "/desk/records/new/?kind=supervision_217"
# {field: a value that breaks a rule about it, whatever the others are}
WRONG = {
    "held_on": "03/03/2090",
    "unit": "khong co",
    "title": " ",
    "reference": "GS-DA-CO",
    "participants": "-4",
    "recommended": "12,567",
    "form": "khong co",
    "note": "a" * 6000,
}


def refusal_of(*pairs):
    with pytest.raises(Refused) as refusal:
        raise_all(Refused(message, field) for message, field in pairs)
    return refusal.value


def test_refusals_are_raised_together_in_the_order_of_the_rules():
    raise_all([])
    refusal = refusal_of(("một", "a"), ("hai", "b"), ("ba", ""))
    assert [(one.message, one.field) for one in refusal.every] == [
        ("một", "a"),
        ("hai", "b"),
        ("ba", ""),
    ]
    with pytest.raises(Refused) as outer, all_refusals() as rule:
        with rule():
            raise refusal
        with rule():
            pass
        with rule():
            raise Refused("bốn", "d")
    assert [one.field for one in outer.value.every] == ["a", "b", "", "d"]


def test_what_is_no_refusal_passes_through():
    with pytest.raises(ZeroDivisionError), all_refusals() as rule, rule():
        raise ZeroDivisionError


@pytest.fixture
def chair(client, officials):  # noqa: F811
    client.force_login(officials.chair)
    held = draft_event(
        "supervision_217",
        by=BY,
        unit=officials.ward,
        held_on=date(2026, 3, 1),
        title="Đã có",
        reference="GS-DA-CO",
    )
    confirm_event(held, by=BY)
    return client


def test_any_two_broken_rules_of_an_event_are_told_together(chair, officials):  # noqa: F811
    for pair in combinations(WRONG, 2):
        page = chair.post(NEW, typed(**{name: WRONG[name] for name in pair}))
        # A reference is looked up in the book of the unit, so it needs one.
        expected = set(pair) - ({"reference"} if "unit" in pair else set())
        assert page.status_code == 400
        assert set(page.context["form"].errors) - {"__all__"} == expected, pair
    assert Event.objects.count() == 1


def test_all_broken_rules_are_told_with_the_lines_of_parts(client, officials):  # noqa: F811
    client.force_login(officials.head)
    page = client.post(
        "/desk/records/new/?kind=conference",
        {
            **typed(title="", held_on="03/03/2090", participants="x", form=""),
            "part_unit_0": "khong co",
            "part_amount_0": "-1",
            "part_unit_1": "00004",
            "part_amount_1": "5",
        },
    )
    form = page.context["form"]
    assert {"title", "held_on", "participants"} <= set(form.errors)
    assert "Không có nơi nào" in form.part_errors[0] and "số âm" in form.part_errors[0]
    assert 1 not in form.part_errors


def test_numbers_that_do_not_fit_each_other_are_told_with_the_rest(chair):
    page = chair.post(NEW, typed(title="", recommended="3", accepted="9"))
    assert set(page.context["form"].errors) == {"title", "accepted"}
    # Beside a number that cannot be read nothing is said of how they fit.
    page = chair.post(NEW, typed(recommended="x", accepted="9"))
    assert set(page.context["form"].errors) == {"recommended"}


def test_an_event_that_is_right_but_for_one_rule_is_told_that_one(chair):
    for name, value in WRONG.items():
        page = chair.post(NEW, typed(**{name: value}))
        assert set(page.context["form"].errors) - {"__all__"} == {name}
    assert chair.post(NEW, typed()).status_code == 302


def test_a_draft_that_is_edited_and_an_event_that_is_corrected_keep_their_reference(chair):
    event = Event.objects.get()
    fields = typed(reference="GS-DA-CO", uid=str(event.uid), reason="Đếm lại")
    answer = chair.post(f"/desk/records/{event.uid}/correct/", fields)
    assert answer.status_code == 302, answer.context["form"].errors
    assert Event.objects.get(state="confirmed").title == "Giám sát thu chi quỹ"


@pytest.mark.usefixtures("front")
def test_all_broken_rules_of_a_statement_are_told_together(client, officials):  # noqa: F811
    client.force_login(officials.clerk)
    page = client.post(
        "/desk/statements/new/",
        stated_typed(amount="12,5", since="01/01/2024", last="31/12/2090", indicator="x"),
    )
    assert set(page.context["form"].errors) >= {"amount", "last", "indicator"}
    page = client.post("/desk/statements/new/", stated_typed(body="", last="31/12/2090"))
    assert set(page.context["form"].errors) == {"body", "last"}


# --- the parts of a breakdown ---

WHOLE, PART, OTHER = "supervisions_217", "supervisions_217.delegation", "supervisions_217.study"


@pytest.fixture
def state(country, settings, tmp_path):  # noqa: F811
    """Drafts and confirms a statement of months of 2026: state(key, first, last, amount)."""
    settings.PAPERS_ROOT = tmp_path
    body = open_body(country.here, by=BY, kind="agency", name="Phòng Nội vụ", since=REFORM)

    def make(key, first, last, amount):
        statement = draft_statement(
            by=BY,
            body=body,
            indicator=key,
            since=date(2026, first, 1),
            until=date(2026, last + 1, 1),
            amount=amount,
        )
        attach_paper(statement, BytesIO(PDF), "a.pdf", by=BY)
        return confirm_statement(statement, by=BY)

    return make


@pytest.fixture
def december(clock):
    clock.set("2026-12-20")


@pytest.mark.parametrize(
    ("before", "last"),
    [
        ([(WHOLE, 1, 3, 5)], (PART, 1, 3, 6)),  # the part above its whole
        ([(PART, 1, 3, 6)], (WHOLE, 1, 3, 5)),  # the whole below its part
        ([(WHOLE, 1, 3, 5), (PART, 1, 3, 3)], (OTHER, 1, 3, 3)),  # the parts together
        ([(PART, 1, 3, 3), (OTHER, 1, 3, 3)], (WHOLE, 1, 3, 5)),
        ([(WHOLE, 1, 3, 5)], (PART, 2, 2, 6)),  # of a month in it
        ([(WHOLE, 1, 3, 5), (PART, 1, 1, 3)], (PART, 2, 2, 3)),  # of two months in it
        ([(WHOLE, 1, 1, 2), (WHOLE, 2, 2, 2)], (PART, 1, 2, 5)),  # over two wholes
        ([(PART, 1, 2, 5), (WHOLE, 1, 1, 2)], (WHOLE, 2, 2, 2)),
    ],
)
def test_parts_never_add_up_to_more_than_the_whole(state, december, before, last):
    for one in before:
        state(*one)
    with pytest.raises(Refused, match="lớn hơn cả") as refusal:
        state(*last)
    assert refusal.value.field == "amount"
    key, first, until, amount = last
    fits = amount - 1 if key != WHOLE else amount + 1
    assert state(key, first, until, fits).state == "confirmed"


def test_a_statement_cannot_be_corrected_into_more_than_the_whole(state, december):
    state(WHOLE, 1, 3, 5)
    part = state(PART, 1, 3, 5)
    with pytest.raises(Refused, match="lớn hơn cả"):
        correct_statement(part, by=BY, reason="Đếm lại", amount=6)
    part = Statement.objects.counted().get(indicator=PART)
    assert correct_statement(part, by=BY, reason="Đếm lại", amount=4).amount == 4


def test_where_the_whole_is_not_stated_a_part_is_not_compared(state, december):
    state(WHOLE, 1, 1, 2)
    assert state(PART, 3, 3, 9) and state(PART, 2, 2, 9)
    assert state(OTHER, 1, 2, 9), "February has no whole"


def test_the_desk_tells_it_on_the_field(client, officials, front):  # noqa: F811
    client.force_login(officials.clerk)
    draft = draft_statement(
        by=BY,
        body=front,
        indicator=WHOLE,
        since=date(2026, 1, 1),
        until=date(2026, 4, 1),
        amount=5,
    )
    attach_paper(draft, BytesIO(PDF), "a.pdf", by=BY)
    confirm_statement(draft, by=BY)
    page = client.post("/desk/statements/new/", stated_typed(indicator=PART, amount="6"))
    assert page.status_code == 400 and set(page.context["form"].errors) == {"amount"}
    assert "31/03/2026" in page.content.decode()


def test_every_line_of_a_breakdown_that_a_paper_book_states_has_its_whole():
    flows = statable_flows()
    lines = [key for key in flows if "." in key and key.rpartition(".")[0] in flows]
    assert len(lines) >= 10
    for key in lines:
        wholes = {whole.key for whole, _groups in breakdowns_of(key)}
        assert key.rpartition(".")[0] in wholes, key


# --- acts of other rooms ---


def fields_refused(act):
    with pytest.raises(Refused) as refusal:
        act()
    return [one.field for one in refusal.value.every]


LONG = "a" * 3000
FUTURE = date(2090, 1, 1)


def test_every_act_with_several_rules_tells_them_together(country, system, settings, tmp_path):  # noqa: F811
    """Each act is given values that break several rules; all fields are named."""
    settings.PAPERS_ROOT, settings.VAULT_ROOT = tmp_path, tmp_path / "vault"
    load_law(by=system)
    load_matters(by=system)
    here, other = country.here, country.next_door
    board = open_body(here, by=system, kind="peoples_inspection_board", name="Ban", since=REFORM)
    stranger = open_body(other, by=system, kind="agency", name="Phòng", since=REFORM)
    hall = draft_conference(by=system, unit=here, title="Hội nghị", starts_at=now())
    term = open_term(by=system, board=board, since=REFORM, until=date(2030, 1, 1))
    matter = Matter.objects.get(key="road")
    say = {"by": system, "unit": here}
    told = {
        "conference": lambda: draft_conference(
            **say, title="", starts_at=None, body=stranger, capacity=-1
        ),
        "item": lambda: add_item(hall, by=system, title="", speaker=LONG, kind="x"),
        "point": lambda: add_point(hall, **say, name="", room=LONG, expected=-1),
        "delegate": lambda: add_delegate(hall, by=system, name="", office=LONG, contact="x"),
        "poll": lambda: draft_poll(
            hall, by=system, title="", options=["a"], kind="x", secrecy="y", quorum_rule="z"
        ),
        "petition": lambda: register_petition(
            **say,
            nature="x",
            channel="handed_over",
            matter=matter,
            title="T",
            content="N",
            received_on=FUTURE,
            known_on=FUTURE,
        ),
        "its texts": lambda: register_petition(
            **say,
            nature="feedback",
            channel="counter",
            matter=matter,
            title="",
            content="",
            persons=[{"name": LONG, "phone": "1", "identity": "?", "email": "x"}],
        ),
        "visit": lambda: record_visit(
            **say,
            received_on=FUTURE,
            form="x",
            name="",
            content="",
            nature="feedback",
            people=0,
            note=LONG,
        ),
        "reception day": lambda: plan_reception_day(**say, office="", on=None, form="x", room=""),
        "answer": lambda: keep_answer_text(**say, act="x", title="", text=""),
        "plan": lambda: plan_round(by=system, board=stranger, span="x", title="", planned_on=None),
        "project": lambda: register_project(
            **say, name="", owner="", capital="x", begun_on=FUTURE, budget=-1
        ),
        "report": lambda: open_report(
            by=system, board=stranger, title="", since=FUTURE, until=FUTURE
        ),
        "verification": lambda: ask_verification(
            by=system, board=stranger, asker="x", title="", content="", asked_on=FUTURE, until=None
        ),
        "finding": lambda: record_finding(
            by=system, board=board, found_on=FUTURE, title="", number=LONG
        ),
        "recommendation": lambda: draft_recommendation(
            by=system, board=board, answerer=board, title="", finding="", found_on=FUTURE, asks="x"
        ),
        "member": lambda: elect_member(term, by=system, name="", elected_on=FUTURE, seat="x"),
        "minutes": lambda: draft_minutes(**say, held_on=FUTURE, title=""),
        "promise": lambda: make_commitment(
            **say, title="", text="", made_on=FUTURE, due_on=None, asked_by=LONG
        ),
        "obligation": lambda: owe(**say, rule_key="x.y", event_on=date(2026, 1, 5), title=""),
        "escalation": lambda: add_escalation(
            by=system, rule_prefix="zz", days=-1, office="x", above=9, before=True
        ),
        "calendar": lambda: set_calendar(2026, [(FUTURE, "x", "")], by=system, basis="", mark="x"),
        "text": lambda: add_text(by=system, vi="", en="", since=None),
    }
    fields = {name: set(fields_refused(act)) for name, act in told.items()}
    assert fields == {
        "conference": {"title", "starts_at", "capacity", "body"},
        "item": {"title", "speaker", "kind"},
        "point": {"name", "room", "expected"},
        "delegate": {"name", "office", "contact"},
        "poll": {"title", "options", "kind", "secrecy", "quorum_rule"},
        "petition": {"nature", "received_on", "known_on", "came_from"},
        "its texts": {"title", "content", "name", "phone", "identity", "email"},
        "visit": {"received_on", "form", "name", "people", "note"},
        "reception day": {"office", "on", "room"},
        "answer": {"act", "title", "text"},
        "plan": {"board", "title", "planned_on"},
        "project": {"name", "capital", "budget", "decided_on"},
        "report": {"board", "title", "since"},
        "verification": {"board", "asker", "title", "content", "asked_on"},
        "finding": {"found_on", "title", "number"},
        "recommendation": {"asks", "title", "finding", "found_on"},
        "member": {"name", "elected_on", "seat"},
        "minutes": {"held_on", "title"},
        "promise": {"title", "text", "owner", "made_on", "asked_by"},
        "obligation": {"title", "key"},
        "escalation": {"rule_prefix", "days", "office", "above"},
        "calendar": {"days", "basis", "mark"},
        "text": {"text_vi", "text_en", "text_since"},
    }
