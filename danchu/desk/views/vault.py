"""The vault at the desk: asking to know who denounced, granting or refusing it, reading it
while it lasts; what one was told.
"""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.kernel.addresses import number_in
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import fold
from danchu.look.pages import page
from danchu.notices.actions import see_notices
from danchu.notices.models import Notice
from danchu.papers.answers import made_answer
from danchu.vault import actions
from danchu.vault.models import Opening, Sealed

VERBS = ("draft", "confirm", "verify")


def _sealed(request, pseudonym):
    """The identity, for who asks, grants or oversees at its unit; for others there is none."""
    found = get_object_or_404(Sealed.objects.select_related("unit"), pseudonym=pseudonym)
    able = {verb for verb in VERBS if request.actor.may(verb, "denouncer", found.unit)}
    require(bool(able), _("Ông/bà không có phần việc nào với danh tính này."))
    return found, able


@official
@never_cache
def vault(request, pseudonym, status=200, fault="", identity=None):
    """Who asked, why, who granted it; nothing of whom it is, unless it was just read."""
    found, able = _sealed(request, pseudonym)
    openings = list(
        Opening.objects.filter(sealed=found)
        .select_related("asked_by", "judged_by")
        .order_by("-pk")[:50]
    )
    mine = request.actor.account_id
    return page(
        request,
        "desk/vault.html",
        status=status,
        it=found,
        able=able,
        openings=openings,
        fault=fault,
        identity=identity,
        mine=mine,
        reason=request.POST.get("reason", "")[:500] if fault else "",
        may_read=any(one.asked_by_id == mine and one.is_open() for one in openings),
    )


@official
@never_cache
@require_POST
def vault_act(request, pseudonym, act):
    """ask | grant | refuse | read | file."""
    found, _able = _sealed(request, pseudonym)
    try:
        if act == "ask":
            actions.ask_opening(found, by=request.actor, reason=request.POST.get("reason", ""))
        elif act in ("grant", "refuse"):
            waiting = (
                Opening.objects.filter(
                    sealed=found, judged_by=None, pk=_number(request.POST.get("opening"))
                )
                .select_related("sealed__unit")
                .first()
            )
            if waiting is None:
                raise Refused(_("Đề nghị này đã có người quyết định."))
            actions.judge_opening(waiting, by=request.actor, granted=act == "grant")
        elif act == "file":
            return _file(
                *actions.read_sealed_file(
                    found, _number(request.POST.get("file")), by=request.actor
                )
            )
        else:
            words, files = actions.read_identity(found, by=request.actor)
            return vault(
                request,
                pseudonym,
                identity={"persons": words["persons"], "text": words["text"], "files": files},
            )
    except Refused as refusal:
        return vault(request, pseudonym, status=400, fault=refusal.message)
    messages.success(request, _("Đã ghi."))
    return redirect("desk_vault", pseudonym=pseudonym)


def _file(name, held):
    """A sealed file as a download whose name tells nothing."""
    ending = fold(name.rpartition(".")[2])[:5]
    return made_answer(held, f"tai-lieu-niem-phong.{ending}", "application/octet-stream")


def _number(text):
    return number_in(text) or 0


@official
def notices(request):
    """What the reader was told, the newest first; opening the list marks it as seen."""
    found = list(Notice.objects.filter(account=request.actor.account_id).order_by("-pk")[:100])
    if any(one.seen_at is None for one in found):
        see_notices(by=request.actor)
    return page(request, "desk/notices.html", rows=found)
