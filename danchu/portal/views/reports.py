"""Published reports: every number a link to its rows; what was sealed, and which rows changed
since.
"""

from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period, day_of, today
from danchu.kernel.refusals import require
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.papers.answers import made_answer
from danchu.portal import rows
from danchu.portal.asked import day_asked
from danchu.portal.question import figure_url, period_words
from danchu.reports.actions import seal_report
from danchu.reports.document import UNKNOWN, Number, fill
from danchu.reports.drift import drift_of
from danchu.reports.files import report_content
from danchu.reports.models import Seal
from danchu.reports.template import form_files, read_form
from danchu.units.names import name_of

MOST_CHANGES = 50
MEDIA = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
}
HOW = {
    "came": _("Thêm vào sau khi niêm phong"),
    "gone": _("Không còn được tính"),
    "counts": _("Được tính khác đi"),
    "corrected": _("Đã được đính chính"),
}


def reports(request):
    """All reports there are, each with its last seal."""
    return page(request, "portal/reports.html", reports=published())


def published(most=None):
    """[{form, title, when, seal}] of the reports there are, those with a seal first."""
    seals = {seal.form: seal for seal in Seal.objects.order_by("sealed_at")}
    forms = [read_form(name) for name in form_files()]
    found = [
        {"form": it, "title": it.title[_language()], "when": period_words(it.period)}
        for it in forms
    ]
    for row in found:
        row["seal"] = seals.get(row["form"].name)
    return sorted(found, key=lambda row: row["seal"] is None)[:most]


def report(request, name):
    """The report as the records stand now, on its own map or that of another day."""
    form = read_form(name)
    document = fill(form, _language(), day_asked(request, "map", default=form.map_day))
    return page(
        request,
        "portal/report.html",
        document=document,
        form=form,
        when=period_words(form.period),
        blocks=[_block(block) for block in document.blocks],
        seals=list(Seal.objects.filter(form=name).order_by("-sealed_at")[:10]),
        endings=[(ending, ending[1:].upper()) for ending in MEDIA],
        may_seal=request.actor.may("seal", "report", document.unit_id),
        maps=[(day, day == document.map_day) for day in dict.fromkeys([form.map_day, today()])],
    )


def report_file(request, name, ending):
    """The report as the records stand now, as a file."""
    form = read_form(name)
    document = fill(form, _language(), day_asked(request, "map", default=form.map_day))
    content = report_content(document, ending)
    return made_answer(content, f"{form.name}{ending}", MEDIA[ending], private=False)


@require_POST
def seal(request, name):
    """Seal the report as it stands on the map asked for."""
    require(not request.actor.is_public)  # before the figures are worked out
    form = read_form(name)
    document = fill(form, "vi", day_asked(request, "map", default=form.map_day))
    return redirect("report_seal", pk=seal_report(document, by=request.actor).pk)


def report_seal(request, pk):
    """A sealed report: what it said, its hash, and for each figure "unchanged" or the rows that
    differ now.
    """
    kept = get_object_or_404(Seal, pk=pk)
    drifts = drift_of(kept)
    refs = {
        ref
        for drift in drifts
        for change in drift.changes[:MOST_CHANGES]
        for ref in (change.reference, change.now)
    }
    faces = rows.faces_of(request.actor, refs)
    return page(
        request,
        "portal/report_seal.html",
        seal=kept,
        unit_name=name_of(kept.unit_id, kept.map_day),
        on=day_of(kept.sealed_at),
        changed=[_line(drift, faces) for drift in drifts if not drift.is_unchanged],
        unchanged=[_line(drift, faces) for drift in drifts if drift.is_unchanged],
    )


def _block(block):
    """A block as the page draws it: pieces of text, numbers with addresses."""
    lines = [
        (name, [(label, it.value, figure_url(it)) for label, it in points])
        for name, points in block.points
    ]
    return {
        "kind": block.kind,
        "title": block.title,
        "head": block.head,
        "lines": lines,
        "pieces": [
            _cell(span) if isinstance(span, Number) else (span, "", False) for span in block.spans
        ],
        "rows": [(row[0], [_cell(cell) for cell in row[1:]]) for row in block.rows],
    }


def _cell(number):
    """(text, address, whether there is no figure to show)"""
    if not number.figures:
        return number.text, "", False
    return number.text, figure_url(number.figure), number.text in UNKNOWN.values()


def _line(drift, faces):
    line = drift.line
    what = INDICATORS[line.key]
    changes = [
        {
            "how": HOW[change.how],
            "before": change.before,
            "after": change.after,
            "face": faces.get(change.reference),
            "now": faces.get(change.now),
            "reference": change.reference,
        }
        for change in drift.changes[:MOST_CHANGES]
    ]
    return {
        "name": local_name(what),
        "where": name_of(line.unit_id, line.map_day),
        "when": period_words(Period(line.since, line.until)),
        "sealed": drift.sealed,
        "value": drift.value,
        "changes": changes,
        "more": len(drift.changes) - len(changes),
        "places": 2 if what.kind == "outside" else None,
    }


def _language():
    return "en" if (get_language() or "vi").startswith("en") else "vi"
