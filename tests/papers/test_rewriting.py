"""Markup that is written again while it is read says the same, whatever its blocks are."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from danchu.papers.cleaning.open_document import _WITHOUT_AUTHORS
from danchu.papers.cleaning.reasons import Reason, Unfit
from danchu.papers.cleaning.rewriting import Rules, check_tags, rewritten

SPACES = ("", "urn:a", "urn:b")
NAMES = st.sampled_from(("row", "cell", "p"))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=9)
VALUES = st.one_of(TEXT, st.sampled_from(("a\tb\nc\rd", "<&>\"'", "&#38;", "]]>")))


@st.composite
def elements(draw, depth=2):
    """A tree of elements in several namespaces, some of them default ones."""
    space = draw(st.sampled_from(SPACES))
    prefix = draw(st.sampled_from((None, "x", "y")))
    element = etree.Element(
        f"{{{space}}}{draw(NAMES)}" if space else draw(NAMES),
        nsmap={prefix: space or "urn:c"} if space or prefix else None,
    )
    for name in draw(st.lists(NAMES, max_size=3, unique=True)):
        element.set(f"{{urn:b}}{name}" if draw(st.booleans()) else name, draw(VALUES))
    element.text = draw(VALUES)
    for _child in range(draw(st.integers(0, 3)) if depth else 0):
        child = draw(elements(depth - 1))
        child.tail = draw(VALUES)
        element.append(child)
    return element


def blocks(content, size):
    return [content[at : at + size] for at in range(0, len(content), size)]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(elements(), st.integers(1, 40))
def test_what_no_rule_leaves_out_is_the_same_markup(element, size):
    content = etree.tostring(element)
    written = b"".join(rewritten(blocks(content, size), Rules()))
    again = etree.fromstring(written)
    assert etree.tostring(again, method="c14n") == etree.tostring(element, method="c14n")


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(elements(), st.integers(1, 40))
def test_every_tag_and_every_attribute_is_checked(element, size):
    seen = []
    check_tags(blocks(etree.tostring(element), size), lambda *tag: seen.append(tag))
    assert seen == [
        (
            etree.QName(one).localname,
            [(etree.QName(key).localname, value) for key, value in one.items()],
        )
        for one in element.iter()
    ]


PART = """<o:doc xmlns:o="urn:o" xmlns:of="urn:of"><!-- An --><o:forms><o:form>An</o:form></o:forms>
<o:annotation><o:creator>An</o:creator><o:date>2026-01-01</o:date><o:p>Xem</o:p></o:annotation>
<o:date>2026-01-02</o:date><o:title>C:\\An\\a</o:title><o:title>Bảng</o:title>
<o:cell o:rsid="An1" o:formula="of:=1"/><o:frame o:name="An.png"/><o:frame o:name="Hình"/></o:doc>
"""


def test_who_wrote_goes_and_what_was_written_stays():
    written = b"".join(rewritten([PART.encode()], _WITHOUT_AUTHORS)).decode()
    assert "An" not in written and "2026-01-01" not in written
    for kept in ("Xem", "2026-01-02", "Bảng", 'o:formula="of:=1"', "Hình", 'xmlns:of="urn:of"'):
        assert kept in written


@pytest.mark.parametrize(
    "content",
    [
        b"<a>",
        b"<a></b>",
        b"<x:a/>",
        b"a",
        b"",
        b"<a>&b;</a>",
        b"<a/><a/>",
        b"<!DOCTYPE a><a/>",
        b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
)
def test_what_is_no_plain_markup_is_refused(content):
    for read in (
        lambda: check_tags([content], lambda *_tag: None),
        lambda: list(rewritten([content], Rules())),
    ):
        with pytest.raises(Unfit) as refusal:
            read()
        assert refusal.value.reason == Reason.BROKEN
