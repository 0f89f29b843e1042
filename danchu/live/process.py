"""What all live processes share: descriptors, listening sockets, priority, signals, event loop."""

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
# Higher values delay subscribers under TLS more than they help voters; 10 starves the hubs of a
# busy machine (measured).
NICE = 1
LOST_AFTER_MS = 30_000  # TCP closes a connection whose data is not acknowledged for so long


def listening_socket(host, port):
    """A bound socket with SO_REUSEPORT: several processes may listen on one port, and the kernel
    distributes the connections.
    """
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    # Inherited by each connection.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, LOST_AFTER_MS)
    listener.bind((host, port))
    return listener


def raise_descriptors():
    """Raise the limit of open descriptors to its maximum. Returns that number."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def lower_priority():
    """Lower the CPU priority of a hub below the intake and the web workers, by the niceness of
    DANCHU_HUB_NICE (0: not at all).

    With autogrouping, Linux compares processes of different sessions by the niceness of their group
    (sched(7)): both are set.
    """
    niceness = int(os.environ.get("DANCHU_HUB_NICE") or NICE)
    if not niceness:
        return
    os.nice(niceness)
    with suppress(OSError, ValueError, IndexError):
        own = Path("/proc/self/autogroup")
        own.write_text(str(min(19, int(own.read_text().split()[-1]) + niceness)))


def run(main):
    """Run the coroutine `main(stopping)` on uvloop; SIGTERM and SIGINT set the event `stopping`."""

    async def with_signals():
        stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        # Tens of thousands of objects live as long as their connections: collect seldom.
        gc.collect()
        gc.freeze()
        gc.set_threshold(100_000, 50, 1000)
        await main(stopping)

    raise_descriptors()
    uvloop.run(with_signals())
