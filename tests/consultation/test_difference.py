"""What changed between two texts, against the texts themselves."""

from hypothesis import given
from hypothesis import strategies as st

from danchu.consultation.difference import ADDED, REMOVED, difference, paragraphs_of

WORDS = st.sampled_from(["đường", "thôn", "mét", "hộ", "đất", "", "Đông,"])
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join).map(str.strip), max_size=6).map(
    "\n".join
)


def read(changes, without):
    """The paragraphs that remain when the pieces of one kind are left out."""
    texts = ("".join(text for kind, text in change.pieces if kind != without) for change in changes)
    return [text for text in texts if text]


@given(TEXTS, TEXTS)
def test_it_reads_as_the_later_text_and_as_the_earlier_one(before, after):
    changes = difference(before, after)
    assert read(changes, REMOVED) == paragraphs_of(after)
    assert read(changes, ADDED) == paragraphs_of(before)
    assert [one.number for one in changes if one.number] == list(
        range(1, len(paragraphs_of(after)) + 1)
    )


def test_a_changed_word_is_told_within_its_paragraph():
    [same, changed] = difference("Điều 1.\nMỗi hộ hai mét.", "Điều 1.\nMỗi hộ một mét.")
    assert (same.kind, changed.kind) == ("same", "changed")
    assert [piece for piece in changed.pieces if piece[0] != "same"] == [
        (REMOVED, "hai"),
        (ADDED, "một"),
    ]
