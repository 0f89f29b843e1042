"""Whoever follows gets mail of what changed: after they confirmed, each thing once, one letter a
day at most; after they stopped there is nothing for them and nothing of them.
"""

import logging
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client

from danchu.casework.access.rate_limits import MOST
from danchu.config.quiet import NoCodes
from danchu.following import changes, tasks, writes
from danchu.following.codes import CONFIRM, OWN_PAGE, code_of, uid_of
from danchu.following.daily import write_letters_of_day
from danchu.following.models import (
    Confirmation,
    DailyLetter,
    Follower,
    Following,
    PublicState,
    Thing,
)
from danchu.following.things import Followable
from danchu.following.writes import ask_confirmation, confirm, forget_unfollowed
from danchu.inspection.actions import (
    confirm_recommendation,
    register_project,
    send_recommendation,
)
from danchu.inspection.models import Recommendation
from danchu.journal.actions import record
from danchu.journal.models import Entry
from danchu.kernel.days import today
from danchu.kernel.refusals import Denied, Refused
from danchu.notices.actions import drop_letters
from danchu.notices.models import Notice
from danchu.notices.sending import send_all
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, draft_event

WHO, OTHER = "cong.dan@vidu.vn", "nguoi.khac@vidu.vn"
CODE = re.compile(r"/follow/(confirm|own)/([0-9a-f]{64})/")


@pytest.fixture(autouse=True)
def mail_is_sent(settings):
    adapters = {**settings.NOTICE_ADAPTERS, "email": "danchu.notices.adapters.Email"}
    settings.NOTICE_ADAPTERS = adapters


@pytest.fixture
def sent(system):
    """Send what waits; the letters that arrived."""

    def send():
        before = len(mail.outbox)
        send_all(by=system)
        return mail.outbox[before:]

    return send


@pytest.fixture
def followed(country):
    """Let an address follow a place, or what is named; returns the follower."""

    def make(email=WHO, kind="place", key="", unit=None, subject=None):
        unit_id = None if kind == "record" else (unit or country.here).pk
        ask_confirmation(email, Followable(kind, key, unit_id, subject), "vi")
        return confirm(Confirmation.objects.get(email=email).uid)

    return make


@pytest.fixture
def project(system, country):
    def make(unit=None, name="Nhà văn hóa tổ 5"):
        return register_project(
            by=system,
            unit=unit or country.here,
            name=name,
            owner="UBND phường",
            capital="community",
            begun_on=today(),
        )

    return make


def run(days=0):
    return write_letters_of_day(today() + timedelta(days=days))


def texts():
    return [letter.text for letter in DailyLetter.objects.order_by("pk")]


def ask(client, email=WHO, query="what=place", unit=None):
    return client.post(f"/follow/?{query}&unit={unit.pk}", {"email": email, "website": ""})


def test_a_place_is_followed_by_two_letters_and_left_by_one_click(client, country, project, sent):
    page = client.get(f"/units/{country.here.pk}/").content.decode()
    assert f"/follow/?what=place&amp;unit={country.here.pk}" in page
    assert "Còn một bước" in ask(client, unit=country.here).content.decode()
    (letter,) = sent()
    assert letter.to == [WHO] and "Follower" not in letter.body
    (_what, code) = CODE.search(letter.body).groups()
    for _time in range(2):  # a program that looks for viruses opens it too
        assert client.get(f"/follow/confirm/{code}/").status_code == 200
    assert not Follower.objects.exists()
    own = client.post(f"/follow/confirm/{code}/", follow=True)
    assert "Thôi theo dõi" in own.content.decode()
    assert client.post(f"/follow/confirm/{code}/").status_code == 400
    assert (run(), sent()) == (0, [])
    project()
    assert run(1) == 1
    (letter,) = sent()
    assert "Nhà văn hóa tổ 5" in letter.body and "/projects/" in letter.body
    address = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client(enforce_csrf_checks=True)  # without cookies
    path = address[address.index("/follow/") :]
    answer = program.post(path, {"List-Unsubscribe": "One-Click"})
    assert "địa chỉ thư đã xóa" in answer.content.decode()
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    project(name="Cống ngõ 3")
    assert run(2) == 0


def test_an_address_that_stopped_stands_nowhere(followed, project, country):
    follower = followed()
    run()
    project()
    run(1)  # queued and not sent
    ask_confirmation(WHO, Followable("figure", "supervisions_217", country.here.pk), "vi")
    assert Notice.objects.filter(target=WHO).count() == 3
    writes.stop(follower)
    for model in (Follower, Following, Confirmation, DailyLetter, Thing):
        assert not model.objects.exists(), model
    assert not Notice.objects.exclude(target="").exists()
    assert not Entry.objects.filter(data__icontains=WHO.partition("@")[0]).exists()


def test_nobody_outside_takes_letters_of_others_back(followed):
    with pytest.raises(Denied):
        drop_letters(("follow_letter",), WHO, by=Actor.public())


def test_the_answer_is_the_same_for_an_address_that_follows_already(
    client, country, followed, sent
):
    followed()
    known, unknown = (ask(client, email, unit=country.here) for email in (WHO, OTHER))
    assert re.sub(r"[0-9a-f]{32}", "", known.content.decode()) == re.sub(
        r"[0-9a-f]{32}", "", unknown.content.decode()
    )
    assert {letter.to[0] for letter in sent()} == {WHO, OTHER}


def test_one_address_gets_a_few_letters_an_hour_and_the_page_does_not_say_so(
    client, country, sent, settings
):
    settings.RATE_TIMES = 1
    answers = [ask(client, unit=country.here).content for _n in range(MOST["follow_address"] + 2)]
    assert len({re.sub(rb"[0-9A-Za-z]{30,}", b"", answer) for answer in answers}) == 1
    assert Notice.objects.count() == MOST["follow_address"]
    assert len(sent()) == 1  # those before it were replaced


def test_one_network_asks_for_a_few_addresses_an_hour(client, country, settings):
    settings.RATE_TIMES = 1
    statuses = [
        ask(client, f"a{number}@vidu.vn", unit=country.here).status_code
        for number in range(MOST["follow_mail"] + 1)
    ]
    assert statuses == [200] * MOST["follow_mail"] + [429]


def test_a_confirmation_that_is_too_old_is_no_more(client, clock, country, sent):
    clock.set("2026-03-02")
    ask(client, unit=country.here)
    (_what, code) = CODE.search(sent()[0].body).groups()
    clock.forward(hours=2)
    assert client.post(f"/follow/confirm/{code}/").status_code == 400
    assert not Follower.objects.exists()
    forget_unfollowed()
    assert not Confirmation.objects.exists() and not Thing.objects.exists()


@pytest.mark.parametrize(
    "email", ["", "x", "a@b", "a@vidu.vn\nBcc: b@vidu.vn", "a" * 200 + "@vidu.vn"]
)
def test_what_is_no_address_gets_no_letter(client, country, email):
    assert ask(client, email, unit=country.here).status_code == 400
    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "query",
    [
        "what=place",
        "what=figure&key=none&unit=1",
        "what=list&key=none",
        "what=record&key=project&row=x",
    ],
)
def test_what_is_nothing_cannot_be_followed(client, country, query):
    assert client.get(f"/follow/?{query}").status_code == 400


def test_a_code_is_for_one_purpose_and_cannot_be_guessed_from_another(followed):
    follower = followed()
    code = code_of(OWN_PAGE, follower.uid)
    assert uid_of(OWN_PAGE, code) == follower.uid
    for wrong in (code_of(CONFIRM, follower.uid), code[:-1] + "g", follower.uid.hex, "", "é" * 64):
        assert uid_of(OWN_PAGE, wrong) is None


def test_who_asked_in_english_is_written_to_in_english(client, country, project, sent):
    client.post(f"/en/follow/?what=place&unit={country.here.pk}", {"email": WHO, "website": ""})
    (letter,) = sent()
    assert "press the button" in letter.body and "/en/follow/confirm/" in letter.body
    (_what, code) = CODE.search(letter.body).groups()
    client.post(f"/en/follow/confirm/{code}/")
    run()
    project()
    run(1)
    (letter,) = sent()
    assert "Stop following" in letter.body and "/en/projects/" in letter.body


def test_a_figure_that_has_no_value_any_more_keeps_no_other_news_back(
    followed, project, monkeypatch
):
    followed(kind="figure", key="supervisions_217")
    followed(OTHER)
    run()
    project()

    def refuse(*arguments):
        raise Refused("Không có bản đồ.")

    monkeypatch.setattr(changes, "seen_figure", refuse)
    assert run(1) == 1


def test_a_day_has_one_letter_and_each_change_is_said_once(followed, project):
    followed()
    run()
    project()
    assert (run(1), run(1)) == (1, 0)
    project(name="Cống ngõ 3")
    assert run(1) == 0
    assert run(2) == 1
    assert ["Nhà văn hóa" in text for text in texts()] == [True, False]
    assert "Cống ngõ 3" in texts()[1]
    assert run(3) == 0


def test_a_run_that_dies_is_as_if_it_never_began(followed, project, monkeypatch):
    followed()
    followed(OTHER)
    run()
    project()
    queue = writes._queue

    def die(email, *more):
        queue(email, *more)
        if email == OTHER:
            raise SystemExit  # no other is caught on the way

    monkeypatch.setattr(writes, "_queue", die)
    with pytest.raises(SystemExit):
        run(1)
    assert Notice.objects.filter(subject_kind="follow_letter").count() == 1
    monkeypatch.setattr(writes, "_queue", queue)
    assert run(1) == 1
    targets = Notice.objects.filter(subject_kind="follow_letter").values_list("target", flat=True)
    assert sorted(targets) == [WHO, OTHER]


def test_one_whose_letter_cannot_be_written_keeps_no_other_back(followed, project, monkeypatch):
    first, _second = followed(), followed(OTHER)
    run()
    project()
    news = writes.news_of

    def fails_for_one(follower):
        if follower.pk == first.pk:
            raise RuntimeError
        return news(follower)

    monkeypatch.setattr(writes, "news_of", fails_for_one)
    with pytest.raises(RuntimeError):
        run(1)
    assert len(texts()) == 1
    monkeypatch.setattr(writes, "news_of", news)
    assert run(1) == 1 and len(texts()) == 2


def test_only_what_the_public_sees_is_told(followed, drafted, system):
    followed()
    run()
    draft = drafted()
    assert run(1) == 0  # nobody outside sees a draft
    confirm_recommendation(draft, by=system)
    number = send_recommendation(draft, by=system, sent_on=today(), received_on=today()).pk
    assert run(2) == 1 and "Thu quỹ sai mức" in texts()[0]
    before = PublicState.objects.get(kind="recommendation", subject=number)
    _touch(number, system)
    assert run(3) == 0  # an act that changes no state
    assert PublicState.objects.get(pk=before.pk).number == before.number


@transaction.atomic
def _touch(number, system):
    record(system, "recommendation.noted", Recommendation.objects.get(pk=number))


def test_what_was_there_before_is_no_news(followed, project, system):
    project()
    followed()
    assert run() == 0
    earlier = PublicState.objects.get(kind="investment_project")
    assert earlier.number == 0
    followed(OTHER, kind="list", key="projects")
    assert run(1) == 0


def test_a_place_is_its_own_and_what_is_below_it(followed, project, country):
    followed(unit=country.province)
    followed(OTHER, unit=country.next_door)
    run()
    project()
    assert run(1) == 1
    assert Notice.objects.get(subject_kind="follow_letter").target == WHO


def test_a_record_told_for_one_thing_is_not_told_again_for_another(followed, project):
    followed()
    one = project()
    run()
    followed(kind="list", key="projects")
    followed(kind="record", key="project", subject=one.pk)
    project(name="Cống ngõ 3")
    assert run(1) == 1
    assert texts()[0].count("Cống ngõ 3") == 1


def test_a_figure_is_told_by_the_year_that_changed(followed, country, system, clock):
    clock.set("2026-03-02")
    same = {"by": system, "unit": country.here, "title": "Giám sát"}
    confirm_event(draft_event("supervision_217", held_on=today(), **same), by=system)
    followed(kind="figure", key="supervisions_217")
    assert run() == 0
    confirm_event(
        draft_event("supervision_217", held_on=today() - timedelta(days=1), **same), by=system
    )
    assert run(1) == 1
    (line,) = re.findall(r"^– (\d+): (.+)$", texts()[0], re.M)
    assert line[0] == "2026" and line[1].startswith("2 ")
    assert run(2) == 0


def test_a_letter_of_a_figure_of_persons_says_what_was_published_and_nothing_else(
    followed, country, system
):
    follower = followed(kind="figure", key="reception_visitors")
    run()
    day = today().replace(year=today().year - 1, month=9, day=3)
    few = {"participants": 3, "people": 3, "form": "regular", "title": "Tiếp công dân"}
    confirm_event(
        draft_event("reception", by=system, unit=country.here, held_on=day, **few), by=system
    )
    assert run(1) == 0
    assert follower.followings.get().thing.values == {}


def test_letters_are_written_from_seven_in_the_morning_of_vietnam(followed, clock, monkeypatch):
    runs = []
    monkeypatch.setattr(tasks, "write_letters_of_day", lambda: runs.append(1))
    for hour, number in ((6, 0), (7, 1)):
        clock.set("2026-03-02", hour)
        tasks.write_daily(0)
        assert len(runs) == number


def test_where_no_mail_is_sent_none_is_offered(client, country, settings):
    settings.NOTICE_ADAPTERS = {"email": "danchu.notices.adapters.Console"}
    for address in (f"/units/{country.here.pk}/", "/projects/"):
        assert "/follow/" not in client.get(address).content.decode()
    assert client.get(f"/follow/?what=place&unit={country.here.pk}").status_code == 404


def test_no_log_keeps_a_code(followed):
    code = code_of(OWN_PAGE, followed().uid)
    line = logging.LogRecord("x", 20, "", 1, "GET /en/follow/own/%s/ 500", (code,), None)
    assert NoCodes().filter(line) and code not in line.getMessage()
    assert "/follow/own/" in line.getMessage()


def test_the_operator_reads_numbers_and_no_address(client, followed, holder, country, settings):
    settings.DEMO = True  # the second factor
    followed()
    ask_confirmation(OTHER, Followable("place", "", country.here.pk), "vi")
    client.force_login(holder("operator", country.nation, "Quản Trị").account)
    page = client.get("/desk/jobs/")
    assert page.context["followed"][:3] == (1, 1, 2)
    assert "vidu.vn" not in page.content.decode()


def test_one_stops_following_one_thing_and_keeps_another(client, followed, country):
    followed()
    follower = followed(kind="figure", key="supervisions_217")
    address = f"/follow/own/{code_of(OWN_PAGE, follower.uid)}/"
    page = client.get(address)
    assert len(page.context["rows"]) == 2 and "vidu.vn" not in page.content.decode()
    thing = page.context["rows"][0][0]
    assert len(client.post(address, {"thing": thing}).context["rows"]) == 1
    assert Follower.objects.filter(email=WHO).exists()
    assert "địa chỉ thư đã xóa" in client.post(address, {"all": "1"}).content.decode()
