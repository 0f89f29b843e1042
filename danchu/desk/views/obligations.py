"""What must be done until when: the list with what is overdue first, writing one down, its
reason, done, excused.
"""

from datetime import timedelta
from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.desk.obligation_form import ObligationForm
from danchu.desk.rows import history
from danchu.kernel.days import parse_day, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.law.book import calendar_at
from danchu.law.deadline import due
from danchu.law.why import why
from danchu.look.pages import page
from danchu.look.sheets import csv_answer
from danchu.obligations import actions
from danchu.obligations.escalated import told_to
from danchu.obligations.lives import OBLIGATION_LIFE
from danchu.obligations.models import Obligation, State
from danchu.people.offices_held import place_of
from danchu.units.names import names_of

PAGE, SOON = 50, 7


@official
def obligations(request):
    """Those of the reader's subtree, the nearest due first; `which` narrows, `after` is the
    last one seen.
    """
    which, rows = _asked(request)
    found = list(_after(rows, request.GET.get("after", ""))[: PAGE + 1])
    counts = {name: _narrowed(request, name).count() for name in ("overdue", "soon", "told")}
    return page(
        request,
        "desk/obligations.html",
        rows=lines(found[:PAGE]),
        which=which,
        choices=_choices(counts),
        asked=request.GET,
        after=found[PAGE - 1].uid if len(found) > PAGE else None,
        may_draft=request.actor.scope("draft", "obligation") != frozenset(),
    )


@official
def obligations_csv(request):
    """The same rows as a file."""
    _which, rows = _asked(request)
    head = [
        _("Hạn"),
        _("Việc phải làm"),
        _("Nơi"),
        _("Theo quy tắc"),
        _("Ngày phát sinh"),
        _("Trạng thái"),
        _("Ngày làm xong"),
    ]
    return csv_answer("viec-phai-lam", head, _cells(rows))


def _cells(rows):
    for line in lines(list(rows[:20_000])):
        it = line["it"]
        yield [
            show_day(it.due_on),
            it.title,
            line["where"],
            it.rule.name,
            show_day(it.event_on),
            line["state"],
            show_day(it.done_on) if it.done_on else "",
        ]


def lines(found):
    """Each with the name of its place, its state in words and how many days are left (below
    nought: overdue).
    """
    names, day = names_of({(row.unit_id, row.event_on) for row in found}), today()
    return [
        {
            "it": row,
            "where": names[row.unit_id, row.event_on],
            "state": row.get_state_display(),
            "is_open": row.state == State.OPEN,
            "left": (row.due_on - day).days,
            "over": (day - row.due_on).days
            if row.state == State.OPEN and row.is_limit and row.due_on < day
            else 0,
        }
        for row in found
    ]


def _asked(request):
    which = request.GET.get("which", "open")
    which = which if which in {key for key, _name, _count in _choices({})} else "open"
    return which, _narrowed(request, which).select_related("rule").order_by("due_on", "pk")


def _narrowed(request, which):
    rows, day = Obligation.objects.viewed_by(request.actor), today()
    if which == "told":
        return told_to(request.actor, day)
    if which == "overdue":
        return rows.overdue(day)
    if which == "soon":
        return rows.due_between(day, day + timedelta(days=SOON))
    return (
        rows.open()
        if which == "open"
        else rows.exclude(state=State.OPEN)
        if which == "closed"
        else rows
    )


def _choices(counts):
    named = {
        "open": _("Chưa làm"),
        "overdue": _("Quá hạn"),
        "soon": _("Đến hạn trong 7 ngày"),
        "told": _("Báo lên tôi"),
        "closed": _("Đã khép lại"),
        "all": _("Tất cả"),
    }
    return [(key, name, counts.get(key)) for key, name in named.items()]


def _after(rows, text):
    """The rows behind the one of this uid in the order of their days; all of them where it is
    none.
    """
    try:
        mark = rows.filter(uid=UUID(text)).first() if text else None
    except ValueError:
        mark = None
    return (
        rows.filter(Q(due_on__gt=mark.due_on) | Q(due_on=mark.due_on, pk__gt=mark.pk))
        if mark
        else rows
    )


@official
def new_obligation(request):
    """Write one down; the rule in force says until when."""
    scope = request.actor.scope("draft", "obligation")
    require(scope != frozenset(), _("Chức trách của ông/bà không ghi việc phải làm."))
    form = ObligationForm(
        request.actor,
        request.POST or None,
        initial={
            "uid": uuid4(),
            "event_on": show_day(today()),
            "unit": place_of(request.actor, scope),
        },
    )
    if request.method == "POST" and form.is_valid():
        earlier = (
            Obligation.objects.viewed_by(request.actor).filter(uid=form.cleaned_data["uid"]).first()
        )
        if earlier:
            return redirect("desk_obligation", uid=earlier.uid)
        try:
            made = actions.owe(by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã ghi: hạn là ngày %s.") % show_day(made.due_on))
            return redirect("desk_obligation", uid=made.uid)
    return page(request, "desk/obligation_form.html", status=400 if form.errors else 200, form=form)


def _obligation(request, uid):
    rows = Obligation.objects.viewed_by(request.actor).select_related("unit", "rule", "rule__text")
    return get_object_or_404(rows, uid=uid)


@official
def obligation(request, uid, status=200, fault="", typed=None):
    """One obligation: its day and why, its history, and what may be done with it now."""
    found, actor = _obligation(request, uid), request.actor
    [line], calendar = lines([found]), calendar_at(found.calendar)
    acts = OBLIGATION_LIFE.acts_of(found, actor)
    return page(
        request,
        "desk/obligation.html",
        status=status,
        line=line,
        it=found,
        fault=fault,
        typed=typed or {},
        today=show_day(today()),
        why=why(due(found.rule.rule, found.event_on, calendar), calendar),
        entries=history(found),
        may_meet="meet" in acts,
        may_excuse="excuse" in acts,
    )


@official
@require_POST
def act(request, uid, act):
    """Done, or excused; what was typed stays where it is refused."""
    found = _obligation(request, uid)
    if act not in ("meet", "excuse"):
        raise Http404
    try:
        if act == "meet":
            done = actions.meet_obligation(
                found,
                by=request.actor,
                on=parse_day(request.POST.get("on", "")),
                note=request.POST.get("note", ""),
            )
            messages.success(request, _("Đã ghi: %s.") % done.get_state_display())
        else:
            actions.excuse_obligation(
                found, by=request.actor, reason=request.POST.get("reason", "")
            )
            messages.success(request, _("Đã ghi: được miễn."))
    except Refused as refusal:
        return obligation(request, uid, status=400, fault=refusal.message, typed=request.POST)
    return redirect("desk_obligation", uid=found.uid)
