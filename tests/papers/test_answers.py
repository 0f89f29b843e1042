"""Files are answered in one way, and nowhere else."""

from io import BytesIO

import pytest

from danchu.config.settings import PACKAGE
from danchu.papers.answers import ending_of, made_answer, paper_answer


class Kept:
    """A paper without a database."""

    hash = "ab" * 32

    def __init__(self, media):
        self.media = media

    def open(self):
        return BytesIO(b"content")


@pytest.mark.parametrize("content", [b"content", BytesIO(b"content"), iter(["con", "tent"])])
def test_content_of_any_form_is_answered_whole(content):
    answer = made_answer(content, "a.csv", "text/csv")
    assert b"".join(answer) == b"content"
    assert answer.headers["Content-Type"] == "text/csv"


def test_a_name_outside_ascii_is_written_as_the_standard_asks():
    answer = made_answer(b"", 'bản "thảo"\r\n.pdf', "application/pdf")
    head = answer.headers["Content-Disposition"]
    assert head.startswith("attachment; filename*=utf-8''b%E1%BA%A3n")
    assert "\r" not in head


def test_nobody_keeps_what_is_private_nor_what_was_withdrawn():
    assert made_answer(b"", "a", "text/csv").headers["Cache-Control"] == "private, no-store"
    public = made_answer(b"", "a", "text/csv", private=False)
    assert public.headers["Cache-Control"] == "public, no-cache"
    kept = paper_answer(Kept("image/png"), "a")
    assert kept.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in kept.headers
    public = paper_answer(Kept("image/png"), "a", private=False)
    assert public.headers["Cache-Control"] == "public, no-cache"
    assert public.headers["ETag"] == f'"{Kept.hash}"'


@pytest.mark.parametrize(
    ("media", "way"), [("application/pdf", "inline"), ("text/html", "attachment")]
)
def test_only_what_is_safe_is_shown_in_place(media, way):
    answer = paper_answer(Kept(media), "a", in_place=True)
    assert answer.headers["Content-Disposition"].startswith(way)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_name_ends_as_its_type_says():
    assert ending_of("application/pdf") == ".pdf"
    assert ending_of("x-nothing/known") == ""


def test_no_other_module_writes_the_headers_of_a_file():
    words = ("Content-Disposition", "FileResponse")
    for path in PACKAGE.rglob("*.py"):
        if path != PACKAGE / "papers" / "answers.py":
            text = path.read_text()
            assert not any(word in text for word in words), path
