"""The vault at the desk: requests to open a sealed identity, their decisions, reading it while an
opening is valid.
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
from danchu.papers.answers import made_answer
from danchu.subjects.first_rows import first_rows
from danchu.vault import actions
from danchu.vault.models import Opening, Sealed

VERBS = ("draft", "confirm", "verify")


def _identity_and_verbs(request, pseudonym):
    """(sealed identity, verbs of the reader on it); Denied for those who have none at its unit."""
    sealed = get_object_or_404(Sealed.objects.select_related("unit"), pseudonym=pseudonym)
    verbs = {verb for verb in VERBS if request.actor.may(verb, "denouncer", sealed.unit)}
    require(bool(verbs), _("Ông/bà không có phần việc nào với danh tính này."))
    return sealed, verbs


@official
@never_cache
def vault(request, pseudonym, status=200, fault="", identity=None):
    """The requests, their reasons and decisions; `identity` only in the answer to its reading."""
    sealed, verbs = _identity_and_verbs(request, pseudonym)
    asked_for = Opening.objects.filter(sealed=sealed).select_related("asked_by", "judged_by")
    openings = first_rows(asked_for.order_by("-pk"), 50, request.GET)
    account_id = request.actor.account_id
    return page(
        request,
        "desk/vault.html",
        status=status,
        record=sealed,
        able=verbs,
        openings=openings,
        fault=fault,
        identity=identity,
        mine=account_id,
        reason=request.POST.get("reason", "")[:500] if fault else "",
        may_read=any(
            opening.asked_by_id == account_id and opening.is_open() for opening in openings
        ),
    )


@official
@never_cache
@require_POST
def vault_act(request, pseudonym, act):
    """ask | grant | refuse | read | file."""
    sealed, _verbs = _identity_and_verbs(request, pseudonym)
    try:
        if act == "ask":
            actions.ask_opening(sealed, by=request.actor, reason=request.POST.get("reason", ""))
        elif act in ("grant", "refuse"):
            opening = (
                Opening.objects.filter(
                    sealed=sealed, judged_by=None, pk=_number(request.POST.get("opening"))
                )
                .select_related("sealed__unit")
                .first()
            )
            if opening is None:
                raise Refused(_("Đề nghị này đã có người quyết định."))
            actions.judge_opening(opening, by=request.actor, granted=act == "grant")
        elif act == "file":
            return _file(
                *actions.read_sealed_file(
                    sealed, _number(request.POST.get("file")), by=request.actor
                )
            )
        else:
            words, files = actions.read_identity(sealed, by=request.actor)
            return vault(
                request,
                pseudonym,
                identity={"persons": words["persons"], "text": words["text"], "files": files},
            )
    except Refused as refusal:
        return vault(request, pseudonym, status=400, fault=refusal.message)
    messages.success(request, _("Đã ghi."))
    return redirect("desk_vault", pseudonym=pseudonym)


def _file(name, content):
    """A sealed file as a download under a neutral name."""
    ending = fold(name.rpartition(".")[2])[:5]
    return made_answer(content, f"tai-lieu-niem-phong.{ending}", "application/octet-stream")


def _number(text):
    return number_in(text) or 0
