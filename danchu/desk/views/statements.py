"""Statements of paper books at the desk: the list, writing one down, its paper, confirming,
correcting, withdrawing.
"""

from datetime import timedelta

from django.contrib import messages
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.desk.rows import history
from danchu.desk.statement_form import StatementForm, initial_of
from danchu.figures.catalogue import INDICATORS, unit_of_measure
from danchu.kernel.refusals import Refused, require
from danchu.kernel.words import local_name
from danchu.look.pages import page
from danchu.people.offices_held import place_of
from danchu.register import actions
from danchu.register.lives import STATEMENT_LIFE
from danchu.register.models import State, Statement
from danchu.register.words import STATE_WORDS
from danchu.units.names import name_of, names_of

PAGE = 50


@official
def statements(request):
    """The list, newest first; `after` is the last one seen, `state` narrows."""
    rows = Statement.objects.viewed_by(request.actor).select_related("body").order_by("-pk")
    state, after = request.GET.get("state", ""), request.GET.get("after", "")
    if state in State.values:
        rows = rows.filter(state=state)
    if after.isdecimal() and len(after) < 18:
        rows = rows.filter(pk__lt=int(after))
    found = list(rows[: PAGE + 1])
    return page(
        request,
        "desk/statements.html",
        rows=_lines(found[:PAGE]),
        asked=request.GET,
        states=STATE_WORDS.items(),
        after=found[PAGE - 1].pk if len(found) > PAGE else None,
        may_state=request.actor.scope("state", "statement") != frozenset(),
    )


def _lines(found):
    names = names_of({(s.unit_id, s.since) for s in found})
    return [
        {
            "statement": s,
            "name": local_name(INDICATORS[s.indicator]),
            "where": names[s.unit_id, s.since],
            "last": s.until - timedelta(days=1),
            "state_word": STATE_WORDS[s.state],
            "body": s.body.get_kind_display(),
        }
        for s in found
    ]


@official
def new_statement(request):
    """Write one down, with its paper when it is at hand."""
    require(
        request.actor.scope("state", "statement") != frozenset(),
        _("Chức trách của ông/bà không gửi số liệu báo cáo."),
    )
    place = place_of(request.actor, request.actor.scope("state", "statement"))
    form = StatementForm(
        request.actor, request.POST or None, request.FILES or None, initial={"unit": place}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                made = actions.draft_statement(
                    by=request.actor, body=form.cleaned_data["body"], **form.values()
                )
                if form.cleaned_data["file"]:
                    file = form.cleaned_data["file"]
                    actions.attach_paper(made, file, file.name, by=request.actor)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu bản nháp."))
            return redirect("desk_statement", uid=made.uid)
    return _form_page(request, form, _("Gửi số liệu báo cáo bằng giấy"))


def _form_page(request, form, heading, statement=None):
    return page(
        request,
        "desk/statement_form.html",
        status=400 if form.errors else 200,
        form=form,
        heading=heading,
        statement=statement,
    )


def _statement(request, uid):
    return get_object_or_404(
        Statement.objects.viewed_by(request.actor).select_related("body"), uid=uid
    )


@official
def statement(request, uid):
    """One statement, its papers, its history, and what may be done with it now."""
    found, actor = _statement(request, uid), request.actor
    acts = STATEMENT_LIFE.acts_of(found, actor)
    return page(
        request,
        "desk/statement.html",
        statement=found,
        name=local_name(INDICATORS[found.indicator]),
        measure=unit_of_measure(INDICATORS[found.indicator]),
        where=name_of(found.unit_id, found.since),
        body=found.body.name_on(found.since),
        last=found.until - timedelta(days=1),
        state=STATE_WORDS[found.state],
        attachments=list(found.attachments.select_related("paper").order_by("pk")),
        entries=history(found),
        earlier=Statement.objects.filter(pk=found.supersedes_id).first(),
        later=Statement.objects.filter(supersedes=found).first(),
        may={
            "state": "edit" in acts,
            "confirm": "confirm" in acts,
            "correct": "correct" in acts,
            "withdraw": "withdraw" in acts,
        },
        may_attach="attach" in acts,
    )


@official
def edit(request, uid):
    """Change a draft."""
    found = _statement(request, uid)
    STATEMENT_LIFE.require(request.actor, "edit", found)
    form = StatementForm(request.actor, request.POST or None, fixed=True, initial=initial_of(found))
    return _saved(
        request,
        form,
        found,
        _("Sửa bản nháp"),
        lambda values: actions.edit_statement(found, by=request.actor, **values),
    )


@official
def correct(request, uid):
    """Put a corrected statement in the place of a confirmed one."""
    found = _statement(request, uid)
    STATEMENT_LIFE.require(request.actor, "correct", found)
    form = StatementForm(
        request.actor, request.POST or None, fixed=True, correcting=True, initial=initial_of(found)
    )

    def apply(values):
        return actions.correct_statement(
            found, by=request.actor, reason=form.cleaned_data["reason"], **values
        )

    return _saved(request, form, found, _("Đính chính"), apply)


def _saved(request, form, found, heading, apply):
    if request.method == "POST" and form.is_valid():
        try:
            made = apply(form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("desk_statement", uid=made.uid)
    return _form_page(request, form, heading, found)


@official
@require_POST
def act(request, uid, act):
    """Confirm, discard or withdraw."""
    found = _statement(request, uid)
    try:
        if act == "confirm":
            actions.confirm_statement(found, by=request.actor)
            messages.success(
                request, _("Đã xác nhận: số liệu này có trong mọi tổng số ngay từ bây giờ.")
            )
        elif act == "discard":
            actions.discard_statement(found, by=request.actor)
            messages.success(request, _("Đã bỏ bản nháp."))
            return redirect("desk_statements")
        elif act == "withdraw":
            actions.withdraw_statement(
                found, by=request.actor, reason=request.POST.get("reason", "")
            )
            messages.success(request, _("Đã rút khỏi mọi số liệu."))
        else:
            raise Http404
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("desk_statement", uid=uid)
