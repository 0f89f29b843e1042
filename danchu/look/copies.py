"""Keeps public pages as anyone sees them: each is worked out once, by one process, until something
that it shows changes (danchu/copies). Conditional requests are answered 304. Whoever has a session
gets the same page with what is their own put in afterwards (danchu/look/own_parts.py).

A page is kept only where all that it depends on is known: the address, the day, the few cookies
that are allowed, and rows whose changes are noted. Whatever asks for more (a token of a form, the
present instant, a table without versions) is worked out for each reader as before.
"""

import json
from collections import OrderedDict
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection
from django.http import HttpResponse, HttpResponseNotModified
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language_from_path

from danchu.copies import memory
from danchu.copies.copy import Copy, parted
from danchu.copies.identity import program
from danchu.copies.lasting import LastingAnswers
from danchu.copies.shared import shared_copy, working
from danchu.copies.watching import watching
from danchu.copies.writes import share
from danchu.kernel.days import today
from danchu.kernel.reading import lasting
from danchu.look import my_place, rates
from danchu.look.pages import THEMES
from danchu.people.throttle import COOKIE as DEVICE

# Cookies that a page may differ by, and those that no public page reads.
ASKED = ("theme", my_place.COOKIE)
UNREAD = (settings.CSRF_COOKIE_NAME, DEVICE)
# Those of which only the reader's own parts of a page depend.
OWN = (settings.SESSION_COOKIE_NAME, "messages")
KINDS = ("text/html", "application/atom+xml")
MOST_LOOSE = 20_000
LONGEST_ADDRESS = 2000
_loose: OrderedDict[bytes, None] = OrderedDict()


def copies_middleware(get_response):
    """Answer from a copy where there is one that is true, else work the page out and keep it."""

    def respond(request):
        if not _may_be_kept(request):
            return get_response(request)
        if any(name in OWN for name in request.COOKIES):
            request.ask_for_copy = lambda: _copy_for_anyone(request, get_response)
            return get_response(request)
        copy, response = _kept_or_worked_out(request, get_response)
        return response if copy is None else _answer(request, copy)

    return respond


def _copy_for_anyone(request, get_response):
    """The copy of the page that the request asks for; None where it is not kept. It is worked out
    for a request that has nothing of this reader.
    """
    environment = {
        name: value
        for name, value in request.META.items()
        if name not in ("HTTP_COOKIE", "HTTP_IF_NONE_MATCH") and not name.startswith("CSRF_")
    }
    cookies = [(name, request.COOKIES[name]) for name in ASKED if name in request.COOKIES]
    anyones = WSGIRequest(environment)
    anyones.COOKIES = dict(cookies)
    if not _key(anyones) or not _match(anyones.path_info):
        return None
    copy, _response = _kept_or_worked_out(anyones, get_response)
    request.resolver_match = _match(anyones.path_info)
    return copy


def _kept_or_worked_out(request, get_response):
    """(the copy of the page, None), or (None, the response) where the page is not kept."""
    key = _key(request)
    match = key and _match(request.path_info)
    if not match:
        return None, get_response(request)
    try:
        asked_at, _seen = memory.feed.poll()
        copy = memory.kept_copy(key, asked_at) or shared_copy(key, asked_at)
    except DatabaseError:
        return None, get_response(request)  # which says so
    if copy is None:
        return _worked_out(request, get_response, key, asked_at)
    request.resolver_match = match
    memory.keep(key, copy)
    return copy, None


def _may_be_kept(request):
    """Whether the page may be one of those that are kept, by what the request has."""
    return (
        settings.PAGE_COPIES
        and request.method == "GET"
        and "Authorization" not in request.headers
        and all(name in ASKED or name in UNREAD or name in OWN for name in request.COOKIES)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
        and not connection.in_atomic_block
    )


def _key(request):
    """A digest of all that a page may depend on beside the database; None where it is not kept."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    theme = request.COOKIES.get("theme", "")
    question = [
        request.scheme,
        host,
        request.get_full_path(),
        theme if theme in THEMES else "",
        request.COOKIES.get(my_place.COOKIE, ""),
        today().isoformat(),
        connection.settings_dict["NAME"],
    ]
    key = sha256(program() + json.dumps(question).encode()).digest()
    return None if key in _loose else key


@lru_cache(4096)
def _match(path):
    """What the address leads to, resolved as the views will be, where it is of pages that are kept;
    else None.
    """
    with translation.override(get_language_from_path(path) or settings.LANGUAGE_CODE):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    return match if rates.rate_of(rates.route_of(match)) == rates.KEPT else None


def _worked_out(request, get_response, key, asked_at):
    """Work the page out while others wait, and keep it where that may be; the copy or the response,
    as of `_kept_or_worked_out`. Of those who waited each takes what was worked out since it asked,
    though more has changed meanwhile: else a page that changes while it is worked out would be
    worked out for each of them in turn.
    """
    with working(key) as waited:
        copy = None
        if waited:
            copy = memory.kept_copy(key, asked_at) or shared_copy(key, asked_at)
        if copy is None:
            number, seen = memory.feed.poll()
            day = today()
            with watching() as notes, lasting(LastingAnswers(number)):
                response = get_response(request)
            parts = _take_marks_out(response, notes.mark)
            is_the_same_for_all = _is_the_same_for_all(request, response)
            if notes.hindrances or request.META.get("CSRF_COOKIE_NEEDS_UPDATE"):
                _loose[key] = None
                while len(_loose) > MOST_LOOSE:
                    _loose.popitem(last=False)
            if notes.hindrances or not is_the_same_for_all:
                return None, response
            copy = Copy.of(notes, dict(response.items()), response.content, number, parts)
            if waited is None or today() != day:
                return copy, None
            with suppress(DatabaseError):  # the page itself is there
                share(key, seen, copy)
        memory.keep(key, copy)
    return copy, None


def _take_marks_out(response, mark):
    """The readers' own parts of a page, which loses their marks."""
    if response.streaming or mark.encode() not in response.content:
        return ()
    response.content, parts = parted(response.content, mark)
    if "Content-Length" in response.headers:
        response.headers["Content-Length"] = str(len(response.content))
    return parts


def _is_the_same_for_all(request, response):
    """Whether the response has nothing of this reader or this moment."""
    return (
        response.status_code == 200
        and not response.streaming
        and response.headers.get("Content-Type", "").partition(";")[0] in KINDS
        and not response.cookies
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and "Cache-Control" not in response.headers
    )


def _answer(request, copy):
    """The copy as this reader's browser takes it."""
    tags = parse_etags(request.headers.get("If-None-Match", ""))
    if copy.etag in tags or "*" in tags:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(copy.gzipped())
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(copy.content)
    for name, value in copy.headers.items():
        if response.status_code == 200 or name != "Content-Type":
            response.headers[name] = value
    response.headers["ETag"] = copy.etag
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
