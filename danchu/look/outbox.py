"""Forms that the outbox of a device sends (docs/develop/scripts.md): the same address and the same
view as for a browser, answered in JSON.
"""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _

HEADER = "X-Outbox"


def is_from_outbox(request):
    """Whether a script sent the form, which reads JSON."""
    return HEADER in request.headers


def log_in_first():
    """401: the session ended; the device keeps the form until somebody logs in."""
    return JsonResponse({"message": _("Hãy đăng nhập.")}, status=401)


def json_of(response: HttpResponse) -> HttpResponse:
    """The answer of a view as the outbox reads it: {"url"} where a browser would be redirected,
    {"message"} with status 400 for a form that was refused; other answers as they are.
    """
    if 300 <= response.status_code < 400:
        return JsonResponse({"url": response["Location"]})
    form = getattr(response, "refused_form", None)
    if form is None:
        return response
    return JsonResponse({"message": "\n".join(_sentences(form))}, status=400)


def _sentences(form):
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            yield f"{label}: {error}" if label else str(error)
