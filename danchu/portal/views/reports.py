"""Reports for reading and printing: every number opens to its rows; sealed ones say what has changed since."""

from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import today
from danchu.look.pages import page
from danchu.portal.asked import day_asked, query
from danchu.reports.actions import seal_report
from danchu.reports.document import Number, fill
from danchu.reports.drift import drift_of
from danchu.reports.models import Seal
from danchu.reports.template import form_files, read_form
from danchu.units.names import name_of

SHOWN_CHANGES = 50


def figure_url(figure):
    """The public page of one figure."""
    asked = query(
        unit=figure.unit_id, since=figure.period.since.isoformat(), last=figure.period.last.isoformat(),
        map=figure.map_day.isoformat(),
    )  # fmt: skip
    return f"{reverse('figure', args=[figure.indicator.key])}?{asked}"


def reports(request):
    """The reports there are and those that were sealed."""
    language = _language()
    forms = [(name, read_form(name).title[language]) for name in form_files()]
    return page(request, "portal/reports.html", forms=forms, seals=Seal.objects.order_by("-pk")[:50])


def report(request, name):
    """One report as the records stand now, on the map asked for."""
    form = read_form(name)
    document = fill(form, _language(), day_asked(request, "map", default=form.map_day))
    blocks = [_block(block) for block in document.blocks]
    maps = [(day, f"?{query(map=day.isoformat())}", day == document.map_day) for day in (form.map_day, today())]
    return page(
        request, "portal/report.html", document=document, form=form, blocks=blocks, maps=maps,
        seals=Seal.objects.filter(form=name).order_by("-pk")[:10],
        may_seal=request.actor.may("seal", "report", document.unit_id),
    )  # fmt: skip


@require_POST
def seal(request, name):
    """Seal the report as it stands, on its own map."""
    made = seal_report(fill(read_form(name), "vi", day_asked(request, "map", default=read_form(name).map_day)), by=request.actor)
    return redirect("report_seal", pk=made.pk)


def report_seal(request, pk):
    """A sealed report: its text and hash, and whether the records still say so."""
    sealed = get_object_or_404(Seal, pk=pk)
    drifts = [_drift(drift) for drift in drift_of(sealed)]
    return page(
        request, "portal/report_seal.html", seal=sealed, drifts=drifts, changed=[d for d in drifts if d["changes"]],
        unit_name=name_of(sealed.unit_id, sealed.map_day),
    )  # fmt: skip


def _language():
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def _block(block):
    """The block with an address for each number."""
    spans = [_linked(s) if isinstance(s, Number) else (s, "") for s in block.spans]
    rows = [(row[0], [_linked(cell) for cell in row[1:]]) for row in block.rows]
    lines = [(name, [(label, f.value, figure_url(f)) for label, f in points]) for name, points in block.points]
    return {"kind": block.kind, "title": block.title, "spans": spans, "rows": rows, "head": block.head, "lines": lines}


def _linked(number):
    return number.text, figure_url(number.figure) if number.figures else ""


def _drift(drift):
    what = INDICATORS[drift.line.key]
    return {
        "name": what.en if _language() == "en" else what.vi,
        "unit": name_of(drift.line.unit_id, drift.line.map_day),
        "sealed": drift.sealed, "value": drift.value, "changes": drift.changes[:SHOWN_CHANGES],
        "more": max(0, len(drift.changes) - SHOWN_CHANGES), "line": drift.line,
    }  # fmt: skip
