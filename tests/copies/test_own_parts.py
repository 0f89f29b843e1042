"""Whoever has a session is shown the kept page with their own parts in it: byte by byte the page
worked out for them alone; and nothing of them is in what is kept.
"""

import gzip
import zlib

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection
from django.test import Client, RequestFactory

from danchu.copies.copy import Copy, marked, parted
from danchu.kernel.dependence import Notes
from danchu.look import own_parts
from danchu.people import middleware
from tests.copies.test_truth import SPAN, addresses

pytestmark = pytest.mark.django_db(transaction=True)
CITIZEN, CLERK, CHAIR = "Phan Thị Công Dân", "Trần Thư Ký", "Lê Chủ Tịch"


@pytest.fixture(autouse=True)
def _day(clock):
    clock.set("2026-03-02")


@pytest.fixture
def readers(country, holder, person, monkeypatch):
    """{name of the account: Client with a session of it}"""
    for question in ("has_passed_factor", "is_mfa_enabled"):
        monkeypatch.setattr(middleware, question, lambda who: True)
    accounts = [
        person(CITIZEN),
        holder("commune_clerk", country.here, CLERK).account,
        holder("committee_chair", country.far, CHAIR).account,
        holder("auditor", country.nation, "Vũ Kiểm Tra").account,
    ]
    clients = {}
    for account in accounts:
        clients[account.name] = Client()
        clients[account.name].force_login(account)
    return clients


@pytest.fixture
def put_in(monkeypatch):
    """A list of the addresses that were answered from what is kept, with parts put in."""
    answered, put = [], own_parts._with_own_parts

    def noted(request, copy):
        answered.append(request.get_full_path())
        return put(request, copy)

    monkeypatch.setattr(own_parts, "_with_own_parts", noted)
    return answered


def shared_pages():
    """The content of every page that is kept for all processes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM copies_pagecopy")
        return [
            zlib.decompress(bytes(body), -zlib.MAX_WBITS).decode() for (body,) in cursor.fetchall()
        ]


def alone(client, settings, path):
    """The page as it is worked out for this reader alone."""
    settings.PAGE_COPIES = False
    answer = client.get(path)
    settings.PAGE_COPIES = True
    return answer


def pages(country):
    return [
        *addresses(country),
        "/commitments/",
        "/law/",
        "/verbs/know/",
        *(
            f"/figures/{key}/?unit={unit.pk}&{SPAN}"
            for key in ("reception_visitors", "communes")
            for unit in (country.here, country.far)
        ),
    ]


def test_each_reader_is_shown_the_page_worked_out_for_them_alone(
    kept, client, settings, readers, confirmed, draft, country, put_in
):
    confirmed()
    draft()
    confirmed(kind="reception", form="regular", unit=country.far, people=3)
    for path in pages(country):
        client.get(path)  # anyone
        for name, reader in readers.items():
            answer = reader.get(path)
            assert answer.content == alone(reader, settings, path).content, (name, path)
            assert name in answer.content.decode()
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert "ETag" not in answer.headers
    assert len(put_in) > 2 * len(pages(country))
    text = "".join(shared_pages())
    assert not [name for name in readers if name in text]
    assert "<!--" not in text  # no mark


def test_who_has_a_right_there_sees_more_than_what_is_kept(
    kept, client, settings, readers, confirmed, country, put_in
):
    confirmed(kind="reception", form="regular", unit=country.far, people=3)
    path = f"/figures/reception_visitors/?unit={country.far.pk}&{SPAN}"
    client.get(path)
    chairs, clerks = readers[CHAIR].get(path), readers[CLERK].get(path)
    assert put_in == [path]
    assert chairs.content != clerks.content.replace(CLERK.encode(), CHAIR.encode())
    assert client.get(path).content not in (chairs.content, clerks.content)


def test_the_first_with_a_session_has_the_page_kept_for_anyone(
    kept, client, readers, country, put_in
):
    own = readers[CITIZEN].get("/units/").content.decode()
    anyone = client.get("/units/").content.decode()
    readers[CLERK].get("/units/")
    assert len(kept) == 1
    assert len(put_in) == 2
    assert CITIZEN in own
    assert CITIZEN not in anyone


def test_with_a_session_too_no_answer_is_older_than_the_last_confirmed_record(
    kept, settings, readers, confirmed, country, put_in
):
    place = f"/units/{country.here.pk}/"
    reader = readers[CITIZEN]
    for number in range(3):
        confirmed(title=f"Phản biện {number}")
        page = reader.get(place).content
        assert f"Phản biện {number}" in page.decode()
        assert page == alone(reader, settings, place).content
    assert put_in == [place] * 3


def test_what_a_reader_is_told_once_is_told_to_them_once_and_to_nobody_else(
    kept, client, readers, country, put_in
):
    reader = readers[CITIZEN]
    storage = CookieStorage(RequestFactory().get("/"))
    told = storage._encode([Message(constants.INFO, "Chỉ nói riêng với ông Ba")])
    for one in (Client(), reader):  # without a log-in and with one
        one.cookies["messages"] = told
        assert "riêng với ông Ba" in one.get("/units/").content.decode()
        assert "riêng với ông Ba" not in one.get("/units/").content.decode()
    assert "riêng với ông Ba" not in client.get("/units/").content.decode()
    assert "riêng với ông Ba" not in "".join(shared_pages())
    assert len(kept) == 1


def test_a_session_that_has_ended_is_shown_what_anyone_is(kept, client, readers, country):
    reader = readers[CITIZEN]
    reader.get("/units/")
    reader.cookies["sessionid"] = "0" * 32
    assert reader.get("/units/").content == client.get("/units/").content


def test_the_parts_of_a_page_are_where_they_were_marked():
    page = f"<p>{marked('a.html', 'một', 'f00d')} – {marked('b.html', '', 'f00d')}</p>"
    content, parts = parted(page.encode(), "f00d")
    assert content.decode() == "<p>một – </p>"
    names = [(part.template, content[part.begin : part.end].decode()) for part in parts]
    assert names == [("a.html", "một"), ("b.html", "")]
    assert parted(content, "f00d") == (content, ())


def test_with_a_session_the_compressed_page_is_the_same_page(kept, readers, country):
    for path in ("/", f"/units/{country.here.pk}/", f"/en/units/{country.here.pk}/"):
        for reader in readers.values():
            packed = reader.get(path, headers={"Accept-Encoding": "gzip"})
            assert packed.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(packed.content) == reader.get(path).content


@pytest.mark.parametrize("between", [0, 50, 9000])
def test_a_compressed_page_takes_any_text_in_its_parts_near_each_other_or_not(between):
    text = f"<p>{'chữ như nhau ' * 40}</p>" + "x" * between
    named = "".join(f"{text}{marked(f'{name}.html', text, 'f00d')}" for name in "abc") + text
    page, parts = parted(named.encode(), "f00d")
    copy = Copy.of(Notes(), {}, page, 0, parts)
    assert gzip.decompress(copy.gzipped()) == copy.content == page
    for own in (b"", b"Phan", "Đặng Thị Dài ".encode() * 10_000):
        texts = {"a.html": own, "b.html": b"", "c.html": own + b"!"}
        whole = text.encode() + own + text.encode() * 2 + own + b"!" + text.encode()
        assert copy.with_own(texts) == whole
        assert gzip.decompress(copy.gzipped_with_own(texts)) == whole
