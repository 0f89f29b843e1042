"""Sealing a report: the one act of this room."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.figures.answer import Figure
from danchu.journal.actions import record
from danchu.journal.verify import head
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.reports.document import Document
from danchu.reports.models import Seal, SealLine
from danchu.reports.sealing import (
    base_figures,
    evidence_lines,
    line_digest,
    packed,
    seal_digest,
    text_of,
)


@transaction.atomic
def seal_report(document: Document, *, by: Acting) -> Seal:
    """Store the report with the rows behind every figure under one hash. The rows are read in this
    transaction. Denied without the right; Refused for a report without figures.
    """
    require(
        by.may("seal", "report", document.unit_id),
        _("Ông/bà không có quyền niêm phong báo cáo của đơn vị này."),
    )
    with transaction.atomic():
        lines = [_line(figure) for figure in base_figures(document)]
    if not lines:
        raise Refused(_("Báo cáo không có số liệu nào để niêm phong."))
    journal_head = "{}:{}".format(*head())
    text = text_of(document)
    seal = Seal.objects.create(
        form=document.form.name,
        title=document.title,
        unit_id=document.unit_id,
        map_day=document.map_day,
        text=text,
        sealed_by=by.key,
        sealed_at=datetime.now(UTC),
        journal_head=journal_head,
        digest=seal_digest(
            document.form.name,
            document.title,
            document.unit_id,
            document.map_day,
            text,
            journal_head,
            [line.digest for line in lines],
        ),
    )
    for line in lines:
        line.seal = seal
    SealLine.objects.bulk_create(lines)
    record(by, "report.sealed", seal, unit=document.unit_id, digest=seal.digest)
    return seal


def _line(figure: Figure) -> SealLine:
    """The unsaved line of one figure, with its evidence and digest."""
    value = "" if figure.value is None else str(figure.value)
    values = (
        figure.indicator.key,
        figure.unit_id,
        figure.period.since,
        figure.period.until,
        figure.map_day,
        value,
    )
    evidence = packed(evidence_lines(figure))
    names = ("key", "unit_id", "since", "until", "map_day", "value")
    return SealLine(
        **dict(zip(names, values, strict=True)),
        evidence=evidence,
        digest=line_digest(*values, evidence),
    )
