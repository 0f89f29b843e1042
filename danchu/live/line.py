"""A device's line (SSE): it asks once, then frames go out on it."""

import os
import random
import ssl
from functools import partial

from danchu.kernel.addresses import number_in
from danchu.live.http import Wire, shared_with
from danchu.live.tls import Secure

MOST_UNREAD = 256 * 1024
HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\nCache-Control: "
    "no-store\r\nX-Accel-Buffering: no\r\n"
)


class Line(Wire):
    """A device's connection: a request at first, then the line on which frames go out."""

    __slots__ = ("hall", "number", "pass_in", "device", "_give")

    def __init__(self, hub):
        super().__init__(hub)
        self.hall = None
        self.number = 0
        self.pass_in = 0
        self.device = ""
        self._give = None

    def answer(self, request):
        parts = request.path.split("/")
        if request.path == "/health":
            return self.reply(request, 200, b'{"ok":true}')
        if (
            len(parts) != 4
            or parts[1] != "hall"
            or parts[3] != "stream"
            or number_in(parts[2]) is None
        ):
            return self.reply(request, 404)
        if request.method != "GET":
            return self.reply(request, 405)
        token = request.token(int(parts[2]))
        shared = shared_with(request.origin_allowed(self.server.origins))
        if token is None or token.device in self.server.revoked or not self.server.has_room(token):
            return self.reply(request, 403, b"", shared)
        self.pass_in = token.pass_in
        self.device = token.device
        head = (
            HEAD
            + "".join(f"{line}\r\n" for line in shared)
            + f"\r\nretry: {random.randint(2000, 10000)}\n\n"
        )  # noqa: S311 - spreads a herd
        self.server.join(
            self,
            token.conference,
            head.encode(),
            number_in(request.headers.get("last-event-id") or request.query.removeprefix("v=")),
        )
        return None

    def listen(self):
        """Lay down what only a request needs, and find the way by which frames go straight to
        the socket.
        """
        self._parser = self._headers = None
        transport = self.transport
        self._give = (
            transport.give
            if isinstance(transport, Secure)
            else partial(os.write, transport.get_extra_info("socket").fileno())
        )

    def push(self, frame):
        """Give a frame to the kernel at once where nothing waits before it, else to the loop.
        Who reads nothing is let go.
        """
        transport = self.transport
        if transport.is_closing():
            # it went between two slices: a write would raise, and who comes after would miss the
            # frame
            return
        unread = transport.get_write_buffer_size()
        if unread > MOST_UNREAD:
            transport.abort()
        elif unread:
            transport.write(frame)
        else:
            try:
                taken = self._give(frame)
            except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
                taken = 0
            except OSError:  # the device has hung up; the loop has not heard of it yet
                transport.abort()
                return
            if taken < len(frame):
                transport.write(frame[taken:])

    def data_received(self, data):
        if self.hall is not None:
            return  # who listens has nothing to say
        super().data_received(data)

    def connection_lost(self, error):
        super().connection_lost(error)
        self.server.left(self)
