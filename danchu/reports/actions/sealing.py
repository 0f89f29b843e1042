"""Sealing a report: the one act of this room."""

from collections.abc import Callable
from functools import wraps

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import require
from danchu.reports.document import Document
from danchu.reports.models import Seal, SealLine
from danchu.reports.publishing import publish_totals
from danchu.reports.sealing import Content, read_content, seal_digest, text_of

NO_RIGHT = _("Ông/bà không có quyền niêm phong báo cáo của đơn vị này.")


def _with_content(act: Callable[..., Seal]) -> Callable[..., Seal]:
    """Publish, then read the content, before the transaction of the act begins: a snapshot that is
    older than the last entry of the journal could not write the next one.
    """

    @wraps(act)
    def act_with_content(document: Document, *, by: Acting) -> Seal:
        require(by.may("seal", "report", document.unit_id), NO_RIGHT)
        publish_totals(document, by=by)
        return act(document, by=by, content=read_content(document))

    return act_with_content


@_with_content
@transaction.atomic
def seal_report(document: Document, *, by: Acting, content: Content) -> Seal:
    """Store the report with the rows behind every figure under one hash. Callers give the document
    only: totals of persons' matters for its own periods are published, then it is filled anew, and
    its values and rows are read in one snapshot, which `journal_head` names. Where the latest seal
    says the same, it is returned and no second hash is made. Denied without the right; Refused as
    in `read_content`.
    """
    document = content.document
    require(by.may("seal", "report", document.unit_id), NO_RIGHT)
    with connection.cursor() as cursor:  # one seal at a time: the second sees the first
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('report.seal'))")
    text = text_of(document)
    same = _same_seal(content, text)
    if same:
        return same
    seal = Seal.objects.create(
        form=document.form.name,
        title=document.title,
        unit_id=document.unit_id,
        map_day=document.map_day,
        text=text,
        sealed_by=by.key,
        sealed_at=now(),
        journal_head=content.journal_head,
        digest=seal_digest(
            document.form.name,
            document.title,
            document.unit_id,
            document.map_day,
            text,
            content.journal_head,
            [line.digest for line in content.lines],
        ),
    )
    for line in content.lines:
        line.seal = seal
    SealLine.objects.bulk_create(content.lines)
    record(by, "report.sealed", seal, unit=document.unit_id, digest=seal.digest)
    return seal


def _same_seal(content: Content, text: list) -> Seal | None:
    """The latest seal of the report on its map, where its text and all its lines are these."""
    document = content.document
    latest = (
        Seal.objects.filter(form=document.form.name, map_day=document.map_day).order_by("pk").last()
    )
    if latest is None:
        return None
    sealed = (
        latest.title,
        latest.unit_id,
        latest.text,
        [line.digest for line in latest.lines.all()],
    )
    now = (document.title, document.unit_id, text, [line.digest for line in content.lines])
    return latest if sealed == now else None
