"""Who gets a kept page and who does not, and what goes with it."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory

from danchu.copies import changes, memory, writes
from danchu.copies.changes import Feed
from danchu.copies.watching import noted_tables
from danchu.kernel.days import now
from danchu.look.copies import copies_middleware
from danchu.people.actor import Actor
from danchu.subjects.room import public_sections

pytestmark = pytest.mark.django_db(transaction=True)


def is_kept(answer):
    return "ETag" in answer.headers


def test_languages_themes_and_own_places_have_copies_of_their_own(kept, client, confirmed, country):
    confirmed()
    pages = {"vi": client.get("/").content, "en": client.get("/en/").content}
    client.cookies["place"] = str(country.here.pk)
    pages["here"] = client.get("/").content
    client.cookies["place"] = str(country.far.pk)
    pages["far"] = client.get("/").content
    client.cookies["theme"] = "dark"
    pages["dark"] = client.get("/").content
    assert len(set(pages.values())) == 5
    assert "Đống Đa" in pages["here"].decode()
    client.cookies.clear()
    assert client.get("/").content == pages["vi"]
    assert len(kept) == 5


def test_who_is_logged_in_sees_a_page_of_their_own(kept, client, country, offices, person):
    anyone = client.get("/figures/")
    account = person("Lê Văn A")
    client.force_login(account)
    own = client.get("/figures/")
    assert account.name in own.content.decode()
    assert own.headers["Cache-Control"] == "private, no-store"
    assert is_kept(anyone)
    assert not is_kept(own)
    client.logout()
    assert account.name not in client.get("/figures/").content.decode()


def test_a_cookie_that_is_not_known_is_answered_anew(kept, client, country):
    client.cookies["pass_17"] = "secret"
    assert not is_kept(client.get("/figures/"))
    assert kept == []


def test_an_answer_that_a_browser_has_is_not_sent_again_until_it_changes(
    kept, client, confirmed, country
):
    first = client.get("/units/")
    tag = first.headers["ETag"]
    assert first.headers["Cache-Control"] == "no-cache"
    assert {"Cookie", "Accept-Encoding"} <= set(first.headers["Vary"].split(", "))
    again = client.get("/units/", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    confirmed()
    place = f"/units/{country.here.pk}/"
    tag = client.get(place).headers["ETag"]
    confirmed(held_on=date(2025, 9, 10))
    assert client.get(place, headers={"if-none-match": tag}).status_code == 200


def test_a_page_with_a_token_is_not_kept(kept, client, country):
    for _try in range(2):
        answer = client.get("/petitions/send/")
        assert not is_kept(answer)
    tokens = {client.get("/petitions/follow/").content for _try in range(2)}
    assert len(tokens) == 2


@pytest.mark.parametrize(
    "work",
    [
        now,
        lambda: connection.cursor().execute("SELECT now()"),
        lambda: connection.cursor().execute("SELECT count(*) FROM people_account"),
    ],
    ids=["the clock", "the clock of the database", "a table without versions"],
)
def test_what_depends_on_more_than_is_known_is_not_kept(kept, work):
    def work_out(request):
        work()
        return HttpResponse("…")

    ask = copies_middleware(work_out)
    assert not is_kept(ask(RequestFactory().get("/figures/")))
    assert not is_kept(ask(RequestFactory().get("/figures/")))
    assert len(kept) == 1  # the second is not even watched


def test_an_address_that_does_not_exist_leaves_nothing(kept, client, country):
    assert client.get("/units/999999/").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM copies_pagecopy")
        assert cursor.fetchone() == (0,)


def test_every_noted_table_has_its_triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'copies_noted%'"
        )
        assert {name for (name,) in cursor.fetchall()} == noted_tables()


def test_what_is_listed_on_the_page_of_a_place_is_noted_so_that_the_page_is_kept():
    """A new list whose table nobody notes would have the page of every place worked out anew."""
    known = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    missing = {}
    for section in public_sections():
        if section.is_at_place and section.verb and "unit" in section.listing.filters:
            query = str(section.listing.rows(Actor.public()).query)
            read = known & set(re.findall(r'(?<!\.)"(\w+)"', query))  # no columns
            assert read, section.listing.name
            missing[section.listing.name] = read - noted_tables()
    assert len(missing) > 10
    assert {name: names for name, names in missing.items() if names} == {}


def test_memory_holds_as_much_as_is_set(kept, client, country, settings):
    settings.PAGE_COPIES_BYTES = 40_000
    for number in range(30):
        client.get(f"/figures/?q={number}")
    assert 0 < memory._bytes <= 40_000


def test_what_was_forgotten_is_worked_out_anew_and_never_shown(kept, client, confirmed, country):
    """Changes of long ago are taken away; who has not read them learns that he missed some."""
    place = f"/units/{country.here.pk}/"
    client.get(place)
    other, memory.feed = memory.feed, Feed()
    assert is_kept(client.get(place))  # another process, from what is shared
    confirmed()
    with connection.cursor() as cursor:
        for _hour in range(3):
            writes.sweep()
            # Transactions of other tests in this cluster would hold the number back.
            cursor.execute(
                "UPDATE copies_horizon SET at = now() - interval '2 hours', "
                "next_number = pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
            )
        cursor.execute("SELECT count(*) FROM copies_change")
        assert cursor.fetchone() == (0,)
    kept.clear()
    memory.feed = other
    client.get(place)
    assert kept == [1]


def test_old_copies_are_taken_away(kept, client, country, monkeypatch):
    client.get("/units/")
    client.get("/figures/")
    monkeypatch.setattr(writes, "MOST_COPIES", 1)
    writes.sweep()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM copies_pagecopy")
        assert cursor.fetchone() == (1,)


def test_a_process_that_starts_later_takes_what_others_keep_but_for_what_changed_meanwhile(
    kept, client, confirmed, country
):
    here, far = (f"/units/{unit.pk}/" for unit in (country.here, country.far))
    confirmed()  # of the first and the last day on which there is a record
    client.get(here)
    client.get(far)
    confirmed(unit=country.far)
    kept.clear()
    for restart in range(2):
        memory.forget_all()
        memory.feed = Feed()
        client.get(here)
        assert kept == [1] * restart
        client.get(far)
        assert kept == [1]  # by the first, and kept for the second


def test_a_process_that_remembers_little_takes_nothing_that_it_cannot_judge(
    kept, client, confirmed, country, monkeypatch
):
    place = f"/units/{country.here.pk}/"
    client.get(place)
    for _record in range(3):
        confirmed(unit=country.far)
    monkeypatch.setattr(changes, "MOST", 1)
    memory.forget_all()
    memory.feed = Feed()
    kept.clear()
    client.get(place)
    assert kept == [1]


def test_a_snapshot_has_seen_what_had_ended_and_not_what_was_open_or_began_later():
    assert [n for n in range(9) if changes.has_seen("3:7:4,6", n)] == [0, 1, 2, 3, 5]
    assert [n for n in range(9) if changes.has_seen("3:7:", n)] == [0, 1, 2, 3, 4, 5, 6]


def test_the_number_of_units_with_a_regulation_stays_when_a_record_of_another_kind_comes(
    kept, client, confirmed, country
):
    page = f"/figures/communes_regulated/?unit={country.here.pk}"
    client.get(page)
    confirmed()
    assert is_kept(client.get(page))
    confirmed(kind="document", form="regulation")
    kept.clear()
    client.get(page)
    assert kept == [1]
