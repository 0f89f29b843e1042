"""Backups are tested by restoring them."""

import json
import os
import subprocess
import sys
import tarfile
from contextlib import contextmanager

import psycopg
import pytest

from danchu.config.pg_tools import _first_error
from danchu.config.restore_databases import LOCK
from tests.config.conftest import Installation, database_of_its_own, kill, rows, wait_for
from tests.migrated import installed_template
from tests.sizes import long, part, turn

COUNTS = (
    "SELECT (SELECT count(*) FROM journal_entry), (SELECT count(*) FROM units_standing), "
    "(SELECT count(*) FROM people_account)"
)


@pytest.fixture(scope="module")
def filled(tmp_path_factory, django_db_blocker):
    """(installation, name, url): an installation on a database of its own, with a country and one
    of everything that keeps a file or a secret: papers of records, of petitions and of programmes,
    a photo, a sealed identity, a declared poll; beside them what is no record.
    """
    from django.conf import settings  # settings first

    from danchu.config.pg_tools import url_of

    var, name = tmp_path_factory.mktemp("backup"), f"danchu_filled_{os.getpid()}"
    url = url_of(name)
    # An installed copy: bootstrap begins from nothing elsewhere.
    with django_db_blocker.unblock():
        copied_from = installed_template() if settings.EMBEDDED else "template1"
    with database_of_its_own(name, copied_from):
        installation = Installation(var, DATABASE_URL=url)
        done = installation.run("bootstrap")
        assert done.returncode == 0, done.stdout + done.stderr
        done = installation.python("tests.config.everything")
        assert done.returncode == 0, done.stdout + done.stderr
        (var / "papers" / ".unfinished").write_bytes(b"half")
        (var / "papers" / "incoming-7zd_1ntv").write_bytes(b"half")
        (var / "papers" / "waiting").mkdir()
        (var / "papers" / "waiting" / ("7-" + "a" * 64)).write_bytes(b"not imported yet")
        yield installation, name, url


def papers_of(installation):
    """{place: content} of the stored papers."""
    root = installation.var / "papers"
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.glob("??/??/*")
        if not path.name.startswith(".")
    }


@pytest.fixture(scope="module")
def saved(filled):
    """The backup of that installation."""
    installation, _name, _url = filled
    target = installation.var / "saved.tar"
    done = installation.run("backup", str(target))
    assert done.returncode == 0, done.stdout + done.stderr
    return target


@pytest.fixture
def other(folder, empty_database):
    """(installation, url): another installation, its database empty."""
    _name, url = empty_database
    return Installation(folder, DATABASE_URL=url), url


@pytest.mark.case("SE-C1")
def test_what_is_restored_is_what_was_saved(filled, saved, other):
    source, _name, source_url = filled
    installation, url = other
    assert len(papers_of(source)) >= 2  # the papers of the acts, one of them twice, and a photo
    done = installation.run("restore", str(saved))
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(url, COUNTS) == rows(source_url, COUNTS)
    assert rows(url, "SELECT number, hash FROM journal_entry ORDER BY 1") == rows(
        source_url, "SELECT number, hash FROM journal_entry ORDER BY 1"
    )
    assert papers_of(installation) == papers_of(source)
    kinds = (
        "SELECT (SELECT count(*) FROM papers_paper), (SELECT count(*) FROM vault_sealed), "
        "(SELECT count(*) FROM conference_poll WHERE state = 'declared'), "
        "(SELECT count(*) FROM inspection_roundphoto WHERE paper_id IS NOT NULL)"
    )
    assert rows(url, kinds) == rows(source_url, kinds) and min(rows(url, kinds)[0]) > 0
    for name in (".unfinished", "incoming-7zd_1ntv", "waiting"):
        assert not (installation.var / "papers" / name).exists()
    done = installation.run("verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(installation.var.glob("restoring-*"))
    _constraints_and_triggers_came_along(url)


def _constraints_and_triggers_came_along(url):
    for statement in (
        "DELETE FROM journal_entry",
        "UPDATE journal_entry SET act = 'x'",
        "TRUNCATE journal_entry",
    ):
        with pytest.raises(Exception, match="."):
            rows(url, statement)
    assert rows(url, "SELECT count(*) FROM journal_entry")[0][0] > 0


@turn(4, together=3)
def test_records_are_replaced_whole_and_only_when_asked_for(filled, saved):
    installation, name, url = filled
    before = rows(url, COUNTS)
    rows(url, "CREATE TABLE added_later (n int)")
    refused = installation.run("restore", str(saved))
    assert refused.returncode == 1 and "--commit" in refused.stderr
    assert rows(url, "SELECT to_regclass('added_later') IS NOT NULL") == [(True,)]
    done = installation.run("restore", str(saved), "--commit")
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(url, "SELECT to_regclass('added_later') IS NULL") == [(True,)]
    assert rows(url, COUNTS) == before
    assert rows(
        url.replace(name, f"{name}_before"), "SELECT to_regclass('added_later') IS NOT NULL"
    ) == [(True,)]


@turn(4, together=3)
def test_an_empty_installation_is_restored_by_its_set_up_page(filled, saved, folder):
    from django.conf import settings  # settings first

    from danchu.config.pg_tools import url_of

    _source, _name, source_url = filled
    name = f"danchu_page_{os.getpid()}"
    copied_from = installed_template() if settings.EMBEDDED else "template1"
    with database_of_its_own(name, copied_from):
        url = url_of(name)
        installation = Installation(
            folder, DATABASE_URL=url, DANCHU_BACKUPS=str(saved.parent), SOURCE=saved.name
        )
        done = installation.run("bootstrap")
        assert done.returncode == 0, done.stdout + done.stderr
        done = installation.python("tests.config.restore_by_page")
        log = (folder / "restoring.log").read_text() if done.returncode == 0 else ""
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Đã phục hồi" in done.stdout and "Đăng nhập" in done.stdout, done.stdout + log
        # The keys stayed on the machine before: what this one lacks is told at once.
        assert "Máy này còn thiếu" in done.stdout and "danchu vault recover" in done.stdout
        assert rows(url, COUNTS) == rows(source_url, COUNTS)
        assert (folder / "restart").exists()


@pytest.fixture
def one_paper_lost(filled):
    """The hash of a paper that is not where it belongs for the time of the test."""
    installation, _name, _url = filled
    place = sorted(papers_of(installation))[0]
    path = installation.var / "papers" / place
    content = path.read_bytes()
    path.unlink()
    yield path.name
    path.write_bytes(content)


@turn(4, together=0)
@pytest.mark.case("SE-M3")
def test_a_backup_that_lacks_a_paper_says_so_loudly_and_can_be_restored(
    filled, one_paper_lost, other
):
    source, _name, _url = filled
    target = source.var / "lacking.tar"
    done = source.run("backup", str(target))
    assert done.returncode == 1 and one_paper_lost in done.stderr and "THIẾU 1 tệp" in done.stderr
    installation, _url = other
    done = installation.run("restore", str(target))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "thiếu 1 tệp" in done.stderr
    assert installation.run("verify").returncode == 1


@turn(4, together=2)
def test_a_backup_whose_rows_were_changed_is_refused_with_the_reason(filled, other):
    source, _name, url = filled
    with changed_entry(url):
        target = source.var / "changed.tar"
        assert source.run("backup", str(target)).returncode == 0
    installation, _url = other
    done = installation.run("restore", str(target))
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "Đầu chuỗi" not in done.stderr and "bị sửa" in done.stderr


@contextmanager
def changed_entry(url):
    """The first entry of the journal with another name of who wrote it."""

    def write(column):
        rows(
            url,
            "ALTER TABLE journal_entry DISABLE TRIGGER ALL; UPDATE journal_entry SET actor_name = "
            f"{column} WHERE number = 1; ALTER TABLE journal_entry ENABLE TRIGGER ALL",
        )

    write("actor_name || '!'")
    try:
        yield
    finally:
        write("left(actor_name, -1)")


def _cut(path, target):
    target.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _flip(path, target):
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    target.write_bytes(content)


def _without(name):
    def rewrite(path, target):
        with tarfile.open(path) as old, tarfile.open(target, "w") as new:
            for member in old:
                if member.name != name:
                    new.addfile(member, old.extractfile(member))

    return rewrite


def _without_a_paper(path, target):
    with tarfile.open(path) as archive:
        paper = next(name for name in archive.getnames() if name.startswith("papers/"))
    _without(paper)(path, target)


def _another_manifest(path, target):
    with tarfile.open(path) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = old.extractfile(member)
            if member.name == "manifest.json":
                told = json.loads(content.read())
                told["rows"]["journal_entry"] += 1
                changed = json.dumps(told).encode()
                member.size = len(changed)
                content = __import__("io").BytesIO(changed)
            new.addfile(member, content)


def _outside(path, target):
    _cut(path, target)
    with tarfile.open(target, "w") as new:
        new.add(__file__, arcname="../outside")


DAMAGES = {
    "cut off": _cut,
    "one bit": _flip,
    "a paper missing": _without_a_paper,
    "no manifest": _without("manifest.json"),
    "manifest altered": _another_manifest,
    "a path outside": _outside,
}


@long
@pytest.mark.parametrize("damage", part(DAMAGES, 6, "damages"))
def test_a_damaged_backup_is_refused_and_nothing_is_touched(saved, other, damage):
    installation, url = other
    broken = installation.var / "broken.tar"
    DAMAGES[damage](saved, broken)
    done = installation.run("restore", str(broken))
    assert (
        done.returncode == 1 and "Không phục hồi" in done.stderr and "Traceback" not in done.stderr
    )
    assert rows(url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert not (installation.var.parent / "outside").exists() and not list(
        installation.var.glob("restoring-*")
    )


@turn(4, together=3)
def test_a_backup_of_a_newer_version_is_refused(filled, saved, other):
    source, _name, url = filled
    rows(
        url,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('units', "
        "'9999_from_the_future', now())",
    )
    try:
        newer = source.var / "newer.tar"
        assert source.run("backup", str(newer)).returncode == 0
    finally:
        rows(url, "DELETE FROM django_migrations WHERE name = '9999_from_the_future'")
    installation, _url = other
    done = installation.run("restore", str(newer))
    assert done.returncode == 1 and "9999_from_the_future" in done.stderr


def test_a_failed_backup_leaves_the_old_file(filled, saved):
    installation, _name, _url = filled
    before = saved.read_bytes()
    full = installation.run(
        "backup", str(saved), PG_BIN="/nonexistent", DATABASE_URL="postgresql://x@127.0.0.1:9/none"
    )
    assert full.returncode == 1 and "Traceback" not in full.stderr
    assert saved.read_bytes() == before and not list(installation.var.glob(".saved.tar*"))


@long
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a full device")
def test_a_place_that_cannot_be_written_is_one_line(filled):
    installation, _name, _url = filled
    places = "/proc/backup.tar", "/nowhere/backup.tar", str(installation.var)
    for place in part(places, 3, "places"):
        done = installation.run("backup", place)
        assert done.returncode == 1 and "Traceback" not in done.stderr, place


STAGES = ["Đọc và đối chiếu", "Dựng cơ sở dữ liệu", "Kiểm tra nhật ký", "Thay cơ sở dữ liệu"]


@turn(2, together=1)
@pytest.mark.parametrize("stage", part(STAGES, 4, "stages"))
def test_killed_at_any_stage_the_old_state_stands_and_its_children_die_too(filled, saved, stage):
    installation, _name, url = filled
    before = rows(url, COUNTS)
    _kill_at(installation, saved, stage)
    assert wait_for(lambda: rows(url, COUNTS)) == before
    wait_for(
        lambda: (
            not [
                line
                for line in installation.processes().values()
                if "pg_restore" in line or "danchu.config" in line
            ]
        )
    )


@turn(4, together=2)
def test_after_a_killed_restore_the_next_one_succeeds_at_once_and_removes_what_was_left(
    filled, saved
):
    installation, name, url = filled
    before = rows(url, COUNTS)
    for stage in part(STAGES[1:3], 2, "what was left"):
        _kill_at(installation, saved, stage)
    done = installation.run("restore", str(saved), "--commit")
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(url, COUNTS) == before
    assert (
        rows(
            url,
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
            f"{name}_restoring",
        )
        == []
    )
    assert not list(installation.var.glob("restoring-*"))


def _kill_at(installation, saved, stage):
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "danchu.config", "restore", str(saved), "--commit"],
        env=installation.environment,
        cwd=installation.var,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert next((line for line in process.stdout if line.startswith(stage)), None), (
            f"never came to {stage}"
        )
        kill(process.pid)


# The command, which waits a second for another restore and not a quarter of a minute.
IMPATIENT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "danchu.config.settings"
from danchu.config import restore_databases
from danchu.config.command import main
restore_databases.PATIENCE_SECONDS = 1
sys.exit(main())
"""


def test_a_second_restore_at_the_same_time_is_told_to_wait(filled, saved):
    installation, name, url = filled
    with psycopg.connect(url_of_maintenance(url, name), autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s, hashtext(%s))", [LOCK, name])
        done = subprocess.run(
            [sys.executable, "-c", IMPATIENT, "restore", str(saved), "--commit"],
            env=installation.environment,
            cwd=installation.var,
            capture_output=True,
            text=True,
        )
    assert (
        done.returncode == 1
        and "Một lần phục hồi khác đang chạy" in done.stderr
        and "Traceback" not in done.stderr
    )


def url_of_maintenance(url, name):
    return url.replace(f"/{name}?", "/postgres?")


def test_what_a_tool_complains_of_is_told_not_the_end_of_its_statement():
    told = (
        "pg_restore: warning: x\npg_restore: error: could not execute query: ERROR:  no "
        "room\nCommand was: CREATE TABLE a (\n b int\n);\n"
    )
    assert _first_error(told) == "pg_restore: error: could not execute query: ERROR:  no room"
    assert (_first_error("one\ntwo"), _first_error("")) == ("one", "")


def test_the_seal_of_the_file_is_for_its_owner_alone(saved):
    assert saved.stat().st_mode & 0o077 == 0
