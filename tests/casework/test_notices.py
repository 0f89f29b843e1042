"""Notices: whom they reach, that where they went is forgotten, that one that fails is tried
again and then given up.
"""

import json
from datetime import timedelta
from http.client import IncompleteRead, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.core.management import call_command

from danchu.kernel.days import now
from danchu.kernel.refusals import Denied
from danchu.notices import sending
from danchu.notices.actions import see_notices, tell_holders, tell_person
from danchu.notices.adapters import NotSent
from danchu.notices.models import Notice
from danchu.notices.sending import send_waiting
from danchu.notices.writes import INTERRUPTED, MOST_TRIES
from danchu.people.actor import Actor


class Broken:
    def send(self, channel, target, letter):
        raise NotSent("hỏng")


def test_a_notice_reaches_who_holds_the_right_there_or_above(country, at, system):
    there, above, beside = (
        at("inspectorate_chief"),
        at("inspectorate_chief", "province"),
        at("inspectorate_chief", "next_door"),
    )
    assert tell_holders("confirm", "denouncer", country.here, "Có đề nghị", by=system) == 2
    assert {notice.account_id for notice in Notice.objects.all()} == {
        there.account_id,
        above.account_id,
    }
    assert (see_notices(by=there), see_notices(by=there), see_notices(by=beside)) == (1, 0, 0)
    with pytest.raises(Denied):
        see_notices(by=Actor.public())


def test_where_a_notice_went_is_forgotten_once_it_is_sent(system, caplog):
    tell_person("email", "man@vidu.vn", "Đơn PA-1: Đã trả lời", by=system)
    assert (
        tell_person("email", "", "x", by=system) is None
        and tell_person("desk", "a", "x", by=system) is None
    )
    assert send_waiting(by=system) == (1, 0)
    assert (Notice.objects.get().state, Notice.objects.get().target) == ("sent", "")
    assert "man@" not in caplog.text and "Đã trả lời" in caplog.text
    for by in (Actor.public(),):
        with pytest.raises(Denied):
            tell_person("email", "a@b.vn", "x", by=by)
        with pytest.raises(Denied):
            tell_holders("view", "report", None, "x", by=by)
        with pytest.raises(Denied):
            send_waiting(by=by)


def test_one_that_fails_is_tried_again_and_then_given_up(system, settings):
    settings.NOTICE_ADAPTERS = {"sms": f"{__name__}.Broken"}
    tell_person("sms", "0912345678", "x", by=system)
    for _ in range(MOST_TRIES - 1):
        assert send_waiting(by=system) == (0, 1)
    assert Notice.objects.get().target == "0912345678"
    send_waiting(by=system)
    assert (Notice.objects.get().state, Notice.objects.get().target) == ("failed", "")
    assert send_waiting(by=system) == (0, 0)


class FailsForOne:
    def send(self, _channel, target, _letter):
        if target == "hong@vidu.vn":
            raise NotSent("hỏng")


def test_one_bad_address_does_not_keep_those_after_it_from_being_sent_in_the_same_run(
    system, settings, monkeypatch, capsys
):
    settings.NOTICE_ADAPTERS = {**settings.NOTICE_ADAPTERS, "email": f"{__name__}.FailsForOne"}
    monkeypatch.setattr(sending, "BATCH", 2)
    for name in ("hong", "a", "b", "c", "d"):
        tell_person("email", f"{name}@vidu.vn", "Đơn PA-0001: đã nhận", by=system)
    call_command("notices")
    assert "Đã gửi 4, chưa gửi được 1." in capsys.readouterr().out
    assert list(Notice.objects.filter(state="waiting").values_list("target", "tries")) == [
        ("hong@vidu.vn", 1)
    ]


class Poison:
    """Takes a message, and for one address fails as the parameter of the test says."""

    error = None
    taken: list = []

    def send(self, _channel, target, letter):
        if target == "0900000002":
            raise self.error
        self.taken.append((target, letter.key))


@pytest.mark.case("FA4")
@pytest.mark.parametrize(
    "error",
    [RemoteDisconnected("x"), ConnectionResetError(), IncompleteRead(b""), KeyError("x")],
    ids=lambda error: type(error).__name__,
)
def test_whatever_an_adapter_raises_is_one_try_of_that_notice(system, settings, error, caplog):
    settings.NOTICE_ADAPTERS = {"sms": f"{__name__}.Poison"}
    Poison.error, Poison.taken = error, []
    for number in (1, 2, 3):
        tell_person("sms", f"090000000{number}", "Đơn PA-1: đã nhận", by=system)
    for tries in range(1, MOST_TRIES + 1):
        sending.send_all(by=system)
        assert list(Notice.objects.order_by("pk").values_list("state", "tries")) == [
            ("sent", 0),
            ("failed" if tries == MOST_TRIES else "waiting", tries),
            ("sent", 0),
        ]
    assert [target for target, _key in Poison.taken] == ["0900000001", "0900000003"]
    assert len({key for _target, key in Poison.taken}) == 2
    assert "0900000002" not in caplog.text


class HangsUp(BaseHTTPRequestHandler):
    """A gateway that takes a message and hangs up without an answer."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.messages.append((body["to"], self.headers["Idempotency-Key"]))
        if body["to"] != "0900000002":
            self.send_response(200)
            self.end_headers()

    def log_message(self, *_words):
        pass


@pytest.mark.case("FA4")
def test_a_gateway_that_hangs_up_costs_one_try(system, settings):
    with HTTPServer(("127.0.0.1", 0), HangsUp) as server:
        server.messages = []
        Thread(target=server.serve_forever, daemon=True).start()
        settings.NOTICE_ADAPTERS = {"sms": "danchu.notices.adapters.Gateway"}
        settings.NOTICE_GATEWAYS = {"sms": f"http://127.0.0.1:{server.server_port}/"}
        for number in (1, 2, 3):
            tell_person("sms", f"090000000{number}", "x", by=system)
        assert send_waiting(by=system) == (2, 1) and send_waiting(by=system) == (0, 1)
        server.shutdown()
    assert [target[-1] for target, _key in server.messages] == ["1", "2", "3", "2"]
    assert server.messages[1][1] == server.messages[3][1]


class Dies:
    def send(self, *_letter):
        raise KeyboardInterrupt


@pytest.mark.case("FA4")
def test_a_notice_whose_sending_was_interrupted_is_not_sent_twice(system, settings):
    settings.NOTICE_ADAPTERS = {"sms": f"{__name__}.Dies", "email": f"{__name__}.Poison"}
    tell_person("sms", "0900000001", "x", by=system)
    tell_person("email", "a@vidu.vn", "x", by=system)
    with pytest.raises(KeyboardInterrupt):
        send_waiting(by=system)
    assert Notice.objects.filter(tried_at__isnull=False).count() == 1
    Poison.taken = []
    assert send_waiting(by=system) == (1, 0)  # the other goes out, the first is nobody's
    Notice.objects.filter(tried_at__isnull=False).update(
        tried_at=now() - INTERRUPTED - timedelta(seconds=1)
    )
    assert send_waiting(by=system) == (0, 0)
    assert set(Notice.objects.values_list("state", "target")) == {("failed", ""), ("sent", "")}


def test_a_text_that_cannot_be_written_harms_no_other(system, monkeypatch):
    first = tell_person("sms", "0900000001", "x", by=system)
    tell_person("sms", "0900000003", "x", by=system)
    written = sending.letters_for

    def letters(rows):
        if rows[0].pk == first.pk:
            raise ZeroDivisionError
        return written(rows)

    monkeypatch.setattr(sending, "letters_for", letters)
    assert send_waiting(by=system) == (1, 1)
