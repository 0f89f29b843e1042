"""TLS of the live processes: OpenSSL reads and writes the socket itself, so that a frame costs one
call and no copy between buffers.

The transports of asyncio and uvloop encrypt into memory and send from there, which takes longer and
needs more memory a connection (measured by `python -m bench.live tls`). TlsTransport has only those
methods of a transport that the live processes use.
"""

import asyncio
import errno
import os
import ssl
from contextlib import suppress

ACCEPTED_AT_ONCE = 64
READ = 64 * 1024
READS_AT_ONCE = 8
# No descriptor or buffer is free: accepting pauses, new connections wait in the backlog.
_EXHAUSTED = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
PAUSE_SECONDS = 0.2


def tls_context():
    """The server context of the certificate in the file DANCHU_LIVE_CERT and the key in
    DANCHU_LIVE_KEY; None without a certificate (no TLS, or a proxy terminates it).
    """
    certificate = os.environ.get("DANCHU_LIVE_CERT")
    if not certificate:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, os.environ.get("DANCHU_LIVE_KEY") or None)
    return context


class TlsTransport:
    """The transport of one TLS connection. `connection_made` is called before the handshake, so
    that clients that never finish it are disconnected as idle.
    """

    __slots__ = (
        "_socket",
        "_loop",
        "_protocol",
        "_unsent",
        "_is_watching_writes",
        "_is_established",
        "_is_closing",
        "_is_closed",
    )

    def __init__(self, loop, tls_socket, protocol):
        self._socket = tls_socket
        self._loop = loop
        self._protocol = protocol
        self._unsent = b""
        self._is_watching_writes = False
        self._is_established = False
        self._is_closing = False
        self._is_closed = False
        loop.add_reader(tls_socket.fileno(), self._readable)
        protocol.connection_made(self)  # may end it

    def is_closing(self):
        return self._is_closing

    def client_address(self):
        """(address, port) of the client; None once it has left."""
        try:
            return self._socket.getpeername()
        except OSError:
            return None

    def get_write_buffer_size(self):
        return len(self._unsent)

    @property
    def send(self):
        """The `send` of the socket: the number of bytes written, or ssl.SSLWantWriteError. To be
        used only while the write buffer is empty; the rest goes to `write`.
        """
        return self._socket.send

    def write(self, data):
        """Send what the socket accepts now and buffer the rest until it is writable."""
        if self._is_closing:
            return
        if self._unsent or not self._is_established:
            self._unsent += data
            return
        written = self._try_send(data)
        if written is not None and written < len(data):
            self._unsent = bytes(data[written:])
            self._watch_writing(True)

    def close(self):
        """Send what is buffered, then disconnect."""
        if not self._is_closing:
            self._is_closing = True
            if not self._unsent:
                self._shut_down()

    def abort(self):
        """Disconnect at once."""
        self._end(None)

    def _shut_down(self):
        with suppress(OSError, ValueError):
            # Sends close_notify (RFC 8446, 6.1); the answer is not waited for.
            self._socket.unwrap()
        self._end(None)

    def _readable(self):
        if self._is_closed:
            return
        try:
            if not self._is_established:
                self._handshake()
                return
            for _ in range(READS_AT_ONCE):
                data = self._socket.recv(READ)
                if not data:
                    self._end(None)
                elif not self._is_closing:
                    self._protocol.data_received(data)
                if self._is_closed:
                    return
            # Other connections first. Again, because the socket does not report what OpenSSL has
            # read into its buffer.
            self._loop.call_soon(self._readable)
        except ssl.SSLWantReadError:
            return
        except ssl.SSLWantWriteError:
            self._watch_writing(True)
        except OSError as error:
            self._end(error)

    def _handshake(self):
        self._socket.do_handshake()
        self._is_established = True
        self._watch_writing(bool(self._unsent))
        # OpenSSL may have read the request into its buffer already.
        self._loop.call_soon(self._readable)

    def _writable(self):
        if not self._is_established or not self._unsent:  # OpenSSL itself had something to write
            self._watch_writing(False)
            self._readable()
            return
        written = self._try_send(self._unsent)
        if written is None:
            return
        self._unsent = self._unsent[written:]
        if not self._unsent:
            self._watch_writing(False)
            if self._is_closing:
                self._shut_down()

    def _try_send(self, data):
        """The number of bytes the socket accepted; None when the connection is lost. OpenSSL wants
        the same bytes again after a refusal, so they stay in the buffer.
        """
        try:
            return self._socket.send(data)
        except (ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return 0
        except OSError as error:
            self._end(error)
            return None

    def _watch_writing(self, is_on):
        if is_on and not self._is_watching_writes:
            self._loop.add_writer(self._socket.fileno(), self._writable)
        elif self._is_watching_writes and not is_on:
            self._loop.remove_writer(self._socket.fileno())
        self._is_watching_writes = is_on

    def _end(self, error):
        if self._is_closed:
            return
        self._is_closed = self._is_closing = True
        self._unsent = b""
        self._loop.remove_reader(self._socket.fileno())
        self._watch_writing(False)
        self._socket.close()
        self._loop.call_soon(self._protocol.connection_lost, error)


class TlsServer:
    """A listening socket with TLS; `make_protocol()` is called for each connection."""

    def __init__(self, make_protocol, listener, context):
        self.make_protocol = make_protocol
        self.listener = listener
        self.context = context
        self.loop = asyncio.get_running_loop()
        listener.setblocking(False)
        self.is_closed = False
        self.pause = None
        self.loop.add_reader(listener, self._accept)

    def _accept(self):
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                client, _peer = self.listener.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError as error:
                if error.errno not in _EXHAUSTED:
                    raise
                self.loop.remove_reader(self.listener)
                self.pause = self.loop.call_later(PAUSE_SECONDS, self._resume)
                return
            client.setblocking(False)
            try:
                tls_socket = self.context.wrap_socket(
                    client, server_side=True, do_handshake_on_connect=False
                )
            except OSError:  # disconnected already
                client.close()
                continue
            TlsTransport(self.loop, tls_socket, self.make_protocol())

    def _resume(self):
        if not self.is_closed:
            self.loop.add_reader(self.listener, self._accept)

    def close(self):
        """Stop accepting."""
        if not self.is_closed:
            self.is_closed = True
            self.loop.remove_reader(self.listener)
            self.listener.close()
