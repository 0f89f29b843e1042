"""Many readers at once: each has a connection of its own and asks for the next page as soon as it
has the last one.
"""

import selectors
import socket
import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Ask:
    """One page to ask for: `label` names the kind of page, `cookie` is the reader's."""

    label: str
    path: str
    cookie: str = ""


class Reader:
    """A connection and what is awaited on it."""

    def __init__(self, port, host):
        self.port, self.host = port, host
        self.line = None
        self.buffer = b""
        self.ask = self.began_at = None

    def send(self, ask):
        if self.line is None:
            self.line = socket.create_connection(("127.0.0.1", self.port))
            self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        cookie = f"Cookie: {ask.cookie}\r\n" if ask.cookie else ""
        self.ask, self.began_at, self.buffer = ask, time.perf_counter(), b""
        self.line.sendall(
            f"GET {ask.path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: gzip\r\n"
            f"{cookie}\r\n".encode()
        )

    def take(self):
        """Take what has come; the status once the answer is whole, else None."""
        self.buffer += self.line.recv(1 << 18)
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return None
        fields = head.lower()
        if b"content-length: " in fields:
            length = int(fields.split(b"content-length: ")[1].split(b"\r\n")[0])
            if len(body) < length:
                return None
        elif not body.endswith(b"0\r\n\r\n"):  # in chunks
            return None
        return int(head.split(b" ", 2)[1])


@dataclass
class Result:
    """Seconds of each answer by kind of page, and the answers with another status than 200."""

    seconds: dict
    faults: list
    spell: float

    @property
    def all(self):
        return sorted(one for times in self.seconds.values() for one in times)

    @property
    def rate(self):
        """Pages a second."""
        return len(self.all) / self.spell


def quantile(times, share):
    """The value below which a share of the sorted times lies."""
    return times[min(len(times) - 1, int(len(times) * share))]


def ask_all(port, host, asks, clients, spell):
    """Let `clients` readers ask for the pages of the iterator `asks` for `spell` seconds."""
    selector = selectors.DefaultSelector()
    seconds, faults = {}, []
    began_at = time.perf_counter()
    for _number in range(clients):
        reader = Reader(port, host)
        reader.send(next(asks))
        selector.register(reader.line, selectors.EVENT_READ, reader)
    waiting = clients
    while waiting:
        for key, _events in selector.select(timeout=30) or _nothing(selector):
            reader = key.data
            status = reader.take()
            if status is None:
                continue
            now = time.perf_counter()
            if status == 200:
                seconds.setdefault(reader.ask.label, []).append(now - reader.began_at)
            else:
                faults.append((status, reader.ask.path))
            if now - began_at < spell:
                reader.send(next(asks))
            else:
                selector.unregister(reader.line)
                reader.line.close()
                waiting -= 1
    return Result(seconds, faults, time.perf_counter() - began_at)


def _nothing(selector):
    raise TimeoutError(f"{len(selector.get_map())} readers wait for thirty seconds already")
