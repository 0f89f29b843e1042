"""Many readers at once: each has a connection of its own and asks for the next page as soon as it
has the last one.
"""

import selectors
import socket
import time
from dataclasses import dataclass

AWAITED, CLOSED = 0, -1  # stand for a status where no answer came


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
        came = self.line.recv(1 << 18)
        if not came:
            return CLOSED
        self.buffer += came
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
    """Seconds of each answer by kind of page; (status, address) of what was answered otherwise than
    by 200, or not at all; how long it all took.
    """

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

    @property
    def rate_at_most(self):
        """Pages a second, as though what was still awaited at the end had come then."""
        awaited = sum(status == AWAITED for status, _path in self.faults)
        return (len(self.all) + awaited) / self.spell


def quantile(times, share):
    """The value below which a share of the sorted times lies; 0 of none."""
    return times[min(len(times) - 1, int(len(times) * share))] if times else 0


def ask_all(port, host, asks, clients, spell=float("inf"), patience=120):
    """Let `clients` readers ask for the pages of the iterator `asks` for `spell` seconds, or until
    there are no more. When no answer has come for `patience` seconds, those that wait give up.
    """
    selector = selectors.DefaultSelector()
    seconds, faults = {}, []
    began_at = last_at = time.perf_counter()

    def go_on(reader, now):
        ask = next(asks, None) if now - began_at < spell else None
        if ask is None:
            leave(reader)
            return
        is_new = reader.line is None
        reader.send(ask)
        if is_new:
            selector.register(reader.line, selectors.EVENT_READ, reader)

    def leave(reader):
        if reader.line is not None:
            selector.unregister(reader.line)
            reader.line.close()
            reader.line = None

    for _number in range(clients):
        go_on(Reader(port, host), began_at)
    while waiting := list(selector.get_map().values()):
        events = selector.select(timeout=5)
        now = time.perf_counter()
        if not events and now - last_at > patience:
            faults += [(AWAITED, key.data.ask.path) for key in waiting]
            for key in waiting:
                leave(key.data)
        for key, _events in events:
            reader = key.data
            status = reader.take()
            if status is None:
                continue
            now = last_at = time.perf_counter()
            if status == 200:
                seconds.setdefault(reader.ask.label, []).append(now - reader.began_at)
            else:
                faults.append((status, reader.ask.path))
            if status == CLOSED:
                leave(reader)
            go_on(reader, now)
    return Result(seconds, faults, time.perf_counter() - began_at)
