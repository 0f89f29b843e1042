"""Answers that pages share are read once, and again after what they were read from changed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from danchu.copies import lasting as answers
from danchu.copies import memory
from danchu.copies.lasting import LastingAnswers
from danchu.kernel.dependence import hinder, note_rows, noting
from danchu.kernel.reading import lasting, once, reading
from tests.copies.test_truth import SPAN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _day(clock):
    clock.set("2026-03-02")


def sums_read_for(client, path):
    """How many statements summed rows while the page was answered; 200 is expected."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return sum("sum(amount)" in query["sql"] for query in queries.captured_queries)


def test_the_sums_of_a_place_are_read_once_for_both_languages_and_again_after_a_record(
    kept, client, confirmed, country
):
    confirmed()
    here, far = (
        f"/figures/critiques/?unit={unit.pk}&{SPAN}" for unit in (country.here, country.far)
    )
    assert sums_read_for(client, here) > 0
    assert sums_read_for(client, f"/en{here}") == 0
    confirmed(unit=country.far)
    confirmed(kind="opinion_conference", form="")
    assert sums_read_for(client, f"{here}&a=1") == 0  # neither of this place and kind
    assert sums_read_for(client, f"{far}&a=1") > 0
    confirmed()
    assert sums_read_for(client, f"{here}&a=2") > 0


class Question:
    """A question of the reading context; `asked` counts how often it was read anew."""

    def __init__(self, ask=lambda: None):
        self.asked = 0
        self.ask = ask

    def _read(self):
        self.asked += 1
        self.ask()
        return [self.asked]

    def answer(self, number, lasts=()):
        with noting(lambda sql: None) as notes, lasting(LastingAnswers(number)), reading():
            return once("a question", self._read, lasts=lasts), notes


def test_whoever_takes_an_answer_that_lasts_depends_on_what_it_was_read_from(kept, country):
    number, _seen = memory.feed.poll()
    question = Question(lambda: note_rows("register_event", ["critique"], "{1}"))
    (first, notes), (second, later) = question.answer(number), question.answer(number)
    assert first == second == [1]
    assert notes.rows == later.rows == {("register_event", "{1}"): {"critique"}}


def test_an_answer_lasts_until_a_row_of_the_tables_that_it_names_changes(kept, confirmed, country):
    question = Question()

    def ask():
        return question.answer(memory.feed.poll()[0], lasts=("register_event",))[0]

    assert (ask(), ask()) == ([1], [1])
    confirmed()
    assert (ask(), ask()) == ([2], [2])


def test_what_depends_on_more_than_is_known_does_not_last(kept, country):
    question = Question(lambda: hinder("the clock"))
    assert [question.answer(0)[0] for _try in range(2)] == [[1], [2]]


def test_answers_take_as_much_memory_as_is_set(kept, monkeypatch, country):
    monkeypatch.setattr(answers, "MOST", 10 * answers.OF_AN_ANSWER)
    number, _seen = memory.feed.poll()
    with noting(lambda sql: None), lasting(LastingAnswers(number)), reading():
        for place in range(100):
            once(("a place", place), dict, lasts=())
    assert len(answers._kept) <= 10


def test_pages_of_one_frame_have_each_their_own_addresses(client, country):
    pages = {}
    for query in ("", "?q=m%E1%BB%99t&a=%22%3E%3Cb%3E", "?q=hai"):
        page = client.get(f"/units/{query}").content.decode()
        pages[query] = re.findall(r'href="(/en/units/[^"]*)"|name="next" value="([^"]*)"', page)
    en = [next(one for one, _next in found if one) for found in pages.values()]
    assert en == ["/en/units/", "/en/units/?q=m%E1%BB%99t&amp;a=%22%3E%3Cb%3E", "/en/units/?q=hai"]
    assert all(found[-1][1].startswith("/units/") for found in pages.values())
    assert Client().get("/en/units/").content != client.get("/units/").content


def test_an_answer_depends_on_what_was_read_before_in_the_same_page(kept, country):
    """Of two answers of which one takes the other, both go when the other changes."""

    def part():
        note_rows("register_event", ["critique"], "{1}")
        return 1

    def whole():
        return once("a part", part, lasts=()) + 1

    number, _seen = memory.feed.poll()
    with noting(lambda sql: None), lasting(LastingAnswers(number)), reading():
        once("a part", part, lasts=())
        once("a whole", whole, lasts=())
    for name in ("a part", "a whole"):
        _answer, notes = LastingAnswers(number).find(name)
        assert notes.rows == {("register_event", "{1}"): frozenset({"critique"})}
