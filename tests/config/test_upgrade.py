"""An upgrade is whole or not at all, and one command leads back; the backup of 0.1.0 is kept and
brought to the version of today.
"""

import csv
import json
import lzma
import os
import shutil
import tarfile
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from danchu.config import bootstrap, program, upgrade
from danchu.config.restore import restore
from danchu.config.schema import refuse_other_schema
from danchu.kernel.refusals import Refused
from danchu.kernel.version import VERSION
from tests.architecture.sources import ROOT
from tests.config.conftest import Installation, rows
from tests.sizes import turn

# A backup that 0.1.0 wrote, its dump not compressed, so that the file as a whole can be.
OLD = Path(__file__).parent / "assets" / "danchu-0.1.0.tar.xz"
STATE = (
    "SELECT (SELECT count(*) FROM journal_entry), (SELECT max(hash) FROM journal_entry WHERE "
    "number = (SELECT max(number) FROM journal_entry)), (SELECT count(*) FROM django_migrations), "
    "(SELECT string_agg(email, ',' ORDER BY email) FROM people_account)"
)


@pytest.fixture
def old(folder, empty_database, settings):
    """(installation, url): the data of 0.1.0 under the program of today, nothing running."""
    name, url = empty_database
    installation = Installation(folder, DATABASE_URL=url, DANCHU_BACKUPS=str(folder))
    database = {**settings.DATABASES["default"], "NAME": name}
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(settings.DATABASES, "default", database)
        patch.setattr(settings, "VAR", folder)
        patch.setattr(settings, "PAPERS_ROOT", folder / "papers")
        patch.setattr(settings, "JOURNAL_ROOT", folder / "journal")
        patch.setattr(settings, "VAULT_ROOT", folder / "vault")
        patch.setattr(settings, "JOURNAL_KEYS", folder / "vault" / "journal")
        backup = folder / "old.tar"
        with lzma.open(OLD) as packed, open(backup, "wb") as file:
            shutil.copyfileobj(packed, file)
        restore(backup, as_it_was=True)
    return installation, url


@turn(3)
def test_from_the_first_version_to_this_one_and_back(old):
    installation, url = old
    before = rows(url, STATE)
    refused = installation.run("bootstrap")
    assert refused.returncode == 1 and "danchu upgrade" in refused.stderr
    assert rows(url, STATE) == before, "nothing was changed"

    done = installation.run("upgrade")
    assert done.returncode == 0, done.stdout + done.stderr
    [saved] = installation.var.glob("danchu-*-truoc-*.tar")
    assert installation.run("bootstrap").returncode == 0
    assert rows(url, STATE)[0][2] > before[0][2]

    upgraded = rows(url, STATE)
    account = ("account", "create", "moi@hanoi.example", "Người Mới", "--no-password")
    done = installation.run(*account)
    entered = rows(url, STATE)[0][0] - before[0][0]
    assert rows(url, STATE)[0][0] > upgraded[0][0], done.stdout + done.stderr

    back = installation.run("upgrade", "--back")
    assert back.returncode == 0, back.stdout + back.stderr
    assert rows(url, STATE) == before
    [listing] = installation.var.glob("*-nhap-sau-nang-cap-*.csv")
    with open(listing) as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == entered and f"{entered} việc" in back.stdout
    assert listing.with_suffix(".tar").exists() and str(listing) in back.stdout
    assert listing.stat().st_mode & 0o077 == 0 and saved.exists()
    assert not (installation.var / "upgrade.json").exists(), "there is nothing to go back from"


def test_the_kept_backup_is_of_the_version_it_says():
    with tarfile.open(OLD) as archive:
        manifest = json.loads(archive.extractfile("manifest.json").read())
    assert manifest["format"] == 1 and manifest["journal"][0] > 0
    assert OLD.stat().st_size < 3 << 20


def test_while_it_is_served_nothing_is_upgraded(settings, tmp_path):
    import fcntl

    settings.VAR = tmp_path
    with open(tmp_path / "serve.lock", "a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        for act in (lambda: upgrade.upgrade(tmp_path / "x.tar"), upgrade.go_back):
            with pytest.raises(Refused, match="dừng dịch vụ"):
                act()
    with pytest.raises(Refused, match="chưa nâng cấp lần nào"):
        upgrade.go_back()


def test_a_backup_that_fails_leaves_no_upgrade(settings, tmp_path, monkeypatch, db):
    settings.VAR = tmp_path
    monkeypatch.setattr(upgrade, "pending_migrations", lambda: [("units", "0099_later")])

    def fails(*_words, **_named):
        raise Refused("đầy đĩa")

    restored = []
    monkeypatch.setattr(upgrade, "backup", fails)
    monkeypatch.setattr(upgrade, "restore", lambda *words, **named: restored.append(words))
    with pytest.raises(Refused, match="đầy đĩa"):
        upgrade.upgrade(tmp_path / "x.tar")
    assert restored == [] and upgrade.last_upgrade() is None


def test_a_demo_and_an_empty_database_still_migrate_by_themselves(settings, monkeypatch, db):
    monkeypatch.setattr(bootstrap, "pending_migrations", lambda: [("units", "0099_later")])
    called = []
    monkeypatch.setattr(bootstrap, "call_command", lambda *words, **named: called.append(words))
    settings.TESTING = settings.DEBUG = settings.DEMO = False
    assert bootstrap.migrate() == "1" and called, "nobody has an account"
    monkeypatch.setattr(bootstrap, "_is_in_use", lambda: True)
    with pytest.raises(Refused, match="danchu upgrade"):
        bootstrap.migrate()
    assert len(called) == 1
    assert bootstrap.migrate(in_place=True) == "1"
    settings.DEMO = True
    assert bootstrap.migrate() == "1"


def test_a_program_older_than_its_database_neither_starts_nor_proves_anything(
    settings, tmp_path, db
):
    settings.VAR = tmp_path
    settings.TESTING = settings.DEBUG = settings.DEMO = False
    MigrationRecorder(connection).record_applied("units", "0099_later")
    for act in (bootstrap.migrate, lambda: upgrade.upgrade(tmp_path / "x.tar")):
        with pytest.raises(Refused, match="Cơ sở dữ liệu.*mới hơn.*units.0099_later"):
            act()
    for command in ("verify", "figure", "report", "account", "import"):
        with pytest.raises(Refused, match="mới hơn.*units.0099_later"):
            refuse_other_schema(command)
    for command in ("check", "backup", "upgrade", "shell", "no-such-command"):
        refuse_other_schema(command)


def test_a_program_newer_than_its_database_asks_for_the_upgrade(db):
    refuse_other_schema("verify")
    MigrationRecorder(connection).record_unapplied("journal", "0002_written_once")
    with pytest.raises(Refused, match="1 bước.*danchu upgrade"):
        refuse_other_schema("verify")
    refuse_other_schema("bootstrap")


def test_the_program_that_serves_is_written_down_for_the_way_back(settings, tmp_path):
    settings.VAR = tmp_path
    assert program.note_version() == "" and program.program_before()[0] == VERSION
    written = (tmp_path / "program").stat().st_mtime_ns
    program.note_version()
    assert (tmp_path / "program").stat().st_mtime_ns == written
    assert (len(program.commit_of("HEAD")) == 40) == (ROOT / ".git").exists()
    settings.ROOT = tmp_path / os.devnull.strip("/")
    assert program.commit_of("HEAD") == ""
