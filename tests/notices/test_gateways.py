"""Messages through the gateway of a provider: its own form of call, tried against a stand-in."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, parse_qsl, quote, urlsplit

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from danchu.config.notice_checks import _faults_of_gateway
from danchu.notices.adapters import Gateway, NotSent
from danchu.notices.gateways import gateway_call, gateway_faults
from danchu.notices.letters import Letter

TEXT = "Dân Chủ: mã 7K2M & “ngoặc” {to} \\ 100%\nhết"
LETTER = Letter("", TEXT, "…", "danchu-notice-7")
NUMBER = "0912345678"


@pytest.fixture
def provider():
    """A stand-in: `.calls` are (method, path, headers, body); `.status` and `.answer` are its
    answer.
    """
    state = SimpleNamespace(calls=[], status=200, answer=b'{"CodeResult": "100"}')

    class Stand(BaseHTTPRequestHandler):
        def answer(self):
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            state.calls.append((self.command, self.path, dict(self.headers), body))
            self.send_response(state.status)
            self.send_header("Content-Length", str(len(state.answer)))
            self.end_headers()
            self.wfile.write(state.answer)

        do_GET = do_POST = do_PUT = answer  # noqa: N815  the library's names

        def log_message(self, *_arguments):
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Stand)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.address = f"http://127.0.0.1:{server.server_port}"
    yield state
    server.shutdown()
    server.server_close()


def declare(settings, address, **form):
    settings.NOTICE_GATEWAYS = {"sms": address}
    settings.NOTICE_GATEWAY_FORMS = {"sms": form}


def test_a_gateway_without_a_form_of_its_own_is_sent_json(provider, settings):
    declare(settings, f"{provider.address}/send")
    Gateway().send("sms", NUMBER, LETTER)
    (call,) = provider.calls
    assert call[:2] == ("POST", "/send")
    assert json.loads(call[3]) == {"to": NUMBER, "text": TEXT}
    assert call[2]["Idempotency-Key"] == LETTER.key
    assert call[2]["Content-Type"] == "application/json"


def test_a_provider_is_called_in_its_own_form(provider, settings):
    declare(
        settings,
        f"{provider.address}/rest",
        headers='{"Authorization": "Bearer bi-mat"}',
        body='{"ApiKey": "k", "Phone": "{to84}", "Content": "{text}", "RequestId": "{key}"}',
        receipt='"CodeResult":"100"',
    )
    Gateway().send("sms", NUMBER, LETTER)
    _method, _path, headers, body = provider.calls[0]
    assert headers["Authorization"] == "Bearer bi-mat"
    assert json.loads(body) == {
        "ApiKey": "k",
        "Phone": "84912345678",
        "Content": TEXT,
        "RequestId": LETTER.key,
    }
    provider.answer = b'{"CodeResult": "101"}'  # status 200, and yet it was not taken
    with pytest.raises(NotSent, match="answer"):
        Gateway().send("sms", NUMBER, LETTER)


def test_an_address_and_a_form_body_are_encoded(provider, settings):
    declare(settings, f"{provider.address}/get?so={{to}}&tin={{text}}", method="get")
    Gateway().send("sms", NUMBER, LETTER)
    method, path, _headers, body = provider.calls[0]
    assert (method, body) == ("GET", b"")
    assert parse_qs(urlsplit(path).query) == {"so": [NUMBER], "tin": [TEXT]}
    declare(
        settings,
        provider.address,
        headers='{"Content-Type": "application/x-www-form-urlencoded"}',
        body="so={to}&tin={text}",
    )
    Gateway().send("sms", NUMBER, LETTER)
    assert dict(parse_qsl(provider.calls[1][3].decode())) == {"so": NUMBER, "tin": TEXT}


@pytest.mark.parametrize("status", [301, 400, 401, 500])
def test_a_refusal_of_the_provider_is_told_by_its_status(provider, settings, status):
    declare(settings, provider.address)
    provider.status = status
    with pytest.raises(NotSent, match=str(status)):
        Gateway().send("sms", NUMBER, LETTER)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=60), number=st.sampled_from([NUMBER, "02438253536", "+33612345678"]))
def test_whatever_is_said_arrives_as_it_is(text, number):
    from django.test import override_settings  # settings must be ready first

    forms = {
        "sms": {"headers": '{"Content-Type": "application/json; charset=utf-8"}', "body": BODY}
    }
    with override_settings(
        NOTICE_GATEWAYS={"sms": "https://cong.example/gui?so={to}"}, NOTICE_GATEWAY_FORMS=forms
    ):
        call = gateway_call("sms", number, Letter("", text, "…", "k"))
    assert json.loads(call.body) == {"a": number, "b": text, "c": "{khác}"}
    assert call.address == f"https://cong.example/gui?so={quote(number, safe='')}"


BODY = '{"a": "{to}", "b": "{text}", "c": "{khác}"}'


@pytest.mark.parametrize(
    ("address", "form", "faults"),
    [
        ("", {}, ["address"]),
        ("cong.example", {}, ["address"]),
        ("https://cong.example", {}, []),
        ("http://cong.example", {}, ["open"]),
        ("http://127.0.0.1:9", {}, []),
        ("https://cong.example", {"method": "PATCH"}, ["method"]),
        ("https://cong.example", {"headers": "X: y"}, ["headers"]),
        ("https://cong.example", {"headers": '{"X": 1}'}, ["headers"]),
        ("https://cong.example", {"headers": "[]"}, ["headers"]),
        ("https://cong.example", {"body": "{text}"}, ["to"]),
        ("https://cong.example?so={to84}", {"body": "{text}"}, []),
        ("https://cong.example?so={to}", {"method": "GET"}, ["text"]),
    ],
)
def test_the_check_says_what_is_wrong_with_a_gateway(settings, address, form, faults):
    declare(settings, address, **form)
    assert gateway_faults("sms") == faults
    assert len(list(_faults_of_gateway("sms"))) == len(faults)
