"""A page of any list goes on behind its mark, whatever became of the marked row."""

import pytest
from django.http import QueryDict

from danchu.people.actor import Actor
from danchu.subjects import listing
from danchu.subjects.room import public_sections, sections

READER = Actor.system("kiểm thử")


def listings():
    """(name, Listing) of every declared list, of the desk and of the public."""
    for section in (*sections(), *public_sections()):
        yield section.listing.name, section.listing


@pytest.mark.case("FA10")
def test_the_page_behind_a_row_that_left_the_list_does_not_begin_again(world, monkeypatch):
    monkeypatch.setattr(listing, "PAGE", 1)
    tried = []
    for name, declared in listings():
        for sort in declared.sorts:
            for mark in ("", "-"):
                query = QueryDict(f"sort={mark}{sort}")
                rows = declared.rows(READER)
                keys = [row.pk for row in declared.ordered(rows, query)]
                if len(keys) < 2:
                    continue
                tried.append(name)
                first = declared.page(rows, query)
                assert [row.pk for row in first.rows] == keys[:1], name
                behind = QueryDict(mutable=True)
                behind.update({"sort": f"{mark}{sort}", "after": first.after})
                # The marked row no longer fits the filter, or is gone.
                left = declared.page(rows.exclude(pk=keys[0]), behind)
                assert [row.pk for row in left.rows] == keys[1:2], (name, sort)
                stayed = declared.page(rows, behind)
                assert [row.pk for row in stayed.rows] == keys[1:2], (name, sort)
    assert len(set(tried)) >= 6
