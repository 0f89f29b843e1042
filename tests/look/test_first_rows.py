"""A list that a page cuts says how many rows it shows, of how many, and where the rest is."""

import re

import pytest
from django.conf import settings
from django.http import QueryDict
from django.template import engines
from django.test import RequestFactory

from danchu.people.models import Account
from danchu.subjects.first_rows import MOST_ON_A_PAGE, first_rows

# Where something else than rows of a list is cut: what a reader is offered to choose from beside a
# field, of which any other may be named in the address.
OFFERED = {
    "conference/sections/of_conference.py",
    "inspection/sections/round_form.py",
    "minutes/sections/minutes_form.py",
    # Which texts a new one is compared with: none of them is a row of a list.
    "consultation/sections/opinions.py",
    "portal/views/opinions.py",
}
CUT = re.compile(
    r"(order_by|filter|all|exclude|select_related|values_list)\((?:[^()]|\([^()]*\))*\)\s*\[\s*:\s*\w+\s*\]"
)


def said(rows, query="", tag="{% shown_of rows %}"):
    request = RequestFactory().get(f"/?{query}")
    template = engines["django"].from_string(tag)
    text = template.render({"rows": rows, "more": "Gõ thêm chữ."}, request)
    return " ".join(re.sub(r"<(?!a\b|/a)[^>]+>", " ", text).split())


def test_a_whole_list_says_nothing_and_a_cut_one_what_is_missing():
    assert said(first_rows([1, 2], 2)) == ""
    assert said(first_rows([1, 2, 3], 2), "year=2026") == (
        'Đang hiện 2 trong tất cả 3. <a href="?year=2026&amp;most=3">Hiện thêm</a>'
    )
    assert said(first_rows([1, 2, 3], 2), tag="{% shown_of rows advice=more %}") == (
        "Đang hiện 2 trong tất cả 3. Gõ thêm chữ."
    )


@pytest.mark.parametrize(
    ("query", "number"),
    [("most=3", 3), ("most=1", 2), ("most=", 2), ("most=-9", 2), ("most=abc", 2)],
)
def test_the_address_may_ask_for_more_rows_never_for_fewer(query, number):
    assert len(first_rows([1, 2, 3, 4], 2, QueryDict(query))) == number


def test_nobody_asks_for_more_rows_than_a_page_holds():
    rows = first_rows(list(range(9_000)), 2, QueryDict("most=99999"))
    assert (len(rows), rows.total) == (MOST_ON_A_PAGE, 9_000)


def test_rows_of_a_query_are_counted_only_where_they_are_cut(db, django_assert_num_queries):
    for number in range(3):
        Account.objects.create(email=f"{number}@example.vn", name=str(number))
    with django_assert_num_queries(1):
        assert first_rows(Account.objects.order_by("pk"), 3).total == 3
    with django_assert_num_queries(2):
        rows = first_rows(Account.objects.order_by("pk"), 2)
    assert (len(rows), rows.total, rows.is_cut) == (2, 3, True)


def test_no_page_cuts_a_query_without_saying_so():
    cut = set()
    for folder in ("desk", "portal", "live/views", "*/sections", "*/public", "*/queries"):
        for path in settings.PACKAGE.glob(f"{folder}/**/*.py"):
            name = path.relative_to(settings.PACKAGE).as_posix()
            if CUT.search(path.read_text(encoding="utf-8")) and name not in OFFERED:
                cut.add(name)
    assert cut == {
        "portal/rows.py",  # the newest records, under that heading
        "casework/sections/petitions.py",  # signers: the page names the number and a file
        "desk/views/confirming.py",  # those that come next, which the page says
        "portal/views/reports.py",  # a link to the list of all
        "portal/searching.py",  # through `uncounted`
        "desk/digests.py",  # batch after batch until none is left
        "village/sections/conventions.py",  # the text as it is now, of all before it
    }
