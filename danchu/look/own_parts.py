"""Public pages for whoever has a session: the page is the one that is kept for everybody, with the
parts that are the reader's own put in afterwards. Nothing of a reader is ever part of what is kept:
the page is worked out for a request without their cookies.

Whoever has a right that was asked for while the page was worked out may have to see more of it,
and gets a page of their own as before.
"""

from functools import lru_cache

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.template import Context, engines
from django.urls import translate_url
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from danchu.copies.lasting import LastingAnswers
from danchu.kernel.reading import lasting, reading
from danchu.look.foreign import marked


def own_parts_middleware(get_response):
    """Answer from the page for everybody where it is the same for this reader."""

    def respond(request):
        ask = getattr(request, "ask_for_copy", None)
        copy = ask() if ask else None
        if copy is None or not _sees_as_anyone(request, copy):
            return get_response(request)
        return _with_own_parts(request, copy)

    return respond


def _sees_as_anyone(request, copy):
    """Whether the reader has none of the rights that were asked for. Their rights are read anew, on
    the map that the process knows.
    """
    with lasting(LastingAnswers(copy.number)), reading():
        return request.actor.sees_as_anyone(copy.rights)


def _with_own_parts(request, copy):
    engine = engines["django"].engine
    context = Context(own_context(request))
    names = {part.template for part in copy.parts}
    in_language = marked if get_language() == "en" else str
    texts = {
        name: in_language(engine.get_template(name).render(context)).encode() for name in names
    }
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(copy.gzipped_with_own(texts))
        response.headers["Content-Encoding"] = "gzip"
        patch_vary_headers(response, ("Accept-Encoding",))
    else:
        response = HttpResponse(copy.with_own(texts))
    for name, value in copy.headers.items():
        response.headers[name] = value
    response.headers["Cache-Control"] = "no-cache"
    return response


def own_context(request):
    """What a template of an own part may use."""
    return {
        "request": request,
        "messages": get_messages(request),
        "desk_address": desk_address(get_language()),
    }


@lru_cache(8)
def desk_address(language):
    """The address of the desk in a language."""
    return translate_url(settings.LOGIN_REDIRECT_URL, language)
