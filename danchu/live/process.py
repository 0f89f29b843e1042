"""What every live process does alike: descriptors, sockets, signals, one loop."""

import asyncio
import gc
import os
import resource
import signal
import socket
from contextlib import suppress
from pathlib import Path

import uvloop

SEND_BUFFER = 64 * 1024
# more makes who listens under TLS wait longer than it gains who votes; ten starves the hubs of a
# busy machine
NICE = 1
LOST_AFTER_MS = 30_000  # TCP gives a silent peer up


def listening_socket(host, port):
    """A socket that several processes of this machine may listen on; the kernel deals out the
    connections.
    """
    line = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    line.setsockopt(
        socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER
    )  # inherited by each connection
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, LOST_AFTER_MS)
    line.bind((host, port))
    return line


def raise_descriptors():
    """As many connections as the machine allows this process; the number."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def give_way():
    """Let those who wait for one answer come before us, who tell a thing to many: DANCHU_HUB_NICE
    says by how much (0: not at all).

    Linux weighs the processes of a session against each other by niceness, but sessions by that of
    their group: both are set.
    """
    much = int(os.environ.get("DANCHU_HUB_NICE") or NICE)
    if not much:
        return
    os.nice(much)
    with suppress(OSError, ValueError, IndexError):
        own = Path("/proc/self/autogroup")
        own.write_text(str(min(19, int(own.read_text().split()[-1]) + much)))


def run(main):
    """Run `main(stopping)` on uvloop until it ends; SIGTERM and SIGINT set the event `stopping`."""

    async def with_signals():
        stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        # Tens of thousands of long-lived objects are no garbage: look at them seldom.
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 50, 1000)
        await main(stopping)

    raise_descriptors()
    uvloop.run(with_signals())
