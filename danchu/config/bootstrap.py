"""Brings an installation up to date from any state: schema, translations, reference data, demo
records, static files.

Each step is idempotent and first checks whether there is anything to do, so a second start takes
moments. Each is one transaction, so a killed step leaves the old state.
"""

import hashlib
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.utils.translation import gettext as _

from danchu.casework.actions import seal_earlier_files
from danchu.casework.loading import load_matters
from danchu.conference.votes.orphaned_keys import destroy_orphaned_keys
from danchu.config.catalogues import compile_catalogue
from danchu.config.program import note_version
from danchu.config.published_papers import look_at_earlier_papers
from danchu.config.schema import pending_migrations, refuse_newer_database
from danchu.decision.writes.online_keys import destroy_keys_of_closed
from danchu.disclosure.loading import load_catalogue
from danchu.figures.loading import load_scores
from danchu.journal.loading import found_digests
from danchu.journal.signing import existing_ring, found_ring, public_key
from danchu.journal.verify import head
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.law.loading import load_law
from danchu.obligations.actions import recount_obligations, revise_misjudged
from danchu.obligations.loading import load_escalations
from danchu.people.actions import encrypt_earlier_factors, note_secret_key
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds
from danchu.units.actions import correct_loaded_units
from danchu.units.sources_load import load_units
from danchu.vault.actions import bind_earlier_locks

LOCK = 2025070100  # advisory lock held while a database is brought up to date


@dataclass(frozen=True)
class Step:
    """`run()` does what is missing and returns what it did in a few words, "" for nothing."""

    name: str
    run: object


def steps(new_secret_key=False, in_place=False):
    """The steps in order; the demo's records only with DANCHU_DEMO. `new_secret_key`: the key of
    this machine is the installation's from now on. `in_place`: as `migrate` says.
    """
    by = Actor.system("bootstrap")
    yield Step("Lược đồ dữ liệu (schema)", lambda: migrate(in_place))
    yield Step("Khóa ký nhật ký (key of the journal)", make_journal_key)
    yield Step("Bản dịch (translations)", compile_translations)
    yield Step("Mã kiểm của bản ghi (digests of records)", lambda: _count(found_digests(by=by)))
    yield Step("Đơn vị hành chính (units)", lambda: _rows(load_units(by=by)))
    yield Step(
        "Đính chính tên và ngày của đơn vị (names and days of units)",
        lambda: _count(correct_loaded_units(by=by)),
    )
    yield Step("Quy tắc và lịch làm việc (law, calendar)", lambda: _law(load_law(by=by)))
    yield Step(
        "Hạn đã tính theo quy tắc sai (due days judged wrongly)",
        lambda: _count(recount_obligations(by=by) + revise_misjudged(by=by)),
    )
    yield Step("Ai được báo việc quá hạn (escalations)", lambda: _count(load_escalations(by=by)))
    yield Step(
        "Danh mục phải công khai (what must be disclosed)",
        lambda: _count(load_catalogue(by=by)),
    )
    yield Step("Nội dung đơn thư (matters)", lambda: _count(load_matters(by=by)))
    yield Step("Chức vụ và quyền (offices and rights)", lambda: ", ".join(load_office_kinds(by=by)))
    yield Step("Chỉ số PAR INDEX, SIPAS (outside series)", lambda: _count(load_scores(by=by)))
    yield Step(
        "Khóa hòm phiếu còn sót (keys of urns left over)", lambda: _count(destroy_orphaned_keys())
    )
    yield Step(
        "Khóa hòm phiếu trực tuyến còn sót (keys of votes on line)",
        lambda: _count(destroy_keys_of_closed()),
    )
    yield Step(
        "Niêm phong nốt hồ sơ của đơn tố cáo (files of denunciations)",
        lambda: _count(seal_earlier_files(by=by)),
    )
    yield Step(
        "Tệp công khai từ trước (files published before)",
        lambda: _count(look_at_earlier_papers(by=by)),
    )
    yield Step(
        "Khóa bí mật (secret key)",
        lambda: "✓" if note_secret_key(by=by, anew=new_secret_key) else "",
    )
    yield Step(
        "Mã hóa xác thực hai lớp (second factors)", lambda: _count(encrypt_earlier_factors(by=by))
    )
    yield Step(
        "Gắn khóa két với từng danh tính (locks of the vault)",
        lambda: _count(bind_earlier_locks(by=by)),
    )
    if settings.DEMO:
        from danchu.config.demo import load_demo  # noqa: PLC0415  late: seldom

        yield Step("Số liệu minh họa (illustrative records)", lambda: load_demo(by=by))
    yield Step("Tệp tĩnh (static files)", collect_static)
    yield Step("Phiên bản (version)", note_version)


@contextmanager
def bootstrap_lock():
    """Hold the advisory lock, so that of two servers starting on one database the second waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def migrate(in_place=False):
    """Apply pending migrations; how many, as text. Refused where people work already with the
    version before, unless `in_place`: a migration that fails half-way would leave them nothing; and
    where a newer version has changed the database.
    """
    refuse_newer_database()
    pending = pending_migrations()
    if not pending:
        return ""
    if not (in_place or settings.DEMO or settings.DEBUG or settings.TESTING) and _is_in_use():
        raise Refused(
            _(
                "Cơ sở dữ liệu là của một phiên bản khác, còn %(n)s bước cập nhật: chưa đổi gì. "
                "Dừng dịch vụ rồi chạy danchu upgrade: lệnh sao lưu trước, quay lại được bằng "
                "danchu upgrade --back."
            )
            % {"n": show_number(len(pending))}
        )
    call_command("migrate", verbosity=0, interactive=False)
    return _count(len(pending))


def _is_in_use():
    """Whether anybody has an account; asked without the models, which are those of this version."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.people_account')")
        if cursor.fetchone()[0] is None:
            return False
        cursor.execute("SELECT 1 FROM people_account LIMIT 1")
        return cursor.fetchone() is not None


def make_journal_key():
    """Make the key that signs entries when there is none; its public half, as text."""
    if existing_ring():
        return ""
    found_ring(*head())
    return public_key()


def stale_translations():
    """The paths of .po files whose .mo is missing or older."""
    for path in sorted(
        po for root in settings.LOCALE_PATHS for po in root.glob("*/LC_MESSAGES/*.po")
    ):
        compiled_path = path.with_suffix(".mo")
        if not compiled_path.exists() or compiled_path.stat().st_mtime < path.stat().st_mtime:
            yield path


def compile_translations():
    """Compile every stale .po file, without gettext on the machine; the languages, as text."""
    done = []
    for path in stale_translations():
        fresh = path.with_suffix(f".mo.{os.getpid()}")  # two processes may start at once
        with open(path, encoding="utf-8") as source, open(fresh, "wb") as target:
            target.write(compile_catalogue(source.read()))
        fresh.replace(path.with_suffix(".mo"))
        done.append(path.parts[-3])
    return ", ".join(done)


def static_fingerprint():
    """SHA-256 over the path, size and modification time of every static source file."""
    paths = (
        Path(storage.path(name)) for finder in get_finders() for name, storage in finder.list([])
    )
    entries = (
        f"{path} {stat.st_size} {stat.st_mtime_ns}" for path in paths if (stat := path.stat())
    )
    return hashlib.sha256("\n".join(sorted(entries)).encode()).hexdigest()


def static_is_collected():
    """Whether the collected files are those of the present sources."""
    stamp = settings.STATIC_ROOT / ".mark"
    return stamp.exists() and stamp.read_text() == static_fingerprint()


def collect_static():
    """Collect static files when their sources changed; the folder, as text."""
    if static_is_collected():
        return ""
    call_command("collectstatic", verbosity=0, interactive=False)
    (settings.STATIC_ROOT / ".mark").write_text(static_fingerprint())
    return str(settings.STATIC_ROOT)


def _count(number):
    return show_number(number) if number else ""


def _rows(counts):
    return show_number(sum(counts.values())) if counts else ""


def _law(loaded):
    rules, years = loaded
    return f"{_count(rules)} quy tắc, {years} năm" if rules or years else ""
