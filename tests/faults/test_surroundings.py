"""What surrounds the doors: the log of the database server, proxies, where letters go."""

import logging
import re
import sys
from logging.config import DictConfigurator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from danchu.config import door_checks
from danchu.config.cluster import OPTIONS
from danchu.config.quiet import LOGGING
from danchu.config.request_ids import WithRequestId

PLANTED = "ZQLOG Nguyễn Văn Lộ, số 9 ngõ ZQLOG, 0900111222"


def server_log():
    """The log of the embedded server; None on another one."""
    from danchu.config.settings import EMBEDDED, embedded_cluster

    return embedded_cluster().log if EMBEDDED else None


@pytest.mark.case("SE-M12")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO people_account (email, name, password) VALUES (%s, 'x', 'y')",
        "SELECT %s::integer",
        "DO $$ BEGIN RAISE EXCEPTION 'refused'; END $$; SELECT %s",
        "SELECT 1 FROM no_such_table WHERE name = %s",
    ],
)
def test_a_failed_statement_leaves_nothing_of_a_person_in_the_log_of_the_server(statement):
    path = server_log()
    if path is None:
        pytest.skip("the log of another server lies elsewhere")
    if "panic" not in setting("log_min_error_statement"):
        pytest.skip("the server was started before its options changed")
    before = Path(path).stat().st_size
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [PLANTED])
    with open(path, errors="replace") as log:
        log.seek(before)
        written = log.read()
    assert "STATEMENT:" not in written and "DETAIL:" not in written and "CONTEXT:" not in written
    assert "số 9" not in written or statement == "SELECT %s::integer"


@pytest.mark.case("SE-M12")
@pytest.mark.django_db
def test_a_unique_value_is_not_in_the_log_of_the_server():
    path = server_log()
    if path is None or "panic" not in setting("log_min_error_statement"):
        pytest.skip("another server, or one of before")
    before = Path(path).stat().st_size
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("CREATE TEMPORARY TABLE t (name text UNIQUE) ON COMMIT DROP")
        for _time in range(2):
            cursor.execute("INSERT INTO t VALUES (%s)", [PLANTED])
    with open(path, errors="replace") as log:
        log.seek(before)
        assert "ZQLOG" not in log.read()


@pytest.mark.case("SE-M12")
@pytest.mark.django_db
@pytest.mark.parametrize(
    "failing",
    [
        "INSERT INTO t VALUES (%s), (%s)",
        "INSERT INTO t VALUES (NULL), (%s), (%s)",
        "SELECT %s::integer, %s",
    ],
)
def test_an_error_of_a_statement_is_logged_without_what_was_typed(failing):
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE t (name text UNIQUE NOT NULL) ON COMMIT DROP")

    def fails():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(failing, [PLANTED, PLANTED])

    line = logged(fails)
    assert "ZQLOG" not in line and "0900111222" not in line
    assert re.search(r"(IntegrityError|DataError)", line)
    assert re.search(r": (23505 t_name_key|23502|22P02)", line)
    assert "test_surroundings.py" in line


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (ValueError(PLANTED), "ValueError"),
        (KeyError(PLANTED), "KeyError"),
        (TypeError("unsupported operand"), "TypeError: unsupported operand"),
        (OSError(28, "No space left on device", PLANTED), "OSError: No space left on device"),
    ],
)
def test_an_error_is_logged_by_its_kind_and_place(error, shown):
    def fails():
        try:
            raise error
        except Exception as first:
            raise RuntimeError(PLANTED) from first

    line = logged(fails)
    assert "ZQLOG" not in line and shown in line and "RuntimeError" in line and "in fails" in line


def logged(act):
    """What the product's log has of the error of an act."""
    formatter = DictConfigurator(LOGGING).configure_formatter(dict(LOGGING["formatters"]["line"]))
    try:
        act()
    except Exception:
        info = sys.exc_info()
    record = logging.LogRecord("django.request", logging.ERROR, "", 0, "Error", (), info)
    assert WithRequestId().filter(record)
    return formatter.format(record)


def setting(name):
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return cursor.fetchone()[0]


@pytest.mark.case("SE-M12")
def test_the_server_of_the_product_is_started_quiet_and_another_is_checked(db, monkeypatch):
    for name in ("log_min_error_statement", "log_parameter_max_length_on_error"):
        assert str(OPTIONS[name]) in door_checks.QUIET[name]
    assert OPTIONS["log_error_verbosity"] in door_checks.QUIET["log_error_verbosity"]
    with connection.cursor() as cursor:
        for name, safe in door_checks.QUIET.items():
            cursor.execute(f"SET LOCAL {name} = '{sorted(safe)[-1]}'")
        assert list(door_checks.server_logs_no_statements()) == []
        cursor.execute("SET LOCAL log_min_error_statement = 'error'")
        cursor.execute("SET LOCAL log_statement = 'all'")
        cursor.execute("SET LOCAL log_min_duration_sample = '0'")
        cursor.execute("SET LOCAL log_transaction_sample_rate = '0.5'")
        cursor.execute("SET LOCAL debug_print_parse = 'on'")
    troubles = list(door_checks.server_logs_no_statements())
    assert [trouble.what.split(" ")[0] for trouble in troubles] == [
        "debug_print_parse",
        "log_min_duration_sample",
        "log_min_error_statement",
        "log_statement",
        "log_transaction_sample_rate",
    ]
    assert all(trouble.mend.startswith("ALTER SYSTEM SET") for trouble in troubles)


@pytest.mark.case("SE-L7")
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"SECURE": True, "ALLOWED_HOSTS": ["danchu.vn"]}, True),
        ({"SECURE": True, "ALLOWED_HOSTS": ["danchu.vn"], "ALLAUTH_TRUSTED_PROXY_COUNT": 1}, False),
        ({"SECURE": False, "ALLAUTH_TRUSTED_PROXY_COUNT": 1, "BIND": "0.0.0.0"}, True),
        ({"SECURE": False, "ALLOWED_HOSTS": ["127.0.0.1"]}, False),
    ],
)
def test_a_proxy_that_is_not_counted_is_found(settings, changes, wrong):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    for name, value in changes.items():
        setattr(settings, name, value)
    assert bool(list(door_checks.proxies_are_counted())) == wrong


@pytest.mark.case("SE-M14")
def test_an_installation_without_a_mail_server_is_told(settings):
    settings.TESTING = settings.DEMO = settings.DEBUG = False
    settings.EMAIL_BACKEND = "danchu.config.quiet.NoMail"
    (trouble,) = door_checks.letters_are_sent()
    assert "DANCHU_EMAIL_SERVER" in trouble.mend
    settings.DEMO = True
    assert list(door_checks.letters_are_sent()) == []


@pytest.mark.case("SE-M15")
def test_a_machine_without_the_key_of_the_factors_is_told(db, settings, tmp_path):
    from allauth.mfa.models import Authenticator

    from danchu.people.factor_key import encrypt
    from danchu.people.models import Account

    settings.VAULT_ROOT = tmp_path / "one"
    account = Account.objects.create(email="an@example.vn", name="An")
    Authenticator.objects.create(user=account, type="totp", data={"secret": encrypt("ABC")})
    assert list(door_checks.second_factors_can_be_read()) == []
    settings.VAULT_ROOT = tmp_path / "other"
    (trouble,) = door_checks.second_factors_can_be_read()
    assert "factor.keys" in trouble.mend
