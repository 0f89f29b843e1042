"""What is drawn on an official paper: every sign the product writes has a letter there, or is
spelt otherwise.
"""

from danchu.config.settings import PACKAGE
from danchu.papers import official_pdf


def test_every_sign_of_our_own_sentences_can_be_drawn():
    sentences = (PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po").read_text()
    undrawn = {sign for sign in sentences if official_pdf._drawable(sign) == "·"}
    assert undrawn <= {"·", "✓", "✗"}, "✓ and ✗ are on pages and terminals only"


def test_comparisons_without_a_sign_in_the_face_are_spelt_and_typed_ones_leave_a_dot():
    assert official_pdf._drawable("3 × 2 ≥ 5 ≤ 9 → ☃\r\n\t.") == "3 × 2 >= 5 <= 9 -> ·\n ."
