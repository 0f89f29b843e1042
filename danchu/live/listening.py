"""How the live processes listen: many come in at one turn of the loop, under TLS or plain."""

import asyncio

from danchu.live.tls import Door, tls_context

BACKLOG = 16_384
ACCEPTED_A_TURN = 8  # more would gain little: each watcher without a newcomer costs a call


class Doors:
    """One listening socket watched several times: libuv accepts one connection a watcher and
    turn of the loop, too few where each turn also tells thousands.
    """

    def __init__(self, servers):
        self.servers = servers

    @classmethod
    async def open(cls, make, listener):
        loop = asyncio.get_running_loop()
        sockets = [listener, *(listener.dup() for _more in range(ACCEPTED_A_TURN - 1))]
        return cls([await loop.create_server(make, sock=one, backlog=BACKLOG) for one in sockets])

    def close(self):
        """Accept no more."""
        for server in self.servers:
            server.close()


async def open_door(make, listener):
    """A server at the socket, under TLS where the operator gave a certificate; `close` ends it."""
    context = tls_context()
    if context is None:
        return await Doors.open(make, listener)
    listener.listen(BACKLOG)
    return Door(make, listener, context)
