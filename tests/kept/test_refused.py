"""The database refuses what must stay, tried by raw SQL on a row of each kind in each state."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from tests.kept.attempts import columns, cursor, insert, outcome, quoted, refused

DAY = date(2025, 3, 1)
MOMENT = datetime(2025, 3, 1, tzinfo=UTC)
ALL = "all"
PROMISED = (
    "uid code unit_id owner_id office title text asker_id asked_by origin origin_uid mark made_on"
)
DECIDED = "state unit_id received_on ended_on in_time eligible competent"
ASKED = "sealed_id asked_by_id reason asked_at"
SEALED = f"{DECIDED} nature"
LEFT = {"state>superseded", "state>withdrawn"}
WRITTEN_ONCE = (
    "minutes_commitmentstep",
    "minutes_commitmentpaper",
    "casework_call",
    "casework_step",
    "reports_seal",
    "reports_sealline",
    "law_calendarversion",
    "law_calendarday",
)


def alone(table, values, changing, removable=False, but=""):
    return (table, values, None, changing, set(but.split()), removable)


def part(table, key, whole, state, changing, removable, but=""):
    values = {"event_id": None, "statement_id": None, key: 5}
    return (table, values, (whole, state), changing, set(but.split()), removable)


# table, its row, the record it belongs to and its state, the columns that may change (a choice as
# column>choice) or all, all but which, whether the row may be removed.
CASES = [
    *[
        case
        for table in ("register_event", "register_statement")
        for case in (
            alone(table, {"state": "draft"}, ALL, True),
            alone(table, {"state": "confirmed"}, LEFT),
            alone(table, {"state": "superseded"}, set()),
            alone(table, {"state": "withdrawn"}, set()),
        )
    ],
    part("register_part", "event_id", "register_event", "draft", ALL, True, "event_id"),
    part("register_part", "event_id", "register_event", "confirmed", set(), False),
    *[
        part("register_attachment", key, whole, state, set(), state == "draft")
        for key, whole in (("event_id", "register_event"), ("statement_id", "register_statement"))
        for state in ("draft", "confirmed")
    ],
    alone("minutes_minutes", {"state": "drafted"}, ALL, True),
    alone("minutes_minutes", {"state": "approved"}, {"event_id", "state>superseded"}),
    alone("minutes_minutes", {"state": "superseded"}, {"event_id"}),
    *[
        case
        for table in ("minutes_block", "minutes_passage")
        for case in (
            part(table, "minutes_id", "minutes_minutes", "drafted", ALL, True, "minutes_id"),
            part(table, "minutes_id", "minutes_minutes", "approved", set(), False),
        )
    ],
    alone("minutes_commitment", {"state": "made"}, ALL, but=PROMISED),
    alone("minutes_commitment", {"state": "kept"}, set()),
    alone("minutes_commitment", {"state": "withdrawn"}, set()),
    alone("minutes_term", {"ended_on": None}, {"ended_on"}),
    alone("minutes_term", {"ended_on": DAY}, set()),
    *[alone(table, {}, set()) for table in WRITTEN_ONCE],
    alone("law_ruleversion", {"replaced_at": None}, {"until", "replaced_at"}),
    alone("law_ruleversion", {"replaced_at": MOMENT}, set()),
    alone("inspection_recommendation", {"state": "sent"}, ALL),
    *[
        alone("inspection_recommendation", {"state": state}, set())
        for state in ("settled", "rejected", "withdrawn")
    ],
    alone("obligations_obligation", {"state": "open"}, ALL),
    *[
        alone("obligations_obligation", {"state": state}, set())
        for state in ("met", "late", "excused")
    ],
    alone(
        "vault_opening", {"judged_by_id": None}, ALL, but="sealed_id asked_by_id reason asked_at"
    ),
    alone("vault_opening", {"judged_by_id": 1}, set()),
    alone("casework_petition", {"state": "received", "nature": "complaint"}, ALL),
    alone("casework_petition", {"state": "verifying", "nature": "denunciation"}, ALL, but="nature"),
    *[
        alone("casework_petition", {"state": state, "nature": "complaint"}, ALL, but=DECIDED)
        for state in ["refused", "guided", "returned", "filed", "stopped", "withdrawn", "used"]
    ],
    alone(
        "casework_petition",
        {"state": "used", "nature": "denunciation"},
        ALL,
        but=DECIDED + " nature",
    ),
    alone("journal_entry", {}, set()),
]


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: " ".join(map(str, (case[0], *case[1].values(), case[2] or "")))
)
def test_only_what_may_change_can_be_changed(db, case):
    table, values, whole, changing, fixed, removable = case
    with cursor() as sql:
        if whole:
            insert(sql, whole[0], {"id": 5, "state": whole[1]})
        row = insert(sql, table, values)
        labels, gone = outcome(sql, table, row)
        if changing == ALL:
            key = "number" if table == "journal_entry" else "id"
            changing, labels = set(columns(sql, table)) - {key} - fixed, _names(labels)
        assert labels == changing
        assert gone == removable


def _names(labels):
    return {label.partition(">")[0] for label in labels}


@pytest.mark.parametrize(
    ("table", "key", "whole", "state", "may"),
    [
        ("register_part", "event_id", "register_event", "confirmed", False),
        ("register_part", "event_id", "register_event", "draft", True),
        ("minutes_block", "minutes_id", "minutes_minutes", "approved", False),
        ("minutes_block", "minutes_id", "minutes_minutes", "drafted", True),
        ("minutes_passage", "minutes_id", "minutes_minutes", "approved", False),
        ("register_attachment", "event_id", "register_event", "confirmed", True),
    ],
)
def test_nothing_is_added_to_what_was_confirmed(db, table, key, whole, state, may):
    with cursor() as sql:
        insert(sql, whole, {"id": 5, "state": state})
        row = insert(sql, table, {"event_id": None, "statement_id": None, key: 5})
        other = {"id": "9", "mark": "gen_random_uuid()", "number": "2", "paper_id": "2"}
        taken = ", ".join(other.get(name, quoted(name)) for name in row)
        statement = (
            f"INSERT INTO {table} ({', '.join(map(quoted, row))}) OVERRIDING SYSTEM VALUE "
            f"SELECT {taken} FROM {table}"
        )
        assert refused(sql, statement, []) is not may


@pytest.mark.parametrize("table", ["register_event", "register_statement"])
def test_a_reason_comes_only_with_the_state_that_it_explains(db, table):
    with cursor() as sql:
        insert(sql, table, {"state": "confirmed", "reason": ""})
        both = f"UPDATE {table} SET state = 'withdrawn', reason = 'x'"
        assert not refused(sql, both, [])
        assert refused(sql, f"{both}, uid = gen_random_uuid()", [])


def test_the_head_of_the_journal_only_moves_forward(db):
    with cursor() as sql, transaction.atomic():
        insert(sql, "journal_head", {"id": 1, "number": 5})
        assert refused(sql, "UPDATE journal_head SET number = 5", [])
        assert refused(sql, "DELETE FROM journal_head", [])
        assert not refused(sql, "UPDATE journal_head SET number = 6", [])


def test_nobody_empties_the_journal(db):
    with cursor() as sql:
        name = "SELECT tgname FROM pg_trigger WHERE tgrelid = 'journal_entry'::regclass AND "
        sql.execute(f"{name} tgtype & 32 > 0")
        (trigger,) = sql.fetchone()
        sql.execute(f"ALTER TABLE journal_entry ENABLE ALWAYS TRIGGER {trigger}")
        assert refused(sql, "TRUNCATE journal_entry", [])
        sql.execute("SET LOCAL session_replication_role = replica")
        assert refused(sql, "TRUNCATE journal_entry", [])


def test_who_denounced_does_not_stand_among_the_persons(db):
    with cursor() as sql:
        insert(sql, "casework_petition", {"id": 5, "nature": "denunciation"})
        insert(sql, "casework_petitioner", {"id": 1, "petition_id": 5})
        assert refused(sql, "UPDATE casework_petitioner SET id = id", [])
