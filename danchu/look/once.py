"""A form that is sent twice does one thing.

The form carries a token (the template tag `once`). What it does, the token and a digest of what was
typed are written in one transaction; the second request waits for the first, and is redirected to
where that one led. A form that was refused may be sent again with the same token, and so may one
in which something else was typed: browsers restore hidden fields when a reader goes back.
"""

import hashlib

from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.shortcuts import redirect

from danchu.kernel.addresses import uid_in
from danchu.look.resending import TOKEN
from danchu.subjects.sent import SENT_BEFORE

FIELD = "once"
SECONDS = 24 * 3600


def sent_once(request, view):
    """The response of `view()`, which is called once for each token; a form without one always."""
    token = uid_in(request.POST.get(FIELD)) if request.method == "POST" else None
    if token is None:
        return view()
    key = f"form {request.user.pk} {token} {_digest(request)}"
    with transaction.atomic():
        # Of two at once the second waits here, in the database, until the first has ended.
        if not cache.add(key, "", SECONDS):
            messages.info(request, SENT_BEFORE)
            return redirect(cache.get(key) or "front")
        response = view()
        if 300 <= response.status_code < 400:
            cache.set(key, response.url, SECONDS)
        else:
            cache.delete(key)
        return response


def _digest(request):
    """The digest of what was typed, without the token against forged requests."""
    typed = [(name, values) for name, values in request.POST.lists() if name != TOKEN]
    files = [(name, file.name, file.size) for name, file in request.FILES.items()]
    words = f"{request.path} {sorted(typed)} {sorted(files)}"
    return hashlib.sha256(words.encode()).hexdigest()
