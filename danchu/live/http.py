"""HTTP/1.1 for the live processes: requests are parsed by httptools under hard limits, one at a
time on each connection.

Only what the hall needs: small requests with a token, answered at once, later, or by a stream (a
subscriber of a hub).
"""

import asyncio
import os
from urllib.parse import parse_qs, urlsplit

import httptools

from danchu.conference.access.tokens import cookie_name, read_token
from danchu.kernel.addresses import number_in
from danchu.kernel.metrics import hall_answers
from danchu.kernel.networks import client_of
from danchu.live.unfinished import address_of_one

MOST_HEAD = 8 * 1024  # bytes
MOST_BODY = 16 * 1024  # bytes
HEAD_SECONDS = 10
IDLE_SECONDS = 60
_REASONS = {
    200: "OK",
    201: "Created",
    204: "No Content",
    400: "Bad Request",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    409: "Conflict",
    413: "Content Too Large",
    429: "Too Many Requests",
    503: "Service Unavailable",
}
_HEADERS_READ = {
    *(b"cookie", b"origin", b"host", b"last-event-id", b"authorization", b"content-type"),
    b"x-forwarded-for",
}


def trusted_proxies() -> int:
    """How many proxies stand before the live processes (DANCHU_PROXIES)."""
    return int(os.environ.get("DANCHU_PROXIES") or 0)


def hall_address(path):
    """(conference id, last part) of a path such as /hall/7/vote; None for another path."""
    parts = path.split("/")
    if len(parts) != 4 or parts[1] != "hall":
        return None
    conference = number_in(parts[2])
    return None if conference is None else (conference, parts[3])


class Request:
    """A parsed request: `path` without its query, header names in lower case."""

    __slots__ = ("method", "path", "query", "headers", "body", "keeps_alive")

    def __init__(self, method, url, headers, body, keeps_alive):
        path, _mark, query = url.partition("?")
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
        self.keeps_alive = keeps_alive

    def token(self, conference):
        """The valid Token of this conference, from the header or the cookie; or None."""
        bearer = self.headers.get("authorization", "")
        if bearer.startswith("Bearer "):
            token = read_token(bearer[7:])
        else:
            token = read_token(self._cookie(cookie_name(conference)))
        return token if token and token.conference == conference else None

    def _cookie(self, name):
        start = f"{name}="
        for part in self.headers.get("cookie", "").split(";"):
            part = part.strip()
            if part.startswith(start):
                return part[len(start) :].strip('"')
        return ""

    def fields(self):
        """{name: last value} of a form's body."""
        try:
            return {
                name: values[-1]
                for name, values in parse_qs(self.body.decode(), max_num_fields=20).items()
            }
        except (UnicodeDecodeError, ValueError):
            return {}

    def allowed_origin(self, origins):
        """The Origin header if it is one of `origins` or our own host on another port; else ""."""
        origin = self.headers.get("origin", "")
        if not origin:
            return ""
        try:
            ours = urlsplit("//" + self.headers.get("host", "")).hostname
            return origin if origin in origins or urlsplit(origin).hostname == ours and ours else ""
        except ValueError:
            return ""


class HttpConnection(asyncio.Protocol):
    """One connection. Subclasses define `answer(request)`, which calls `reply` now or later, and
    `counted_as`, the process in the numbers for Prometheus.
    """

    counted_as = "hub"

    __slots__ = (
        "server",
        "transport",
        "last_active",
        "busy",
        "_parser",
        "_url",
        "_headers",
        "_body",
        "_size",
        "_pipelined",
    )

    def __init__(self, server):
        self.server = server
        self.transport = None
        self.busy = False
        self._pipelined = b""
        self._parser = httptools.HttpRequestParser(self)
        self._begin()

    def _begin(self):
        self._url = b""
        self._headers = {}
        self._body = b""
        self._size = 0

    def connection_made(self, transport):
        self.transport = transport
        self.last_active = self.server.now()
        address = "" if self.server.proxies else address_of_one(self._peer())
        self.server.waiting.add(self, address)

    def connection_lost(self, _error):
        self.server.waiting.discard(self)

    def data_received(self, data):
        if not self._size:
            # Later bytes do not renew it: a request sent a byte at a time would never end.
            self.last_active = self.server.now()
        if self.busy:  # pipelined: the next request waits for the answer to this one
            self._pipelined += data
            if len(self._pipelined) > MOST_HEAD + MOST_BODY:
                self.transport.abort()
            return None
        self._size += len(data)
        if self._size > MOST_HEAD + MOST_BODY:
            return self.refuse(413)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self.refuse(400)
        return None

    def on_url(self, url):
        self._url += url

    def on_header(self, name, value):
        name = name.lower()
        if name in _HEADERS_READ:
            self._headers[name.decode("latin-1")] = value.decode("latin-1")

    def on_headers_complete(self):
        if self._size > MOST_HEAD + MOST_BODY:
            self.refuse(413)

    def on_body(self, body):
        self._body += body

    def on_message_complete(self):
        if self.busy or self.transport.is_closing():
            return
        self.busy = True
        parser = self._parser
        request = Request(
            parser.get_method().decode("latin-1"),
            self._url.decode("latin-1"),
            self._headers,
            self._body,
            parser.should_keep_alive(),
        )
        self._begin()
        self.answer(request)

    def address_of(self, request):
        """The address of the client as limits count it: behind so many trusted proxies, the one
        they saw; else that of the connection.
        """
        peer = self._peer()
        forwarded = request.headers.get("x-forwarded-for", "")
        return client_of(forwarded, peer[0] if peer else "", self.server.proxies)

    def _peer(self):
        """(address, port) of the other end of the connection; None once it has left."""
        if hasattr(self.transport, "client_address"):  # TLS of our own
            return self.transport.client_address()
        return self.transport.get_extra_info("peername")

    def answer(self, request):
        raise NotImplementedError

    def reply(self, request, status, body=b"", headers=()):
        """Send the answer and parse the next request. Does nothing if the client has disconnected
        meanwhile.
        """
        if self.transport is None or self.transport.is_closing():
            return
        hall_answers.labels(self.counted_as, str(status)).inc()
        keeps_alive = request.keeps_alive and status < 500
        self.transport.write(response_bytes(status, body, headers, keeps_alive))
        self.busy = False
        self.last_active = self.server.now()
        if not keeps_alive:
            self.transport.close()
        elif self._pipelined:
            data = self._pipelined
            self._pipelined = b""
            self.data_received(data)

    def refuse(self, status):
        """Send an error and close: the rest of this connection cannot be parsed."""
        if not self.transport.is_closing():
            self.transport.write(response_bytes(status, b"", (), False))
            self.transport.close()


def response_bytes(status, body, headers, keeps_alive):
    """The bytes of a whole response; a body is JSON."""
    lines = [
        f"HTTP/1.1 {status} {_REASONS[status]}",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        *headers,
    ]
    if body:
        lines.append("Content-Type: application/json; charset=utf-8")
    lines.append("Connection: keep-alive" if keeps_alive else "Connection: close")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def cors_headers(origin):
    """The CORS headers that let a page of `origin` read the response; none for ""."""
    return (
        (
            f"Access-Control-Allow-Origin: {origin}",
            "Access-Control-Allow-Credentials: true",
            "Vary: Origin",
        )
        if origin
        else ()
    )


def close_idle(server):
    """Disconnect clients that did not finish a request within HEAD_SECONDS of its first byte or
    sent none for IDLE_SECONDS.
    """
    now = server.now()
    for client in list(server.waiting):
        limit = HEAD_SECONDS if client._size else IDLE_SECONDS
        if not client.busy and now - client.last_active > limit:
            client.transport.abort()
