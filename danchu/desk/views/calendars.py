"""The working calendar at the operator's desk: the years, and the days of one year, whose effect on
open obligations is shown before they are written.
"""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from danchu.desk.calendar_form import YearForm
from danchu.desk.law_outlook import moves_csv, outlook
from danchu.desk.views.law import keeper
from danchu.kernel.addresses import number_in
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused
from danchu.law.actions import set_calendar
from danchu.law.calendar import FIRST, LAST
from danchu.law.models import CalendarDay, CalendarVersion
from danchu.law.rule import MARKS, mark_words
from danchu.law.words import DAY_WORDS
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.obligations.actions import change_law
from danchu.obligations.outlook import foresee, years_to_enter


@keeper
def calendars(request):
    """Every year that has a calendar, the latest first, and the years that lack one."""
    latest = {}
    for version in CalendarVersion.objects.order_by("number").prefetch_related("days"):
        latest[version.year] = (version, latest.get(version.year, (None, 0))[1] + 1)
    missing = years_to_enter()
    rows = [
        (version, number, version.days.all(), mark_words(version.mark))
        for version, number in (latest[year] for year in sorted(latest, reverse=True))
    ]
    return page(
        request,
        "desk/calendars.html",
        rows=[(v, n, _numbers_of(days), mark) for v, n, days, mark in rows],
        missing=missing,
        next=max(latest, default=today().year - 1) + 1,
    )


def _numbers_of(days):
    """(number of days off, number of working days that make up for one)"""
    kinds = [day.kind for day in days]
    return len(kinds) - kinds.count("make_up"), kinds.count("make_up")


@keeper
def calendar(request, year):
    """The days of a year: shown, typed, loaded from a file, previewed, written."""
    if not FIRST.year <= year <= LAST.year:
        raise Http404
    version = _version(request, year)
    versions = list(CalendarVersion.objects.filter(year=year).order_by("-number"))
    form = (
        YearForm.typed(request.POST)
        if request.method == "POST"
        else YearForm.of_version(year, version, versions[0].number if versions else 0)
    )
    moves = None
    do = request.POST.get("do", "")
    try:
        if do == "more":
            form.more()
        elif do == "load":
            _load(form, request.FILES)
        elif request.method == "POST":
            change = partial(
                set_calendar,
                year,
                form.days(),
                by=request.actor,
                basis=form.basis,
                mark=form.mark,
                newest=form.seen,
            )
            if do == "write":
                new_version, moved_number = change_law(change, by=request.actor)
                messages.success(
                    request,
                    _("Đã ghi lịch năm %(year)s, phiên bản %(number)s; số hạn đã đổi: %(moved)s.")
                    % {"year": year, "number": new_version.number, "moved": moved_number},
                )
                return redirect("desk_calendars")
            moves = foresee(change)
    except Refused as refusal:
        form.refuse(refusal)
    if moves is not None and do == "csv":
        return moves_csv(moves)
    return page(
        request,
        "desk/calendar.html",
        status=400 if form.faults else 200,
        form=form,
        year=year,
        version=version,
        outlook=outlook(moves),
        kinds=DAY_WORDS.items(),
        marks=[(mark, f"{mark_words(mark)} ({mark})") for mark in MARKS],
        versions=versions,
        changes=_changes(year, form) if moves is not None else None,
    )


@keeper
def calendar_csv(request, year):
    """The days of a year in the format of the file that loads them."""
    version = _version(request, year)
    rows = CalendarDay.objects.filter(version=version).order_by("day") if version else ()
    return csv_answer(
        f"lich-{year}",
        ["day", "kind", "name"],
        ([show_day(day.day), day.kind, day.name] for day in rows),
    )


def _version(request, year):
    """The version that the address names, else the last of the year; None where it has none."""
    versions = CalendarVersion.objects.filter(year=year).order_by("number")
    number = number_in(request.GET.get("version"), 9)
    if number is not None:
        versions = versions.filter(number=number)
    return versions.last()


def _load(form, files):
    if "file" not in files:
        raise Refused(_("Hãy chọn tệp CSV có các cột day, kind, name."), "file")
    form.load(files["file"])


def _changes(year, form):
    """[(day, kind, name, whether it was added)] between the stored year and what was typed; the
    others were removed.
    """
    last = CalendarVersion.objects.filter(year=year).order_by("number").last()
    before = {(day.day, day.kind, day.name) for day in last.days.all()} if last else set()
    after = set(form.days())
    return [
        (day, DAY_WORDS[kind], name, (day, kind, name) in after)
        for day, kind, name in sorted(before ^ after)
    ]
