"""/metrics: the numbers of the installation, to whoever has the token of DANCHU_METRICS_TOKEN.

It stands before all other middleware, as /health does, so that it is answered under any name that
the collector uses. Without the setting there is no such address: a loopback address says nothing
about who asks once a proxy stands on the same machine.
"""

import time

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CONTENT_TYPE_LATEST

from danchu.config.metrics import exposition
from danchu.kernel.metrics import queries, request_seconds, requests
from danchu.look import rates

ADDRESS = "/metrics"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def metrics_middleware(get_response):
    """Answers /metrics, and counts every other request under the route that answered it."""

    def middleware(request):
        if request.path_info == ADDRESS and settings.METRICS_TOKEN:
            return metrics(request)
        began_at = time.perf_counter()
        statements = _Statements()
        with statements.counted():
            response = get_response(request)
        method = request.method if request.method in METHODS else "other"
        route = route_of(request)
        requests.labels(method, route, str(response.status_code)).inc()
        request_seconds.labels(method, route).observe(time.perf_counter() - began_at)
        if statements.number:
            queries.labels(route).inc(statements.number)
        return response

    return middleware


def metrics(request):
    """200 with the numbers; 401 without the token. Nothing is cached."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not constant_time_compare(sent, settings.METRICS_TOKEN):
        answer = HttpResponse(status=401)
        answer.headers["WWW-Authenticate"] = "Bearer"
    else:
        answer = HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def route_of(request):
    """The pattern of the address that answered, as "figures/<str:key>/", the same for either
    language; "static" or "none" where no view did.
    """
    match = request.resolver_match
    if match is not None:
        return rates.route_of(match)
    return "static" if request.path_info.startswith(settings.STATIC_URL) else "none"


class _Statements:
    """Counts the statements that a request sends to the database."""

    def __init__(self):
        self.number = 0

    def counted(self):
        return connection.execute_wrapper(self._count)

    def _count(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)
