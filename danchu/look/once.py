"""A form that is sent twice does one thing.

The form carries a token (the template tag `once`). What it does, the token and a digest of what was
typed are written in one transaction; the second request waits for the first, and is redirected to
where that one led. A form that was refused may be sent again with the same token, and so may one
in which something else was typed: browsers restore hidden fields when a reader goes back.

Where the answer to an act is itself a page, such as the only one that shows a code, the browser
shows the answer to the second of two requests and drops the first. That page is therefore answered
again for ANSWER_SECONDS. It is stored encrypted under a key derived from the token, which only the
page with the form holds: the name under which the cache stores it is a keyed digest.
"""

import hashlib
from base64 import urlsafe_b64encode
from datetime import timedelta

from cryptography.fernet import Fernet
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from danchu.kernel.addresses import uid_in
from danchu.kernel.days import now
from danchu.look.resending import TOKEN
from danchu.subjects.sent import SENT_BEFORE

FIELD = "once"
SECONDS = 24 * 3600
ANSWER_SECONDS = 600


def note_done(request, address):
    """State, before its page is rendered, that the act of this form was done. `address` is where a
    repeat is led once the page is no longer answered again.
    """
    request.done_at = address


def is_done(request):
    """Whether `note_done` was called: a form on the page of the answer is then a new one."""
    return hasattr(request, "done_at")


def sent_once(request, view):
    """The response of `view()`, which is called once for each token; a form without one always. A
    view that answers a refused form with the page of another view is within the same sending.
    """
    token = uid_in(request.POST.get(FIELD)) if request.method == "POST" else None
    if token is None or hasattr(request, "sending"):
        return view()
    request.sending = token
    key = f"sent form {request.user.pk} {token} {_digest(request)}"
    with transaction.atomic():
        # Of two at once the second waits here, in the database, until the first has ended.
        if not cache.add(key, {}, SECONDS):
            return _answer_again(request, token, cache.get(key) or {})
        response = view()
        if 300 <= response.status_code < 400:
            cache.set(key, {"address": response.url}, SECONDS)
        elif is_done(request):
            cache.set(key, _page_stored(request, token, response), SECONDS)
        else:
            cache.delete(key)
        return response


def _answer_again(request, token, stored):
    """The page that the first request was answered with, or a redirect to where it led."""
    if "page" in stored and now() < stored["until"]:
        content = _cipher(token).decrypt(stored["page"])
        return HttpResponse(content, headers=stored["headers"])
    messages.info(request, SENT_BEFORE)
    return redirect(stored.get("address") or "front")


def _page_stored(request, token, response):
    return {
        "address": request.done_at,
        "until": now() + timedelta(seconds=ANSWER_SECONDS),
        "page": _cipher(token).encrypt(response.content),
        "headers": dict(response.items()),
    }


def _cipher(token):
    return Fernet(urlsafe_b64encode(hashlib.sha256(token.bytes).digest()))


def _digest(request):
    """The digest of what was typed, without the token against forged requests."""
    typed = [(name, values) for name, values in request.POST.lists() if name != TOKEN]
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    words = f"{request.path} {sorted(typed)} {sorted(files)}"
    return hashlib.sha256(words.encode()).hexdigest()
