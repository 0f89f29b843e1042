"""The page above the address of an act.

An address that only a button may send to is opened as a page all the same: by Back, by reloading,
from a bookmark, after a log-in. It then leads to the page that the button stands on, which is the
nearest address above it that the site answers: /desk/minutes/<uid>/approve/ leads to
/desk/minutes/<uid>/.
"""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from danchu.look.machines import is_for_machines


def asks_for_a_page(request):
    """Whether a person's browser opens the address; scripts and programs do not name HTML."""
    return (
        request.method in ("GET", "HEAD")
        and "text/html" in request.headers.get("Accept", "")
        and not is_for_machines(request)
    )


def to_page_above(request):
    """A redirect to the page above, which then says that nothing was done."""
    sentence = _(
        "Mở địa chỉ của một nút bấm thì không có gì được làm. "
        "Nếu việc còn phải làm, hãy bấm nút ở trang này."
    )
    queued = messages.get_messages(request)
    is_queued = any(str(message) == sentence for message in queued)
    queued.used = False  # they are for the page, not for this answer
    if not is_queued:
        messages.info(request, sentence)
    return HttpResponseRedirect(_address_above(request.path_info))


def _address_above(path):
    """The nearest address above; the form of a thing that has no page but a form, unless the act
    removed that thing.
    """
    parts = path.strip("/").split("/")
    for length in range(len(parts) - 1, 0, -1):
        above = f"/{'/'.join(parts[:length])}/"
        if _is_answered(above):
            return above
        if parts[-1] != "remove" and _is_answered(f"{above}edit/"):
            return f"{above}edit/"
    return "/"


def _is_answered(path):
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
