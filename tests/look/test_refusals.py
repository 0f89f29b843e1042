"""How the product says no, and what happens on bad days of machine and network."""

import errno
import json

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import path

from danchu.config import urls as site
from danchu.kernel.refusals import Denied, Refused
from danchu.look import middleware, uploads

THROWN = {
    "refused": Refused("Ngày họp ở tương lai. Hãy kiểm tra lại.", "held_on"),
    "denied": Denied(""),
    "away": OperationalError("connection to server failed"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "broken": KeyError("planted"),
}


def throw(request, what):
    raise THROWN[what]


urlpatterns = [
    path("throw/<what>/", throw),
    path("api/v1/throw/<what>/", throw),
    *site.urlpatterns,
]
handler400, handler403, handler404, handler500 = (
    site.handler400,
    site.handler403,
    site.handler404,
    site.handler500,
)


@pytest.fixture
def visitor(client, settings):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    return client


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        ("refused", 400, "Ngày họp ở tương lai"),
        ("denied", 403, "Không có quyền"),
        ("away", 503, "Cơ sở dữ liệu tạm thời không trả lời"),
        ("full", 507, "hết chỗ lưu trữ"),
        ("broken", 500, "Máy chủ gặp lỗi"),
    ],
)
def test_each_failure_is_a_page_in_vietnamese(visitor, what, status, words):
    answer = visitor.get(f"/throw/{what}/")
    assert (answer.status_code, words in answer.content.decode()) == (status, True)
    assert "planted" not in answer.content.decode()


def test_the_page_of_an_absent_database_asks_nothing_of_it(visitor):
    """No django_db mark: any question to the database would fail this test."""
    answer = visitor.get("/throw/away/", headers={"cookie": "sessionid=abc; messages=x"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "60"


@pytest.mark.django_db
def test_a_refusal_leads_back_to_our_own_page_only(visitor):
    ours = visitor.get("/throw/refused/", headers={"referer": "http://testserver/figures/?q=1"})
    assert 'href="http://testserver/figures/?q=1"' in ours.content.decode()
    foreign = visitor.get("/throw/refused/", headers={"referer": "https://evil.example/"})
    assert "evil.example" not in foreign.content.decode()


@pytest.mark.django_db  # the calls of a machine are counted
def test_machines_are_refused_in_json(visitor):
    answer = visitor.get("/api/v1/throw/refused/")
    assert (answer.status_code, json.loads(answer.content)) == (
        400,
        {
            "error": "Ngày họp ở tương lai. Hãy kiểm tra lại.",
            "message": "Ngày họp ở tương lai. Hãy kiểm tra lại.",
            "field": "held_on",
            "errors": [{"field": "held_on", "detail": "Ngày họp ở tương lai. Hãy kiểm tra lại."}],
        },
    )


class Endless:
    """A body that must not be read."""

    def read(self, *size):
        raise AssertionError("the body was read")


@pytest.mark.django_db
def test_two_gigabytes_are_refused_before_a_byte_is_read():
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = str(2 * 1024**3)
    request._stream = Endless()
    request.user = None
    answer = middleware.refusal_middleware(lambda r: HttpResponse(r.body))(request)
    assert answer.status_code == 413


def test_a_request_with_more_file_bytes_than_allowed_is_cut_off(monkeypatch):
    monkeypatch.setattr(uploads.LimitedUploadHandler, "limit", 10)
    handler = uploads.LimitedUploadHandler()
    assert handler.receive_data_chunk(b"123456", 0) == b"123456"
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(b"78901", 6)


@pytest.mark.django_db
def test_the_theme_never_leads_to_another_site(client):
    answer = client.post("/theme/", {"theme": "dark", "next": "https://evil.example/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert answer.cookies["theme"].value == "dark"


def test_the_identity_provider_may_receive_our_log_in_form(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [{"settings": {"server_url": "https://sso.example.vn/realms/a"}}]
        }
    }
    assert middleware.content_policy().endswith("form-action 'self' https://sso.example.vn")
