"""What a device asks of the desk for forms that it keeps while there is no line."""

from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from danchu.desk.guard import official
from danchu.desk.offline_forms import HOLDER, KEPT, QUEUE, SENDING
from danchu.look import offline


@official
@never_cache
@require_GET
def line(request):
    """The account that is logged in and the token for its forms."""
    return JsonResponse({"token": get_token(request), "account": request.actor.account_id})


def worker_of(new_address):
    """The view with the service worker of the page of that name."""

    @require_GET
    def worker(request):
        page = reverse(new_address)
        return offline.worker(
            cache=f"desk-form {page} ",
            page=page,
            files=KEPT,
            holder=HOLDER,
            queue=QUEUE,
            carrier="formCarrier",
            line=reverse("desk_line"),
            scripts=SENDING,
        )

    return worker
