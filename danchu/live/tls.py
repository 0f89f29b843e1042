"""TLS of the live processes: OpenSSL reads and writes the socket itself, so a frame costs one call
and no copy between buffers.

The transports of asyncio and uvloop encrypt into memory and send from there, which costs more a
frame and more memory a line (measured by `python -m bench.live tls`). `Secure` has what the live
processes use of a transport, no more.
"""

import asyncio
import errno
import os
import ssl
from contextlib import suppress

ACCEPTED_AT_ONCE = 64
READ = 64 * 1024
READS_AT_ONCE = 8
# Nothing more can be opened for now: the listener rests, the connections wait in the backlog.
_FULL = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
REST_SECONDS = 0.2


def tls_context():
    """The TLS of the hall, or None when it is ended before us: DANCHU_LIVE_CERT and
    DANCHU_LIVE_KEY name the files.
    """
    certificate = os.environ.get("DANCHU_LIVE_CERT")
    if not certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, os.environ.get("DANCHU_LIVE_KEY") or None)
    return context


class Secure:
    """One connection under TLS, as a protocol sees it. The protocol is told of it before the
    hands are shaken: who never does is swept.
    """

    __slots__ = (
        "_line",
        "_loop",
        "_protocol",
        "_unsent",
        "_waits_to_write",
        "_is_shaken",
        "_is_closing",
        "_is_over",
    )

    def __init__(self, loop, line, protocol):
        self._line = line
        self._loop = loop
        self._protocol = protocol
        self._unsent = b""
        self._waits_to_write = False
        self._is_shaken = False
        self._is_closing = False
        self._is_over = False
        protocol.connection_made(self)
        loop.add_reader(line.fileno(), self._readable)

    def is_closing(self):
        return self._is_closing

    def get_write_buffer_size(self):
        return len(self._unsent)

    @property
    def give(self):
        """What offers bytes to the socket: how many it took, or ssl.SSLWantWriteError. Only
        while nothing is unsent; the rest is for `write`.
        """
        return self._line.send

    def write(self, data):
        """Send what the socket takes now and keep the rest, which goes when it can be written
        again.
        """
        if self._is_closing:
            return
        if self._unsent or not self._is_shaken:
            self._unsent += data
            return
        taken = self._sent(data)
        if taken is not None and taken < len(data):
            self._unsent = bytes(data[taken:])
            self._watch_writing(True)

    def close(self):
        """Send what is kept, then hang up."""
        if not self._is_closing:
            self._is_closing = True
            if not self._unsent:
                self._say_goodbye()

    def abort(self):
        """Hang up."""
        self._end(None)

    def _say_goodbye(self):
        with suppress(OSError, ValueError):
            # tells the other side that this is the end; its answer is not waited for
            self._line.unwrap()
        self._end(None)

    def _readable(self):
        if self._is_over:
            return
        try:
            if not self._is_shaken:
                self._shake()
                return
            for _ in range(READS_AT_ONCE):
                data = self._line.recv(READ)
                if not data:
                    self._end(None)
                elif not self._is_closing:
                    self._protocol.data_received(data)
                if self._is_over:
                    return
            self._loop.call_soon(
                self._readable
            )  # others first; what OpenSSL holds already the socket does not tell of
        except ssl.SSLWantReadError:
            return
        except ssl.SSLWantWriteError:
            self._watch_writing(True)
        except OSError as error:
            self._end(error)

    def _shake(self):
        self._line.do_handshake()
        self._is_shaken = True
        self._watch_writing(bool(self._unsent))
        self._loop.call_soon(
            self._readable
        )  # OpenSSL may hold the request already: the socket says nothing of it

    def _writable(self):
        if not self._is_shaken or not self._unsent:  # it was OpenSSL that had to write
            self._watch_writing(False)
            self._readable()
            return
        taken = self._sent(self._unsent)
        if taken is None:
            return
        self._unsent = self._unsent[taken:]
        if not self._unsent:
            self._watch_writing(False)
            if self._is_closing:
                self._say_goodbye()

    def _sent(self, data):
        """How many bytes the socket took; None when the connection is lost. What was refused
        must be offered again first: it is kept.
        """
        try:
            return self._line.send(data)
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return 0
        except OSError as error:
            self._end(error)
            return None

    def _watch_writing(self, wanted):
        if wanted and not self._waits_to_write:
            self._loop.add_writer(self._line.fileno(), self._writable)
        elif self._waits_to_write and not wanted:
            self._loop.remove_writer(self._line.fileno())
        self._waits_to_write = wanted

    def _end(self, error):
        if self._is_over:
            return
        self._is_over = self._is_closing = True
        self._unsent = b""
        self._loop.remove_reader(self._line.fileno())
        self._watch_writing(False)
        self._line.close()
        self._loop.call_soon(self._protocol.connection_lost, error)


class Door:
    """A socket that listens, under TLS: accepts, and makes a protocol for each connection."""

    def __init__(self, make, listener, context):
        self.make = make
        self.listener = listener
        self.context = context
        self.loop = asyncio.get_running_loop()
        listener.setblocking(False)
        self.is_over = False
        self.resting = None
        self.loop.add_reader(listener, self._accept)

    def _accept(self):
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                line, _peer = self.listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError as error:
                if error.errno not in _FULL:
                    raise
                self.loop.remove_reader(self.listener)
                self.resting = self.loop.call_later(REST_SECONDS, self._again)
                return
            line.setblocking(False)
            try:
                secure = self.context.wrap_socket(
                    line, server_side=True, do_handshake_on_connect=False
                )
            except OSError:  # it has left already
                line.close()
                continue
            Secure(self.loop, secure, self.make())

    def _again(self):
        if not self.is_over:
            self.loop.add_reader(self.listener, self._accept)

    def close(self):
        """Accept no more."""
        if not self.is_over:
            self.is_over = True
            self.loop.remove_reader(self.listener)
            self.listener.close()
