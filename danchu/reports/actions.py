"""Sealing a report: the one act of this room."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.journal.verify import head
from danchu.kernel.refusals import Refused, require
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
def seal_report(document, *, by):
    """Keep the report with every figure's rows under one hash. The figures are read again in
    this transaction.
    """
    require(
        by.may("seal", "report", document.unit_id),
        _("Ông/bà không có quyền niêm phong báo cáo của đơn vị này."),
    )
    with transaction.atomic():
        lines = [_line(found) for found in base_figures(document)]
    if not lines:
        raise Refused(_("Báo cáo không có số liệu nào để niêm phong."))
    noted = "{}:{}".format(*head())
    text = text_of(document)
    seal = Seal.objects.create(
        form=document.form.name,
        title=document.title,
        unit_id=document.unit_id,
        map_day=document.map_day,
        text=text,
        sealed_by=by.key,
        sealed_at=datetime.now(UTC),
        journal_head=noted,
        digest=seal_digest(
            document.form.name,
            document.title,
            document.unit_id,
            document.map_day,
            text,
            noted,
            [line.digest for line in lines],
        ),
    )
    for line in lines:
        line.seal = seal
    SealLine.objects.bulk_create(lines)
    record(by, "report.sealed", seal, unit=document.unit_id, digest=seal.digest)
    return seal


def _line(found):
    value = "" if found.value is None else str(found.value)
    said = (
        found.indicator.key,
        found.unit_id,
        found.period.since,
        found.period.until,
        found.map_day,
        value,
    )
    evidence = packed(evidence_lines(found))
    names = ("key", "unit_id", "since", "until", "map_day", "value")
    return SealLine(
        **dict(zip(names, said, strict=True)),
        evidence=evidence,
        digest=line_digest(*said, evidence),
    )
