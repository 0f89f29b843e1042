"""An id for each request, in its answer and in every line of the log that is written meanwhile: who
meets a fault quotes it, and the operator finds the lines.
"""

import logging
import re
from contextvars import ContextVar
from uuid import uuid4

HEADER = "X-Request-ID"
# What a proxy in front may pass on: short, and nothing that could forge a line of the log.
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

_current: ContextVar[str] = ContextVar("id of the current request", default="")


def current_id() -> str:
    """The id of the request that is being answered; "" outside one."""
    return _current.get()


def request_id_middleware(get_response):
    """Give each request the id of its header, where it is one, or a new one."""

    def middleware(request):
        sent = request.headers.get(HEADER, "")
        request.id = sent if _ID.fullmatch(sent) else uuid4().hex
        token = _current.set(request.id)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        response.headers[HEADER] = request.id
        return response

    return middleware


class WithRequestId(logging.Filter):
    """Adds `request`, the id or "-", to a line of the log."""

    def filter(self, record):
        record.request = current_id() or "-"
        return True
