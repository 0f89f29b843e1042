"""Opinions at the desk: those that were ticked in the list are let in or hidden together."""

from itertools import groupby

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.consultation.actions import moderate_opinions
from danchu.consultation.actions.moderation import Verdict
from danchu.consultation.models import Opinion
from danchu.consultation.numbered import spans_of
from danchu.consultation.sections.batch_form import ModerateTickedForm
from danchu.consultation.sections.opinions import OPINIONS
from danchu.desk.guard import official
from danchu.desk.sections import Face
from danchu.kernel.refusals import Denied, Refused


@official
@require_POST
def batch(request):
    """Let in or hide the ticked texts, those of each consultation by one act; what is refused is
    said, the others are done.
    """
    form = ModerateTickedForm(request.POST)
    if form.is_valid() and not _reason_is_missing(form):
        return _moderate(request, form.cleaned_data)
    return Face(OPINIONS).list_page(request, {}, 400, batch=form)


def _reason_is_missing(form):
    """Whether texts would be hidden without a reason, which is said on its field."""
    is_missing = form.cleaned_data["act"] == Verdict.HIDE and not form.cleaned_data["reason"]
    if is_missing:
        form.add_error("reason", _("Hãy ghi lý do: người gửi đọc được."))
    return is_missing


def _moderate(request, typed):
    rows = Opinion.objects.viewed_by(request.actor).filter(uid__in=typed["uid"])
    rows = rows.select_related("consultation").order_by("consultation", "number")
    done = 0
    for consultation, group in groupby(rows, lambda row: row.consultation):
        numbers = [row.number for row in group]
        try:
            moderate_opinions(
                consultation,
                by=request.actor,
                numbers=spans_of(numbers),
                verdict=typed["act"],
                reason=typed["reason"],
            )
            done += len(numbers)
        except (Refused, Denied) as refusal:
            messages.warning(request, f"{consultation.title}: {refusal.message}")
    words = {"act": Verdict(typed["act"]).label, "number": done}
    messages.success(request, _("%(act)s: %(number)s ý kiến.") % words)
    query = request.GET.urlencode()
    return redirect(f"{reverse('desk_opinions')}{'?' if query else ''}{query}")
