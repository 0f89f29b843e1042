"""A life cycle as a table: what it offers, what it refuses, that each room has a whole one."""

from itertools import product
from types import SimpleNamespace

import pytest

from danchu.casework.lives import FILE_LIFE, RECEPTION_DAY_LIFE
from danchu.casework.moves import PETITION_LIFE
from danchu.conference.question_life import QUESTION_LIFE
from danchu.kernel.refusals import Denied
from danchu.subjects.life import STAYS, Life, Move, Right, Rule
from danchu.subjects.room import sections

# The lives that rooms declare with their subjects, and those that no list of the desk has.
LIVES = {
    **{section.one: section.life for section in sections() if section.life},
    "question of the floor": QUESTION_LIFE,
    "petition as it is handled": PETITION_LIFE,
    "file of a petition": FILE_LIFE,
    "day of reception": RECEPTION_DAY_LIFE,
}
STATES = ["new", "sent", "over"]
ACTS = ["send", "answer", "note"]
DRAFT = Right("draft", "letter")


class Everyone:
    def may(self, verb, kind, unit):
        return (verb, kind, unit) != ("confirm", "letter", 2)


def row(state, unit=1, kind="letter"):
    return SimpleNamespace(state=state, unit_id=unit, kind=kind)


LETTER = Life(
    Move("send", ("new",), "sent", Right("draft", "letter")),
    Move("answer", ("sent",), "over", Right("confirm", "letter")),
    Move("note", ("new", "sent"), STAYS, Rule(lambda actor, letter: letter.unit_id == 1)),
    no_right="Không có quyền.",
    moved_on="Đã ở bước khác.",
)


def test_only_the_acts_of_the_state_that_the_actor_may_do_are_offered():
    assert LETTER.acts_of(row("new"), Everyone()) == ["send", "note"]
    assert LETTER.acts_of(row("sent"), Everyone()) == ["answer", "note"]
    assert LETTER.acts_of(row("sent", unit=2), Everyone()) == []
    assert LETTER.acts_of(row("over"), Everyone()) == []


def test_a_right_is_asked_for_in_any_state_and_denied_in_the_words_of_the_subject():
    LETTER.require(Everyone(), "answer", row("over"))
    with pytest.raises(Denied, match=r"Không có quyền\."):
        LETTER.require(Everyone(), "answer", row("sent", unit=2))


def test_an_act_that_stays_leads_to_where_it_began():
    assert LETTER.target(row("sent"), "note") == "sent"
    with pytest.raises(KeyError):
        LETTER.target(row("over"), "note")


def test_a_condition_of_the_row_says_why_and_is_offered_by_no_page():
    life = Life(
        Move(
            "send",
            ("new",),
            "sent",
            Right("draft", "letter"),
            blocked=lambda letter: "Thư trống." if letter.kind == "empty" else "",
        ),
        moved_on="Đã ở bước khác.",
    )
    assert life.acts_of(row("new", kind="empty"), Everyone()) == []
    assert life.obstacle(row("new", kind="empty"), "send") == "Thư trống."
    assert life.obstacle(row("sent"), "send") == "Đã ở bước khác."
    assert life.obstacle(row("new"), "send") == ""


def test_a_move_of_some_variants_is_no_move_of_the_others():
    life = Life(
        Move("close", ("new",), "over", Right("draft", "letter"), variants=("short",)),
        Move("close", ("sent",), "over", Right("draft", "letter"), variants=("long",)),
        variant=lambda letter: letter.kind,
    )
    assert life.acts_of(row("new", kind="short"), Everyone()) == ["close"]
    assert life.acts_of(row("new", kind="long"), Everyone()) == []
    assert life.acts_of(row("sent", kind="long"), Everyone()) == ["close"]


SOURCES = [("new",), ("sent",), ("over",), ("new", "sent"), ("sent", "over")]
LINES = [
    Move(act, sources, target, DRAFT)
    for act, sources, target in product(ACTS, SOURCES, [*STATES, STAYS])
]


@pytest.mark.parametrize("state", STATES)
def test_what_two_lines_offer_is_what_a_slow_reading_of_them_gives(state):
    for table in product(LINES, repeat=2):
        _compare_with_a_slow_reading(table, state)


def _compare_with_a_slow_reading(table, state):
    life = Life(*table)
    slow = [act for act in life.acts if any(m.act == act and state in m.sources for m in table)]
    assert life.acts_of(row(state), Everyone()) == slow
    for act in slow:
        first = next(m for m in table if m.act == act and state in m.sources)
        assert life.target(row(state), act) == (first.target or state)


@pytest.mark.parametrize("name", LIVES)
def test_no_table_of_a_room_has_two_moves_of_one_act_from_one_state(name):
    seen = set()
    for move in LIVES[name].moves:
        for state in move.sources:
            for variant in move.variants or ("",):
                assert (move.act, state, variant) not in seen
                seen.add((move.act, state, variant))
