"""/metrics for who watches: every process counts, the token opens it, nobody is named in it."""

import os
import re
import subprocess
import sys
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import get_resolver, resolve
from prometheus_client.parser import text_string_to_metric_families

from danchu.config import health, metrics, metrics_folder, metrics_page, process_checks
from danchu.jobs.writes.failures import failure_middleware
from danchu.journal.heads import write_head
from danchu.kernel import metrics as counts
from danchu.kernel import version
from danchu.kernel.days import now
from danchu.notices.models import Channel, Notice
from tests.config.test_check import troubles

STATES = ("waiting", "running", "failed")
TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def token(settings):
    settings.METRICS_TOKEN = TOKEN
    return {"authorization": f"Bearer {TOKEN}"}


def samples(text):
    """{(name, labels as sorted pairs): value}"""
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(text, name, **labels):
    return samples(text).get((name, *sorted(labels.items())), 0)


@pytest.mark.django_db
def test_without_the_setting_there_is_no_such_address(client, settings):
    assert settings.METRICS_TOKEN == ""
    assert client.get("/metrics").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("sent", ["", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer é"])
def test_who_has_no_token_reads_nothing_not_even_from_this_machine(client, token, sent):
    answer = client.get("/metrics", headers={"authorization": sent} if sent else {})
    assert (answer.status_code, answer.content) == (401, b"")


@pytest.mark.django_db
def test_requests_are_counted_by_their_route_in_both_languages(client, token):
    route = {"route": "records/<uuid:uid>/", "method": "GET"}
    address = "records/0d6b0f9e-2a55-4f39-9d3c-0d4f7f8f1a12/"
    before = client.get("/metrics", headers=token).content.decode()
    client.get(f"/{address}?q=Tr%E1%BA%A7n")
    client.get(f"/en/{address}")
    client.get("/khong-co-trang-nay-0912345678/")
    answer = client.get("/metrics", headers=token)
    text = answer.content.decode()

    def more(name, **labels):
        return value(text, name, **labels) - value(before, name, **labels)

    assert answer["Cache-Control"] == "no-store" and not answer.cookies
    assert more("danchu_requests_total", status="404", **route) == 2
    assert more("danchu_request_seconds_count", **route) == 2
    assert more("danchu_queries_total", route=route["route"]) >= 2
    assert more("danchu_requests_total", status="404", route="none", method="GET") == 1
    assert not [one for one in ("0912345678", "0d6b0f9e", "Tr%E1", "Trần") if one in text]


def test_a_route_is_written_in_the_code_and_never_typed():
    """Every label that a request can have is a pattern of the table of addresses."""

    def patterns(resolver, before=""):
        for one in resolver.url_patterns:
            route = before + str(one.pattern)
            yield from patterns(one, route) if hasattr(one, "url_patterns") else [route]

    known = set(patterns(get_resolver()))
    for path in ("/", "/units/4/", "/api/v1/figures/opinions", "/petitions/ABC-123/", "/desk/"):
        request = RequestFactory().get(path)
        request.resolver_match = resolve(path)
        assert metrics_page.route_of(request) in known
    request = RequestFactory().get("/static/look/x.css")
    request.resolver_match = None
    assert metrics_page.route_of(request) == "static"
    request = RequestFactory().generic("SECRET", "/x")
    request.resolver_match = None
    metrics_page.metrics_middleware(lambda _request: HttpResponse())(request)
    assert not [
        key
        for key in samples(metrics.generate_latest(counts.NUMBERS).decode())
        if ("method", "SECRET") in key
    ]


@pytest.mark.django_db
def test_the_queue_the_outbox_and_the_journal_tell_their_state(client, token, settings, tmp_path):
    settings.JOURNAL_ROOT = tmp_path
    write_head("verify", 12, "a" * 64)
    write_head("backup", 12, "a" * 64)
    Notice.objects.create(
        channel=Channel.EMAIL, target="a@b.example", text="x", made_at=now() - timedelta(hours=2)
    )
    text = client.get("/metrics", headers=token).content.decode()
    assert value(text, "danchu_database_up") == 1
    assert value(text, "danchu_notices_waiting", channel="email") == 1
    assert 7100 < value(text, "danchu_notices_oldest_seconds") < 7300
    states = {one for one in samples(text) if one[0] == "danchu_jobs"}
    assert {dict(one[1:])["status"] for one in states} == set(STATES)
    assert {value(text, "danchu_jobs", status=one) for one in STATES} == {0}
    assert 0 <= value(text, "danchu_backup_age_seconds") < 60
    assert 0 <= value(text, "danchu_journal_verified_age_seconds") < 60
    assert "a@b.example" not in text


def test_a_database_that_is_away_leaves_the_rest(monkeypatch):
    from django.db import OperationalError

    def fails():
        raise OperationalError

    monkeypatch.setattr(metrics, "numbers", fails)
    text = metrics.exposition().decode()
    assert value(text, "danchu_database_up") == 0 and "danchu_requests" in text


def test_a_job_is_timed_under_how_it_ended():
    class Context:
        class job:
            task_name, id, attempts = "notices.send", 1, 0

    before = metrics.generate_latest(counts.NUMBERS).decode()
    failure_middleware(lambda: None, Context, None)
    after = metrics.generate_latest(counts.NUMBERS).decode()
    labels = {"task": "notices.send", "outcome": "done"}
    name = "danchu_job_seconds_count"
    assert value(after, name, **labels) - value(before, name, **labels) == 1


COUNTING = """
import sys, time
from danchu.kernel import metrics
metrics.VERSION = sys.argv[1]
metrics.announce("hub")
metrics.hall_readers.set(3)
metrics.hall_frames.inc(5)
print("counted", flush=True)
sys.stdin.read()
"""


def test_the_numbers_of_all_processes_are_added_up_and_the_dead_are_forgotten(
    tmp_path, monkeypatch, settings
):
    settings.VAR = tmp_path
    monkeypatch.setenv(metrics_folder.FOLDER, "")
    metrics_folder.prepare_folder(tmp_path)
    old, new = (
        subprocess.Popen(
            [sys.executable, "-c", COUNTING, one],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ},
        )
        for one in ("0.0.9", version.VERSION)
    )
    for process in (old, new):
        assert process.stdout.readline() == b"counted\n"
    monkeypatch.delenv(metrics_folder.FOLDER)
    folder = tmp_path / "metrics"
    assert metrics.versions_running(folder) == {"0.0.9": 1, version.VERSION: 1}
    [trouble] = troubles("version")
    assert "0.0.9" in trouble and version.VERSION in trouble
    old.communicate()
    monkeypatch.setattr(metrics, "_Installation", lambda: counts.CollectorRegistry())
    text = metrics.exposition(folder).decode()
    new.communicate()
    assert value(text, "danchu_processes", process="hub", version=version.VERSION) == 1
    assert value(text, "danchu_processes", process="hub", version="0.0.9") == 0
    assert value(text, "danchu_hall_readers") == 3
    assert value(text, "danchu_hall_frames_total") == 10, "what it counted stays"
    assert troubles("version") == []


def test_a_token_that_can_be_guessed_is_found(settings):
    settings.METRICS_TOKEN = "short"
    assert len(troubles("metrics")) == 1
    settings.METRICS_TOKEN = TOKEN
    assert len(TOKEN) >= process_checks.SHORTEST_TOKEN and troubles("metrics") == []


@pytest.mark.django_db
def test_the_version_shown_is_that_of_the_process_and_an_older_one_says_so(
    client, monkeypatch, tmp_path
):
    health._migrated.clear()
    running = version.VERSION
    assert client.get("/health").json()["outdated"] is False
    assert f"Phiên bản {running}." in client.get("/").content.decode()
    newer = tmp_path / "version.py"
    newer.write_text('VERSION = "9.9.9"\n')
    monkeypatch.setattr(version, "__file__", str(newer))
    state = client.get("/health").json()
    assert (state["version"], state["outdated"], state["status"]) == (running, True, "ok")
    assert f"Phiên bản {running}." in client.get("/").content.decode()


@pytest.mark.django_db
def test_a_machine_whose_database_another_one_has_upgraded_says_so(client):
    from django.db.migrations.recorder import MigrationRecorder

    health._migrated.clear()
    assert client.get("/health").json()["outdated"] is False
    MigrationRecorder.Migration.objects.create(app="register", name="9999_later", applied=now())
    assert client.get("/health").json()["outdated"] is True
    health._migrated.clear()


def test_the_version_is_declared_once():
    import tomllib

    from tests.architecture.sources import ROOT

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert "version" in project["project"]["dynamic"]
    assert version.version_on_disk() == version.VERSION
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)[1]
    assert first == version.VERSION
