"""Who is notified before and after a due day, at the operator's desk: rows added, changed,
removed.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.desk.law_form import EditEscalationForm, EscalationForm, escalations
from danchu.desk.views.law import keeper
from danchu.kernel.refusals import Refused
from danchu.look.pages import page
from danchu.obligations.actions import add_escalation, change_escalation, remove_escalation
from danchu.obligations.models import Escalation
from danchu.subjects.editing import save_edited, status_of


@keeper
def table(request):
    """The table in the order of time, and the form for one more row."""
    form = EscalationForm(request.POST or None, initial={"above": "0", "when": "before"})
    if request.method == "POST" and form.is_valid():
        try:
            add_escalation(by=request.actor, **form.values())
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã thêm dòng."))
            return redirect("desk_escalations")
    return _page(request, form)


@keeper
def row(request, pk):
    """Change one row."""
    escalation = get_object_or_404(Escalation, pk=pk)
    form = EditEscalationForm(request.POST or None, row=escalation)
    if request.method == "POST" and form.is_valid():
        try:
            save_edited(
                form,
                escalation,
                lambda current: EditEscalationForm(row=current),
                lambda: change_escalation(escalation, by=request.actor, **form.values()),
            )
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã đổi dòng."))
            return redirect("desk_escalations")
    return _page(request, form, escalation)


@keeper
@require_POST
def remove(request, pk):
    """Remove a row; that it was removed before is a message on the table."""
    try:
        remove_escalation(Escalation(pk=pk), by=request.actor)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Đã bỏ dòng."))
    return redirect("desk_escalations")


def _page(request, form, changing=None):
    if changing is not None and not Escalation.objects.filter(pk=changing.pk).exists():
        raise Http404
    return page(
        request,
        "desk/escalations.html",
        status=status_of(form),
        rows=escalations(),
        form=form,
        changing=changing,
    )
