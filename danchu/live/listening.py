"""The listening sockets of the live processes: many connections are accepted in one turn of the
event loop, with TLS or without.
"""

import asyncio

from danchu.live.tls import TlsServer, tls_context

BACKLOG = 16_384
# Watchers of the socket. More would gain little: a watcher without a new connection costs a call.
ACCEPTED_A_TURN = 8


class PlainServer:
    """A listening socket without TLS, watched several times: libuv accepts one connection for each
    watcher and turn of the loop, too few where a turn also writes to thousands of subscribers.
    """

    def __init__(self, servers):
        self.servers = servers

    @classmethod
    async def start(cls, make_protocol, listener):
        """The server at a bound socket; `make_protocol()` is called for each connection."""
        loop = asyncio.get_running_loop()
        sockets = [listener, *(listener.dup() for _more in range(ACCEPTED_A_TURN - 1))]
        return cls(
            [await loop.create_server(make_protocol, sock=one, backlog=BACKLOG) for one in sockets]
        )

    def close(self):
        """Stop accepting."""
        for server in self.servers:
            server.close()


async def start_server(make_protocol, listener):
    """A server at a bound socket, with TLS if the operator configured a certificate. `close()`
    stops accepting.
    """
    context = tls_context()
    if context is None:
        return await PlainServer.start(make_protocol, listener)
    listener.listen(BACKLOG)
    return TlsServer(make_protocol, listener, context)
