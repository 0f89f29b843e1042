"""No kept page is older than the last act that it shows: after each act the page that is answered
is the page worked out anew, byte by byte.
"""

import gzip
from datetime import date
from io import BytesIO
from threading import Thread

import pytest
from django.db import connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from hypothesis import HealthCheck, given
from hypothesis import settings as few
from hypothesis import strategies as st

from danchu.figures.among import array
from danchu.figures.catalogue import INDICATORS
from danchu.figures.sums import amounts
from danchu.kernel.days import Period
from danchu.kernel.reading import reading
from danchu.law.loading import load_law
from danchu.look.copies import copies_middleware
from danchu.register.actions import (
    confirm_event,
    correct_event,
    discard_draft,
    edit_draft,
    withdraw_event,
)
from danchu.register.actions.tally import rebuild_tally
from danchu.register.imports import import_events
from danchu.register.models import Event
from danchu.units.actions.villages import open_village
from danchu.units.models import Standing
from tests.sizes import long, size

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = Period.year(2025)
TABLE = (
    "reference,kind,form,held_on,unit_code,title,opinions\n"
    "I1,critique,written,09/09/2025,77777,Phản biện,5\n"
).encode()
SPAN = "since=2025-01-01&last=2025-12-31&map=2026-03-02"


@pytest.fixture(autouse=True)
def _day(clock):
    clock.set("2026-03-02")


def addresses(country):
    """Public pages that show what the acts below change."""
    units = [country.nation.pk, country.here.pk, country.far.pk]
    return [
        "/",
        "/en/",
        "/report/",
        "/figures/",
        "/units/",
        *(f"/units/{unit}/" for unit in units),
        *(f"/figures/critiques/?unit={unit}&{SPAN}" for unit in units),
        f"/en/figures/opinions/?unit={country.here.pk}&{SPAN}",
        f"/compare/?unit={country.here.pk}&unit={country.far.pk}&{SPAN}",
    ]


def answers(client, paths):
    """{path: (as it is kept, as it is worked out anew)}"""
    both = {}
    for path in paths:
        kept = client.get(path)
        with override_settings(PAGE_COPIES=False):
            anew = client.get(path)
        assert (kept.status_code, anew.status_code) == (200, 200), path
        assert "ETag" in kept.headers, f"{path} is not kept"
        both[path] = kept.content, anew.content
    return both


def check(client, paths):
    for path, (kept, anew) in answers(client, paths).items():
        assert kept == anew, path


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["draft", "confirm", "confirm", "correct", "withdraw", "edit", "discard"]),
        st.integers(0, 5),
        st.sampled_from(["here", "far", "village"]),
        st.sampled_from([date(2025, 7, 1), date(2025, 8, 31), date(2026, 1, 5)]),
    ),
    min_size=2,
    max_size=6,
)


def do(act, number, unit, day, draft, by):
    """Do the act where it may follow; whether it was done."""
    states = {"confirm": "draft", "edit": "draft", "discard": "draft"}
    if act == "draft":
        return draft(unit=unit, held_on=day, opinions=number)
    rows = list(Event.objects.filter(state=states.get(act, "confirmed")).order_by("pk"))
    if not rows:
        return None
    event = rows[number % len(rows)]
    return {
        "confirm": lambda: confirm_event(event, by=by),
        "correct": lambda: correct_event(event, by=by, reason="Nhầm", held_on=day),
        "withdraw": lambda: withdraw_event(event, by=by, reason="Nhầm"),
        "edit": lambda: edit_draft(event, by=by, title="Khác"),
        "discard": lambda: discard_draft(event, by=by),
    }[act]()


@long
@few(
    max_examples=size(2, 40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_after_any_acts_each_kept_page_is_the_page_worked_out_anew(
    acts, kept, client, draft, country, system
):
    paths = addresses(country)
    for act, number, unit, day in acts:
        do(act, number, getattr(country, unit), day, draft, system)
        check(client, paths)


def test_whatever_changes_the_page_changes_the_kept_page(
    kept, client, confirmed, country, system, clock
):
    """An act of each kind, one after the other: what was kept before each is not shown after it."""
    Standing.objects.filter(unit=country.here).update(code="77777")
    event = confirmed()
    paths = ["/", "/law/", *addresses(country)[-5:-2]]
    check(client, paths)
    for change in (
        lambda: open_village(
            country.here, by=system, name="Tổ 9", since=date(2026, 1, 1), kind="to_dan_pho"
        ),
        lambda: correct_event(event, by=system, reason="Nhầm", opinions=7),
        lambda: withdraw_event(Event.objects.get(state="confirmed"), by=system, reason="Nhầm"),
        lambda: import_events(BytesIO(TABLE), "a.csv", by=system),
        lambda: rebuild_tally(by=system),
        lambda: load_law(by=system),
        lambda: clock.forward(days=1),
        lambda: clock.forward(days=365),
    ):
        change()
        check(client, paths)


class Reader:
    """Asks the middleware for a figure, as one process does; `computed` counts how often it was
    worked out.
    """

    def __init__(self, country):
        self.computed = 0
        self.units = array([country.here.pk])
        self.ask = copies_middleware(self._work_out)

    def _work_out(self, request):
        self.computed += 1
        with reading():
            sums = amounts(INDICATORS["critiques"], YEAR, self.units)
        return HttpResponse(str(sum(sums.values())))

    def number(self):
        return int(self.ask(RequestFactory().get("/figures/")).content)


@long
def test_in_a_race_no_reader_is_told_less_than_was_confirmed_before_he_asked(
    kept, draft, country, system
):
    drafts = [draft() for _number in range(size(80, 1000))]
    done, faults, asked = [0], [], [0]
    readers = [Reader(country) for _reader in range(3)]

    def read(reader):
        while done[0] < len(drafts):
            before = done[0]
            number = reader.number()
            asked[0] += 1
            if number < before:
                faults.append((before, number))
        connections.close_all()

    threads = [Thread(target=read, args=[reader]) for reader in readers]
    for thread in threads:
        thread.start()
    for number, event in enumerate(drafts, 1):
        confirm_event(event, by=system)
        done[0] = number
    for thread in threads:
        thread.join()
    assert faults == []
    assert readers[0].number() == len(drafts)
    assert sum(reader.computed for reader in readers) < asked[0]  # something was kept


@long
def test_confirmed_and_then_read_a_thousand_times_is_always_there(kept, draft, country, system):
    reader = Reader(country)
    for number in range(1, size(30, 1000) + 1):
        confirm_event(draft(), by=system)
        assert (reader.number(), reader.number()) == (number, number)
    assert reader.computed == number


def test_what_is_not_committed_yet_and_what_is_taken_back_is_not_shown(
    kept, draft, country, system
):
    reader = Reader(country)
    event, other = draft(), draft()
    assert reader.number() == 0

    def read_beside(numbers):
        numbers.append(reader.number())
        connections.close_all()

    seen = []
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        confirm_event(event, by=system)
        thread = Thread(target=read_beside, args=[seen])
        thread.start()
        thread.join()
        raise ZeroDivisionError
    with transaction.atomic():
        confirm_event(other, by=system)
        thread = Thread(target=read_beside, args=[seen])
        thread.start()
        thread.join()
    assert (seen, reader.number()) == ([0, 0], 1)


def test_a_draft_and_a_record_of_another_place_or_kind_spoil_nothing(
    kept, draft, confirmed, country, client
):
    confirmed()
    here = f"/figures/critiques/?unit={country.here.pk}&{SPAN}"
    client.get(here)
    kept.clear()
    draft()
    confirmed(unit=country.far)
    confirmed(kind="opinion_conference", form="")
    client.get(here)
    assert kept == []
    confirmed()
    client.get(here)
    assert kept == [1]


def test_many_places_changed_by_one_statement_are_noted_as_any_place(kept, country):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM copies_change WHERE kind = '' AND unit = 0")
        before = cursor.fetchone()[0]
        cursor.execute("UPDATE register_eventtally SET rows = rows")
        cursor.execute("SELECT count(*) FROM copies_change WHERE kind = '' AND unit = 0")
        assert cursor.fetchone()[0] == before + 1  # sums written by themselves: any record


def test_the_body_for_browsers_is_the_page_and_its_length_tells_nothing(kept, client, country):
    plain = client.get("/figures/").content
    zipped = {
        client.get("/figures/", headers={"accept-encoding": "gzip"}).content for _try in range(20)
    }
    assert len({len(one) for one in zipped}) > 5
    assert {gzip.decompress(one) for one in zipped} == {plain}
