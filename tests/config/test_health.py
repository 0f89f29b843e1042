"""/health for load balancers, and an id for each request in its answer and in the log."""

import json
import logging
import re
import sys
from datetime import UTC, datetime

import pytest
from django.db import OperationalError, connection

from danchu.config import health
from danchu.config.quiet import LOGGING, JsonLines, NoWordsOfErrors
from danchu.config.request_ids import WithRequestId, current_id, request_id_middleware


@pytest.fixture
def asked_anew():
    health._migrated.clear()
    yield
    health._migrated.clear()


@pytest.mark.django_db
def test_an_installation_that_can_serve_says_so_under_any_name(client, settings, asked_anew):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/health", headers={"host": "10.0.0.7:8000"})
    state = answer.json()
    assert answer.status_code == 200 and state["status"] == "ok"
    assert (state["database"], state["migrations"], state["worker"]) == (True, True, False)
    assert re.fullmatch(r"[0-9]+[.][0-9]+[.][0-9]+.*", state["version"])
    assert not answer.cookies and answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_database_without_a_migration_is_no_installation_yet(client, asked_anew, monkeypatch):
    monkeypatch.setattr(
        health.MigrationExecutor, "migration_plan", lambda executor, targets: ["one"]
    )
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "down")
    assert answer.json()["database"] and not answer.json()["migrations"]
    monkeypatch.undo()
    assert client.get("/health").status_code == 200


def test_a_database_that_is_away_is_said_and_nothing_else(client, monkeypatch, asked_anew):
    def fails():
        raise OperationalError("password of danchu at 10.0.0.9")

    monkeypatch.setattr(connection, "cursor", fails)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert "password" not in answer.content.decode()
    assert not answer.json()["database"]


@pytest.mark.parametrize("sent", ["", "abc", "a b c d e f g h", "x" * 65, "12345678\nERROR all"])
def test_an_id_that_could_forge_a_line_is_replaced(rf, sent):
    answer = request_id_middleware(answered)(rf.get("/", headers={"X-Request-ID": sent}))
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-ID"])


def answered(request):
    from django.http import HttpResponse

    return HttpResponse(current_id())


def test_the_id_of_a_proxy_goes_through_and_ends_with_its_request(rf):
    answer = request_id_middleware(answered)(rf.get("/", headers={"X-Request-ID": "lb-00000042"}))
    assert answer.content == b"lb-00000042" == answer.headers["X-Request-ID"].encode()
    assert current_id() == ""


def test_lines_of_the_log_carry_the_id_of_their_request(rf):
    record = logging.LogRecord("danchu", logging.ERROR, __file__, 1, "fault", (), None)
    lines = []
    options = LOGGING["formatters"]["line"]
    formatter = NoWordsOfErrors(options["format"], style=options["style"])

    def writes(request):
        WithRequestId().filter(record)
        lines.append(formatter.format(record))
        return answered(request)

    request_id_middleware(writes)(rf.get("/", headers={"X-Request-ID": "lb-00000042"}))
    assert " ERROR danchu lb-00000042 fault" in lines[0]
    WithRequestId().filter(record)
    assert " ERROR danchu - fault" in formatter.format(record)


def test_lines_for_programs_are_json_and_quote_nobody():
    words = "".join(("Trần Văn ", "Kín, ", "0912", "345678"))  # not as the line of code shows it
    try:
        raise ValueError(words)
    except ValueError:
        record = logging.getLogger("danchu").makeRecord(
            "danchu", logging.ERROR, __file__, 1, "line one\nline %s", ("two",), sys.exc_info()
        )
    WithRequestId().filter(record)
    text = JsonLines().format(record)
    line = json.loads(text)
    assert "\n" not in text and line["message"] == "line one\nline two"
    assert (line["level"], line["logger"], line["request"]) == ("ERROR", "danchu", "-")
    assert "ValueError" in line["error"] and words not in text
    assert datetime.fromisoformat(line["at"]).tzinfo == UTC


@pytest.mark.django_db
def test_who_meets_a_fault_reads_the_id_to_quote(client, monkeypatch):
    client.raise_request_exception = False

    def fails(request, *values, **named):
        raise RuntimeError

    monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", fails)
    answer = client.get("/", headers={"X-Request-ID": "lb-00000042"})
    assert answer.status_code == 500
    assert "lb-00000042" in answer.content.decode()
