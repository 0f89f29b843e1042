"""The register of open points of a rule at the operator's desk."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.desk.point_forms import AnswerForm, PointForm
from danchu.desk.views.law import keeper, rule_page
from danchu.kernel.refusals import Refused
from danchu.law.actions import raise_point, settle_point
from danchu.law.models import RuleVersion


@keeper
@require_POST
def points(request, key):
    """Write an open point about the rule, or with `answer` settle one."""
    if not RuleVersion.objects.filter(key=key).exists():
        raise Http404
    is_answer = "answer" in request.POST
    form = AnswerForm(key, request.POST) if is_answer else PointForm(request.POST)
    if form.is_valid():
        values = form.cleaned_data
        try:
            if is_answer:
                settle_point(values["settles"], by=request.actor, answer=values["answer"])
            else:
                raise_point(key, by=request.actor, vi=values["vi"])
        except Refused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Đã ghi vào sổ vướng mắc."))
            return redirect("desk_rule", key=key)
    return rule_page(request, key, **{"answer_form" if is_answer else "point_form": form})
