"""Published reports: each number links to the rows behind it; sealed reports with the rows that
have changed since.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from danchu.figures.catalogue import INDICATORS, full_name
from danchu.kernel.days import Period, day_of, today
from danchu.kernel.refusals import require
from danchu.kernel.words import language
from danchu.look.once import sent_once
from danchu.look.pages import page
from danchu.papers.answers import made_answer
from danchu.portal import rows
from danchu.portal.cards import own_name
from danchu.portal.query import day_in
from danchu.portal.question import period_words
from danchu.reports.actions import seal_report
from danchu.reports.document import blank, fill
from danchu.reports.files import MEDIA, file_name, report_content
from danchu.reports.models import OfficeReport, Seal
from danchu.reports.offered import offered_forms
from danchu.reports.office_forms import form_named
from danchu.reports.readable import readable_seal
from danchu.reports.shown import shown_blocks
from danchu.reports.template import form_files, read_form
from danchu.subjects.first_rows import FirstRows, first_rows
from danchu.units.names import name_of

MOST_CHANGES = 50
HOW = {
    "came": _("Thêm vào sau khi niêm phong"),
    "gone": _("Không còn được tính"),
    "counts": _("Được tính khác đi"),
    "corrected": _("Đã được đính chính"),
}


MOST_OF_OFFICES = 10


def reports(request):
    """The latest sealed reports of offices and every report of a file, each with its last seal."""
    rows = published()
    number = OfficeReport.objects.published().count()
    return page(
        request,
        "portal/reports.html",
        reports=rows,
        sealed=FirstRows(range(min(number, MOST_OF_OFFICES)), number),
    )


def published(most=None):
    """[{name, title, when, map_day, seal}] of reports, those with a seal first; at most `most`."""
    sealed = OfficeReport.objects.published().select_related("seal")
    rows = [
        {
            "name": report.name,
            "title": (language() == "en" and report.english_title) or report.title,
            "when": period_words(Period(report.since, report.until)),
            "map_day": report.map_day,
            "seal": report.seal,
        }
        for report in sealed.order_by("-until", "-pk")[:MOST_OF_OFFICES]
    ]
    forms = offered_forms()
    names = [form.name for form in forms]
    seals = {seal.form: seal for seal in Seal.objects.filter(form__in=names).order_by("sealed_at")}
    for form in forms:
        rows.append(
            {
                "name": form.name,
                "title": form.title[language()],
                "when": period_words(form.period),
                "map_day": form.map_day,
                "seal": seals.get(form.name),
            }
        )
    return sorted(rows, key=lambda row: row["seal"] is None)[:most]


def report(request, name):
    """The report with today's figures, on its own map or that of another day."""
    form = form_named(name, request.actor)
    day = day_in(request, "map", default=form.map_day)
    document = fill(form, language(), day, request.actor)
    return page(
        request,
        "portal/report.html",
        document=document,
        form=form,
        when=period_words(form.period),
        blocks=shown_blocks(document),
        seals=first_rows(Seal.objects.filter(form=name).order_by("-sealed_at"), 10, request.GET),
        endings=[(ending, ending[1:].upper()) for ending in MEDIA],
        may_seal=name in form_files() and request.actor.may("seal", "report", document.unit_id),
        maps=[(day, day == document.map_day) for day in dict.fromkeys([form.map_day, today()])],
    )


def report_file(request, name, ending):
    """The report with today's figures, as a file."""
    form = form_named(name, request.actor)
    day = day_in(request, "map", default=form.map_day)
    document = fill(form, language(), day, request.actor)
    content = report_content(document, ending)
    return made_answer(
        content, file_name(document, ending), MEDIA[ending], private=not request.actor.is_public
    )


@require_POST
def seal(request, name):
    """Seal the report with today's figures on the map of the day in the address; a form that is
    sent twice seals once.
    """
    require(not request.actor.is_public)
    return sent_once(request, lambda: _seal(request, name))


def _seal(request, name):
    form = read_form(name)
    document = blank(form, "vi", day_in(request, "map", default=form.map_day))
    earlier = set(Seal.objects.filter(form=form.name).values_list("pk", flat=True))
    seal = seal_report(document, by=request.actor)
    if seal.pk in earlier:
        messages.info(
            request,
            _("Không có gì đổi từ lần niêm phong trước, nên không có bản mới: đây là bản ấy."),
        )
    else:
        messages.success(request, _("Đã niêm phong báo cáo."))
    return redirect("report_seal", pk=seal.pk)


def report_seal(request, pk):
    """A sealed report: its hash, and for each figure "unchanged" or the rows that differ now."""
    sealed = get_object_or_404(Seal, pk=pk)
    readable = readable_seal(sealed, request.actor)
    drifts = readable.drifts
    refs = {
        ref
        for drift in drifts
        for change in drift.changes[:MOST_CHANGES]
        for ref in (change.reference, change.now)
    }
    events = rows.lines_of(request.actor, refs)
    return page(
        request,
        "portal/report_seal.html",
        seal=sealed,
        is_whole=readable.is_whole,
        unit_name=name_of(sealed.unit_id, sealed.map_day),
        on=day_of(sealed.sealed_at),
        changed=[_line(drift, events) for drift in drifts if not drift.is_unchanged],
        unchanged=[_line(drift, events) for drift in drifts if drift.is_unchanged],
    )


def _line(drift, events):
    line = drift.line
    where = name_of(line.unit_id, line.map_day)
    indicator = INDICATORS.get(line.key)
    changes = [
        {
            "how": HOW[change.how],
            "before": change.before,
            "after": change.after,
            "face": events.get(change.reference),
            "now": events.get(change.now),
            "reference": change.reference,
        }
        for change in drift.changes[:MOST_CHANGES]
    ]
    return {
        "name": full_name(indicator) if indicator else line.key,
        "where": own_name(where) if line.own else where,
        "when": period_words(Period(line.since, line.until)),
        "sealed": drift.sealed,
        "value": drift.value,
        "changes": changes,
        "more": len(drift.changes) - len(changes),
        "places": 2 if indicator and indicator.kind == "outside" else None,
        "problem": drift.problem,
    }
