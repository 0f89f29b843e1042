"""Runs GET and HEAD requests in one read context: each sum is queried once, on one map."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from danchu.kernel.reading import reading

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def reading_middleware(get_response: GetResponse) -> GetResponse:
    def respond(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with reading():
            return get_response(request)

    return respond
