"""In a read context each question is asked once."""

from danchu.kernel.reading import is_reading, once, reading


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
