"""In a read context each question is asked once."""

from danchu.kernel.dependence import is_noting, note_statement
from danchu.kernel.reading import is_reading, lasting, once, reading


def test_a_question_is_asked_once_in_a_read_context_and_each_time_outside():
    answers = iter(range(10))

    def ask():
        return once("number", lambda: next(answers))

    assert [ask(), ask()] == [0, 1]
    with reading():
        assert is_reading()
        assert [ask(), ask()] == [2, 2]
        with reading():
            assert ask() == 2
        assert ask() == 2
    assert not is_reading()
    with reading():
        assert ask() == 3


class Shelf:
    """A store that keeps what it is given for ever."""

    def __init__(self):
        self.kept = {}

    def find(self, name):
        return self.kept.get(name)

    def keep(self, name, answer, notes, tables):
        self.kept[name] = answer, notes


def test_only_what_is_said_to_last_outlives_its_context():
    shelf, answers = Shelf(), iter(range(10))
    for expected in ([0, 1], [0, 2]):
        with lasting(shelf), reading():
            lasts = once("lasts", lambda: next(answers), lasts=["a_table"])
            assert [lasts, once("passes", lambda: next(answers))] == expected
    assert shelf.kept.keys() == {"lasts"}


def test_where_nobody_notes_a_statement_is_noted_nowhere():
    note_statement("SELECT * FROM a_table")
    assert not is_noting()
