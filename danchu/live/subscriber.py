"""A device's connection to a hub: one HTTP request, then a stream of server-sent events."""

import os
import random
import ssl
from functools import partial

from danchu.conference.access.tokens import PUBLIC
from danchu.kernel.addresses import number_in
from danchu.live.http import HttpConnection, cors_headers, hall_address
from danchu.live.tls import TlsTransport

MOST_UNREAD = 256 * 1024  # bytes; a device that leaves more unread is disconnected
HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: "
    "no-store\r\nX-Accel-Buffering: no\r\n"
)


class Subscriber(HttpConnection):
    """A connection that becomes a subscriber of a hall once its request is answered."""

    __slots__ = ("hall", "number", "pass_in", "device", "address", "_send")

    def __init__(self, hub):
        super().__init__(hub)
        self.hall = None
        self.number = 0
        self.pass_in = 0
        self.device = ""
        self.address = ""  # of the public only
        self._send = None

    def answer(self, request):
        if request.path == "/health":
            return self.reply(request, 200, b'{"ok":true}')
        conference, place = hall_address(request.path) or (None, "")
        if place != "stream":
            return self.reply(request, 404)
        if request.method != "GET":
            return self.reply(request, 405)
        token = request.token(conference)
        cors = cors_headers(request.allowed_origin(self.server.origins))
        address = self.address_of(request) or "unknown"
        if (
            token is None
            or token.device in self.server.revoked
            or not self.server.has_room(token, address)
        ):
            return self.reply(request, 403, b"", cors)
        self.pass_in = token.pass_in
        self.device = token.device
        if token.role == PUBLIC:
            self.address = address
        head = (
            HEAD
            + "".join(f"{header}\r\n" for header in cors)
            + f"\r\nretry: {random.randint(2000, 10000)}\n\n"
        )  # noqa: S311 - no secret: devices must not reconnect all at once
        self.server.join(
            self,
            token.conference,
            head.encode(),
            number_in(request.headers.get("last-event-id") or request.query.removeprefix("v=")),
        )
        return None

    def start_streaming(self):
        """Switch from request to streaming mode: drop the HTTP parser and bind a direct socket
        writer.
        """
        self._parser = self._headers = None
        transport = self.transport
        self._send = (
            transport.send
            if isinstance(transport, TlsTransport)
            else partial(os.write, transport.get_extra_info("socket").fileno())
        )

    def push(self, frame):
        """Write a frame: straight to the socket if nothing is buffered, else through the event
        loop. A device that leaves more than MOST_UNREAD bytes unread is disconnected.
        """
        transport = self.transport
        if transport.is_closing():
            # It was closed between two slices of the broadcast: writing would raise, and the
            # subscribers after it would miss the frame.
            return
        unread = transport.get_write_buffer_size()
        if unread > MOST_UNREAD:
            transport.abort()
        elif unread:
            transport.write(frame)
        else:
            try:
                written = self._send(frame)
            except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
                written = 0
            except OSError:  # the device hung up and the event loop has not noticed yet
                transport.abort()
                return
            if written < len(frame):
                transport.write(frame[written:])

    def data_received(self, data):
        if self.hall is not None:
            return  # a subscriber sends nothing more
        super().data_received(data)

    def connection_lost(self, error):
        super().connection_lost(error)
        self.server.leave(self)
