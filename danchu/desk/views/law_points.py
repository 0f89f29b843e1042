"""The register of open points of a rule at the operator's desk."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from danchu.desk.views.law import keeper, rule_page
from danchu.kernel.addresses import number_in
from danchu.kernel.refusals import Refused
from danchu.law.actions import raise_point, settle_point
from danchu.law.models import OpenPoint, RuleVersion


@keeper
@require_POST
def points(request, key):
    """Write an open point about the rule, or settle one."""
    if not RuleVersion.objects.filter(key=key).exists():
        raise Http404
    try:
        if number := number_in(request.POST.get("settles"), 18):
            point = OpenPoint.objects.filter(pk=number, key=key).first()
            if point is None:
                raise Http404
            settle_point(point, by=request.actor, answer=request.POST.get("answer", ""))
        else:
            raise_point(key, by=request.actor, vi=request.POST.get("vi", ""))
    except Refused as refusal:
        return rule_page(request, key, refusal.message, request.POST)
    messages.success(request, _("Đã ghi vào sổ vướng mắc."))
    return redirect("desk_rule", key=key)
