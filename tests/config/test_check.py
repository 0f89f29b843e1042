"""`danchu check` finds each thing that can be wrong, and says nothing of what is right."""

import json
import os
import re
import time
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from danchu.config import bootstrap, checks, door_checks, notice_checks, vault_checks  # noqa: F401
from danchu.config.checks import CHECKS
from danchu.journal.actions import record
from danchu.law.loading import load_law
from danchu.notices.actions import tell_person
from danchu.people import askers
from danchu.people.actor import Actor
from danchu.register.actions.tally import rebuild_tally
from danchu.register.tally import SUMS, wrong_cells
from tests.config.conftest import Installation


def troubles(key):
    return [trouble.what for check in CHECKS if check.key == key for trouble in check.run()]


def _spoil_a_sum():
    """A sum of a month without a row under it."""
    numbers = [name for name in SUMS if name != "rows"]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO register_eventtally (unit_id, grain, since, kind, form, rows, "
            f"{', '.join(numbers)}) "
            f"VALUES (1, 'month', '2023-01-01', 'critique', '', 1, "
            f"{', '.join('0' for _ in numbers)})"
        )


def test_every_check_has_a_name_and_a_key_of_its_own():
    keys = [check.key for check in CHECKS]
    assert len(keys) == len(set(keys)) and all(str(check.name) for check in CHECKS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key",
    [
        "settings",
        "secret",
        "hosts",
        "database",
        "schema",
        "clock",
        "tallies",
        "papers",
        "disk",
        "proxies",
        "proxies-seen",
        "mail",
        "secret-key",
        "factors",
    ],
)
def test_a_sound_installation_has_no_trouble(key):
    assert troubles(key) == []


@pytest.mark.parametrize(
    ("setting", "now", "days", "number"), [(2, 2, 1, 1), (2, 1, 1, 0), (2, 2, 8, 0)]
)
@pytest.mark.django_db
def test_more_proxies_than_there_are_is_found_by_the_first_who_comes(
    client, settings, tmp_path, monkeypatch, setting, now, days, number
):
    """`setting` is that when somebody came through one proxy, `now` that of the check."""
    settings.PROXIES_SEEN = tmp_path / "proxies-seen"
    monkeypatch.setitem(askers._noted, "at", float("-inf"))
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = setting
    through = {"X-Forwarded-For": "203.0.113.9"}
    typed = {"login": "an@vidu.vn", "password": "sai"}
    assert client.post("/accounts/login/", typed).status_code == 200
    assert troubles("proxies-seen") == [], "through no proxy, as a check of health comes"
    assert client.post("/accounts/login/", typed, headers=through).status_code == 200
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = now
    then = time.time() - days * 86_400
    os.utime(settings.PROXIES_SEEN, (then, then))
    assert len(troubles("proxies-seen")) == number


def test_a_short_secret_is_found(settings):
    settings.SECRET_KEY = "short"
    assert len(troubles("secret")) == 1


def test_a_secret_that_others_can_read_is_found(settings, tmp_path):
    settings.VAR = tmp_path
    (tmp_path / "secret-key").write_text("x" * 50)
    (tmp_path / "secret-key").chmod(0o644)
    assert len(troubles("secret")) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"DEBUG": True},
        {"ALLOWED_HOSTS": ["*"], "SECURE": True},
        {"ALLOWED_HOSTS": ["danchu.hanoi.gov.vn"]},
        {"ALLOWED_HOSTS": ["danchu.hanoi.gov.vn"], "SECURE": True, "DEMO": True},
    ],
    ids=["debug", "any host", "no https", "a public demo"],
)
def test_an_installation_open_to_the_world_in_the_wrong_way_is_found(settings, changes):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert len(troubles("hosts")) == 1


def test_an_old_server_and_missing_extensions_are_found(monkeypatch, db):
    monkeypatch.setattr(checks, "OLDEST", 99)
    monkeypatch.setattr(checks, "EXTENSIONS", ("btree_gist", "no_such_extension"))
    assert len(troubles("database")) == 2


def test_pending_migrations_are_found(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM django_migrations WHERE app = 'journal' AND name = '0002_written_once'"
        )
    assert troubles("schema") == ["Còn 1 bước cập nhật lược đồ chưa chạy."]


def test_a_database_of_a_newer_version_is_found(db):
    MigrationRecorder(connection).record_applied("units", "0099_later")
    assert troubles("schema") == ["Cơ sở dữ liệu là của phiên bản mới hơn (units.0099_later)."]


def test_clocks_that_differ_are_found(monkeypatch, db):
    monkeypatch.setattr(checks.time, "time", lambda: 1_900_000_000.0)
    assert len(troubles("clock")) == 1


def test_a_country_not_loaded_and_an_empty_journal_are_found(db):
    assert len(troubles("units")) == 1
    assert len(troubles("journal")) == 1


def test_a_year_without_its_calendar_is_found_and_the_next_one_in_time(db, clock):
    load_law(by=Actor.system("test"))
    for day, years in (("2026-11-29", []), ("2026-12-05", ["2027"]), ("2031-01-01", ["2031"])):
        clock.set(day)
        assert [re.search("20[0-9]+", what).group() for what in troubles("calendar")] == years


def test_sums_that_are_not_those_of_their_rows_are_found_and_made_anew(db):
    _spoil_a_sum()
    assert len(wrong_cells()) == 1 and len(troubles("tallies")) == 1
    assert rebuild_tally(by=Actor.system("test")) == 1
    assert wrong_cells() == []


def test_notices_that_leave_for_nowhere_are_found_where_anyone_waits_for_them(db, settings):
    settings.DEMO = False
    assert troubles("notices") == []
    for channel, target in (("email", "an@vidu.vn"), ("sms", "0912345678"), ("zalo", "0912345678")):
        tell_person(channel, target, "Hồ sơ có bước mới.", by=Actor.system("test"))
    settings.NOTICE_ADAPTERS = {
        "email": "danchu.notices.adapters.Console",
        "sms": "danchu.notices.adapters.Gateway",
        "zalo": "of.nobody.Adapter",
    }
    settings.NOTICE_GATEWAYS = {}
    found = troubles("notices")
    assert (
        len(found) == 3
        and "chỉ được ghi vào nhật ký" in found[0]
        and "chưa có địa chỉ cổng" in found[1]
        and "Không nạp được" in found[2]
    )
    settings.NOTICE_ADAPTERS = {
        "email": "danchu.notices.adapters.Email",
        **dict.fromkeys(("sms", "zalo"), "danchu.notices.adapters.Gateway"),
    }
    settings.NOTICE_GATEWAYS = dict.fromkeys(("sms", "zalo"), "https://cong.example/gui")
    assert troubles("notices") == []
    settings.NOTICE_ADAPTERS, settings.DEMO = {"email": "danchu.notices.adapters.Console"}, True
    assert troubles("notices") == []


def test_papers_that_cannot_be_kept_are_found(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.PAPERS_ROOT = tmp_path / "file" / "papers"
    assert len(troubles("papers")) == 1


def test_a_disk_that_fills_up_is_found(monkeypatch):
    monkeypatch.setattr(checks, "FREE_MIB", 10**12)
    assert len(troubles("disk")) >= 1


def test_a_translation_newer_than_its_compiled_form_is_found_and_compiled(settings, tmp_path):
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Đơn '
        'vị"\nmsgstr "Unit"\n'
    )
    settings.LOCALE_PATHS = [tmp_path]
    assert len(troubles("translations")) == 1
    assert bootstrap.compile_translations() == "en"
    assert troubles("translations") == [] and b"Unit" in (folder / "django.mo").read_bytes()


def test_static_files_not_collected_are_found_then_collected_once(settings, tmp_path):
    settings.STATIC_ROOT, settings.DEBUG = tmp_path / "static", False
    assert len(troubles("static")) == 1
    assert bootstrap.collect_static() and troubles("static") == []
    assert bootstrap.collect_static() == ""


@pytest.mark.django_db
def test_the_answer_for_machines_says_the_same_and_ends_in_one():
    told = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check", json=True, stdout=told)
    answer = json.loads(told.getvalue())
    assert ended.value.code == 1 and answer["sound"] is False
    assert {line["check"]: line["passed"] for line in answer["checks"]}["units"] is False
    assert all(trouble["mend"] for line in answer["checks"] for trouble in line["troubles"])


def test_a_database_that_is_away_is_one_trouble_and_the_rest_is_still_asked(folder):
    done = Installation(folder, DATABASE_URL="postgresql://nobody@127.0.0.1:9/none").run(
        "check", "--json"
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr
    answer = {line["check"]: line["passed"] for line in json.loads(done.stdout)["checks"]}
    assert answer["database"] is False and answer["schema"] is None and answer["papers"] is True


@pytest.mark.django_db
def test_verify_names_a_sum_that_is_not_that_of_its_rows():
    _spoil_a_sum()
    told = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify", stdout=told)
    assert "tổng tháng 01/2023" in told.getvalue()


@pytest.mark.django_db
def test_records_of_a_clock_that_ran_ahead_are_named(monkeypatch):
    record(Actor.system("test"), "test.noted", None)
    assert troubles("clock") == []

    class AnHourLater(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) + timedelta(hours=1)

    monkeypatch.setattr("danchu.journal.actions.datetime", AnHourLater)
    record(Actor.system("test"), "test.noted", None)
    (what,) = troubles("clock")
    assert "đồng hồ từng chạy trước" in what
