"""Lists are in the order of Vietnamese dictionaries, in the database as in Python."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.kernel.text import normal, sort_key
from danchu.law.loading import load_law
from danchu.obligations.models import Obligation
from danchu.obligations.sections.obligation_form import _rules
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds
from danchu.staff.sections.fields import office_choices
from danchu.subjects.order import VietnameseOrder, is_of_names, names_behind, ordering
from danchu.subjects.room import rooms

NAMES = ["An", "anh", "Ân", "Bình", "Dũng", "Đạt", "Em", "Oanh", "Ơn", "Út", "Zét"]


def keys_of(texts):
    """The keys of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vietnamese_order(words) FROM unnest(%s::text[]) WITH ORDINALITY "
            "AS typed (words, place) ORDER BY place",
            [texts],
        )
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.case("FA31")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.text(alphabet="aàảãáạăằâấậbcdđDĐeêếghiklmnoôơớpqrstuưứvxyýfjwzñ 0129.-ÐAẾ", max_size=14),
        min_size=1,
        max_size=20,
    )
)
def test_the_database_has_the_key_of_python(db, texts):
    texts = [normal(text) for text in texts]
    assert keys_of(texts) == [sort_key(text) for text in texts]


@pytest.mark.case("FA31")
def test_names_are_sorted_as_in_a_dictionary(db):
    shuffled = NAMES[::2] + NAMES[1::2]
    keys = dict(zip(shuffled, keys_of(shuffled), strict=True))
    assert sorted(shuffled, key=lambda name: keys[name].encode()) == NAMES


@pytest.mark.case("FA31")
def test_every_list_sorted_by_words_is_in_that_order(db):
    sections = [one for room in rooms() for one in (*room.sections, *room.public)]
    by_words = set()
    for section in sections:
        rows = section.listing.rows(Actor.system("kiểm thử"))
        for key in section.listing.sorts:
            field = rows.model._meta.get_field(key)
            if field.get_internal_type() in ("CharField", "TextField") and not field.choices:
                by_words.add((section.listing.name, key, is_of_names(rows.model, key)))
    assert len(by_words) > 10
    assert {key for _name, key, in_order in by_words if not in_order} <= {"code"}


@pytest.mark.case("FA31")
def test_the_choices_of_a_form_are_in_that_order(law_loaded, db):
    load_law(by=Actor.system("kiểm thử"))
    load_office_kinds(by=Actor.system("kiểm thử"))
    for choices in (office_choices(), _rules()):
        words = [word for _key, word in choices]
        assert len(words) > 9 and words == sorted(words, key=sort_key)
        assert any("Đ" in word[:1] for word in words) or words != sorted(words)


FEW = {
    "conference.Poll": "the polls of some conferences",
    "people.Account": "the officials of an installation, some thousands",
    "staff.Invitation": "the invitations of those",
}


@pytest.mark.case("FA31")
def test_each_list_sorted_by_names_has_an_index_in_that_order():
    """Else each page of a million rows computes a million keys."""
    bare = set()
    for room in rooms():
        for section in (*room.sections, *room.public):
            model = section.listing.rows(Actor.system("kiểm thử")).model
            orders = {
                expression
                for index in model._meta.indexes
                for expression in index.expressions
                if isinstance(expression, VietnameseOrder)
            }
            bare |= {
                model._meta.label
                for key in section.listing.sorts
                if is_of_names(model, key) and VietnameseOrder(key) not in orders
            }
    assert bare == set(FEW), "give the model `subjects.order.index_of_names`, or say why not in FEW"


@pytest.mark.parametrize("down", [False, True])
def test_a_page_of_names_begins_where_the_index_says(db, down):
    rows = Obligation.objects.order_by(*ordering(Obligation, "title", down))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        first = rows.explain()
        later = names_behind(rows, "title", down, "Đối thoại", 7).explain()
    assert "obligation_by_title" in first and "Sort" not in first
    assert "Index Cond: ((vietnamese_order(" in later and "Sort" not in later
