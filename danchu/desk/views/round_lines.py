"""The JSON interface between a device that recorded a round and the desk; every request is
idempotent.
"""

import json

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from danchu.desk.guard import official
from danchu.desk.round_line import KEPT, SENDING
from danchu.inspection import actions
from danchu.inspection.boards_of import boards_of
from danchu.inspection.input.rounds import Conflict
from danchu.inspection.models import RoundSheet
from danchu.inspection.moves import ROUND
from danchu.inspection.photos.uploads import bytes_received
from danchu.inspection.sections.round_form import form_of
from danchu.kernel.addresses import number_in
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Denied, Refused, raise_all, require
from danchu.look import offline
from danchu.look.uploads import body_of

# A piece of a photo: small enough for a weak connection, far below the limit of a body.
PIECE_BYTES = 256 * 1024


@official
@never_cache
def line(request):
    """GET: the account that is logged in and the token for forms. POST: one round; the answer says
    how much of each photo has arrived.
    """
    if request.method != "POST":
        return JsonResponse(
            {"token": get_token(request), "account": request.actor.account_id, "piece": PIECE_BYTES}
        )
    try:
        return JsonResponse(_face(_write(request)))
    except Conflict as conflict:
        return JsonResponse(
            {
                "message": conflict.message,
                "conflict": conflict.kind,
                "other": _other(conflict.other, request.actor),
            },
            status=409,
        )
    except Refused as refusal:
        return JsonResponse({"message": refusal.sentences, "field": refusal.field}, status=400)
    except Denied as denied:
        return _denial(denied)


def _write(request):
    require(
        request.actor.scope("draft", ROUND) != frozenset(),
        _("Chức trách của ông/bà không ghi cuộc giám sát."),
    )
    try:
        sent = json.loads(body_of(request))
    except (ValueError, UnicodeDecodeError, RecursionError):
        raise Refused(
            _("Nội dung gửi lên không đọc được. Hãy tải lại trang rồi gửi lại."), "uid"
        ) from None
    form, photos = form_of(sent, boards_of(request.actor, "draft", ROUND))
    raise_all(
        Refused(f"{form.fields[field].label}: {error}" if field in form.fields else error, field)
        for field, errors in form.errors.items()
        for error in errors
    )
    values = form.values()
    return actions.write_round(values.pop("uid"), by=request.actor, photos=photos, **values)


def _face(sheet):
    return {
        "url": reverse("desk_round", args=[sheet.uid]),
        "photos": [
            {
                "hash": photo.sent_hash,
                "done": photo.paper_id is not None,
                "received": photo.size if photo.paper_id else bytes_received(photo),
            }
            for photo in sheet.photos.order_by("number")
        ],
    }


def _other(sheet, actor):
    """The conflicting round, None where this reader may not see it."""
    seen = sheet.event_id is not None and actor.may("view", ROUND, sheet.unit_id)
    return (
        {
            "title": sheet.title,
            "day": show_day(sheet.held_on),
            "url": reverse("desk_round", args=[sheet.uid]),
        }
        if seen
        else None
    )


@official
@require_POST
def piece(request, uid, sent_hash):
    """Receive bytes of a photo from `offset` on; the answer says how many have arrived in all, and
    whether the photo is complete.
    """
    sheet = get_object_or_404(RoundSheet.objects.viewed_by(request.actor), uid=uid)
    offset = number_in(request.GET.get("offset"), 11)
    try:
        if offset is None:
            raise Refused(
                _("Nội dung gửi lên không đọc được. Hãy tải lại trang rồi gửi lại."), "offset"
            )
        received, done = actions.receive_photo(
            sheet, sent_hash, offset, body_of(request), by=request.actor
        )
    except Refused as refusal:
        return JsonResponse({"message": refusal.sentences, "field": refusal.field}, status=400)
    except Denied as denied:
        return _denial(denied)
    return JsonResponse({"received": received, "done": done})


def _denial(denied):
    return JsonResponse(
        {
            "message": str(denied.message)
            or _("Chức trách hiện tại của ông/bà không cho phép việc này.")
        },
        status=403,
    )


@require_GET
def worker(request):
    """The service worker of the page of rounds."""
    return offline.worker(
        cache="danchu-rounds-",
        page=reverse("desk_new_round"),
        files=KEPT,
        queue="rounds",
        carrier="roundCarrier",
        line=reverse("desk_rounds_line"),
        scripts=SENDING,
    )
