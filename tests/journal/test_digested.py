"""What is digested of records: every field is in the canonical form or named here as left out, and
the triggers of the database are those that are declared.
"""

import pytest
from django.apps import apps
from django.db import connection

from danchu.figures.catalogue import INDICATORS, Flow, Level, parts
from danchu.journal.digest_form import forms
from danchu.journal.digested import Digested, PartDigested

SECRET = "a secret or a key of its own"
CLAIM = "who works on it just now"
DERIVED = "derived from the other fields"
LEFT_OUT = {
    "casework.Petition": {
        "secret": SECRET,
        "sent_key": SECRET,
        "sender_key": SECRET,
        "claimed_by": CLAIM,
        "claimed_until": CLAIM,
    },
    "consultation.Opinion": {"code": SECRET, "secret": SECRET, "sent_key": SECRET},
    "consultation.Voter": {"key": SECRET},
    "consultation.Vote": {"counted_as": DERIVED},
    "conference.Poll": {"reason": "why it was cancelled: such a poll is not declared"},
    "conference.Vote": {"sealed": "empty once the poll is declared"},
    "disclosure.InformationRequest": {"secret": SECRET, "sent_key": SECRET},
    "minutes.Commitment": {"secret": SECRET},
    "minutes.Minutes": {
        "edition": "the lock of a draft",
        "editor": "who saved the draft last",
        "edited_at": "when the draft was saved last",
    },
    "obligations.Obligation": {"told_overdue_on": "a notice that was given"},
    "units.Standing": {"search": DERIVED, "order": DERIVED},
}


def _declared():
    return [
        (model, rule)
        for model in apps.get_models()
        for rule in model._meta.constraints
        if isinstance(rule, Digested | PartDigested)
    ]


@pytest.mark.parametrize(("model", "rule"), _declared(), ids=lambda one: getattr(one, "name", ""))
def test_every_field_is_digested_or_left_out_for_a_reason(model, rule):
    fields = {field.name for field in model._meta.concrete_fields if field.name != "pk"}
    # Each canonical form begins with the field that names the record.
    fields -= {getattr(rule, "key", "") or model._meta.pk.name}
    fields -= {getattr(rule, "whole", ""), *LEFT_OUT.get(model._meta.label, {})}
    assert fields == set(rule.names), "name it in `fields` of its kept.py, or why not in LEFT_OUT"
    assert len(rule.names) == len(set(rule.names))


@pytest.mark.parametrize(("model", "rule"), _declared(), ids=lambda one: getattr(one, "name", ""))
def test_the_triggers_are_those_that_are_declared(db, model, rule):
    with connection.schema_editor(collect_sql=True) as editor:
        sql = rule.create_sql(model, editor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = %s", [rule.name])
        functions = cursor.fetchall()
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname LIKE %s",
            [model._meta.db_table, f"{rule.name}\\_%"],
        )
        triggers = {name for (name,) in cursor.fetchall()}
    if not sql:
        assert (functions, triggers) == ([], set())
        return
    assert functions == [(sql.partition("$$")[2].partition("$$")[0],)]
    assert triggers >= {f"{rule.name}_{end}" for end in ("added", "changed", "removed")}


def test_the_rows_that_figures_count_are_digested():
    """Else one UPDATE changes a published number and the journal proves the book whole."""
    digested = {model for model, _rule in _declared()}
    counted = {
        flow.source.rows().model
        for indicator in INDICATORS.values()
        if isinstance(indicator, Flow | Level)
        for flow in parts(indicator)
    }
    assert {model._meta.label for model in counted - digested} == set(), (
        "declare a Digested in the kept.py of the room (docs/develop/add-a-subject.md, step 5)"
    )


def test_parts_count_when_their_record_counts():
    for form in forms().values():
        for model, rule in form.parts:
            assert rule.when == form.rule.when
            assert model._meta.get_field(rule.whole).related_model is form.model


def test_what_the_issue_names_is_digested():
    assert set(forms()) >= {
        *("event", "statement", "finding", "recommendation", "petition", "visit", "commitment"),
        *("minutes", "poll", "body", "unit", "succession", "rule", "score"),
    }


def test_parts_belong_to_a_record_from_their_form_on():
    petition = forms()["petition"]
    assert "casework_step" in petition.canonical(2, "salt")
    assert "casework_step" not in petition.canonical(1, "salt")
