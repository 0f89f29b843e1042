"""Requesting an export, recording its download, removing expired files."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from danchu.exports.models import Export, State
from danchu.exports.store import remove_files
from danchu.exports.tables import listing_named, rights_digest, table
from danchu.jobs.queue import defer, queue
from danchu.journal.actions import record
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, require
from danchu.people.actor import Actor

MOST_AT_ONCE = 5
WRITE = "exports.write"  # declared in tasks.py


@transaction.atomic
def request_export(name: str, query: str, ending: str, *, by: Actor) -> Export:
    """Queue the export of the list `name`, filtered by the query string `query`, to a "csv" or
    "xlsx" file.

    Idempotent: an equal export of this account that is still waiting or being written is returned
    instead. Refused for an unknown list, filters that do not parse, or too many unfinished exports.
    """
    require(by.account_id is not None, _("Hãy đăng nhập."))
    listing = listing_named(name)
    if listing is None or ending not in ("csv", "xlsx"):
        raise Refused(_("Không có danh sách nào như vậy."))
    table(listing, by, QueryDict(query))
    with connection.cursor() as cursor:  # of two requests at once the second sees the first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"exports {by.account_id}"])
    unfinished = Export.objects.filter(
        account=by.account_id, state__in=(State.WAITING, State.WRITING)
    )
    same = unfinished.filter(name=name, query=query, ending=ending).first()
    if same is not None:
        return same
    if unfinished.count() >= MOST_AT_ONCE:
        raise Refused(_("Đang có %s tệp chờ xong: hãy đợi rồi yêu cầu thêm.") % MOST_AT_ONCE)
    export = Export.objects.create(
        account_id=by.account_id,
        second_factor=not by.lacks_second_factor,
        rights=rights_digest(by),
        name=name,
        query=query,
        ending=ending,
        asked_at=now(),
        last_day=today() + timedelta(days=settings.EXPORT_DAYS),
    )
    defer(queue.tasks[WRITE], lock=f"exports.{by.account_id}", export=export.pk)
    record(by, "export.requested", export, name=name, ending=ending)
    return export


@transaction.atomic
def note_download(export: Export, *, by: Actor) -> None:
    """Record the download of an export in the journal; Denied for any other account."""
    require(by.account_id == export.account_id)
    record(by, "export.downloaded", export, rows=export.rows)


@transaction.atomic
def remove_exports(*, by: Actor) -> int:
    """Delete the files of expired exports and return their number. Rows that another transaction
    has locked are skipped.
    """
    require(by.may("correct", "job", None), _("Ông/bà không có quyền quản trị việc chạy nền."))
    expired = list(
        Export.objects.filter(last_day__lt=today())
        .exclude(state=State.REMOVED)
        .select_for_update(skip_locked=True)
    )
    for export in expired:
        remove_files(export)
    Export.objects.filter(pk__in=[export.pk for export in expired]).update(
        state=State.REMOVED, query=""
    )
    if expired:
        record(by, "export.removed", None, number=len(expired))
    return len(expired)
