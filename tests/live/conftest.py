"""A hall served by real processes on the suite's database, and devices that speak to it over
plain sockets.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection

from danchu.conference.access.tokens import cookie_name, write_token
from danchu.conference.models import BridgePoint, Conference, Delegate, Pass, Poll
from danchu.config.pg_tools import url_of
from danchu.vault.urn import make_urn
from tests.digested import planted
from tests.live.mother import bear
from tests.people.conftest import make_unit

ROOT = Path(__file__).resolve().parents[2]


class Device:
    """A device in a hall: its token, its long line, its requests."""

    def __init__(self, hall, token):
        self.hall, self.token, self.line, self.frames, self._text = hall, token, None, [], ""

    def cookie(self):
        return f"{cookie_name(self.hall.conference.pk)}={self.token}"

    def listen(self, seen=None, port=None):
        """Open the long line; what is there at once (head and backlog) is read by `read`."""
        self.line = socket.create_connection(
            ("127.0.0.1", port or self.hall.ports["hub"]), timeout=10
        )
        more = f"Last-Event-ID: {seen}\r\n" if seen is not None else ""
        self.line.sendall(
            f"GET /hall/{self.hall.conference.pk}/stream HTTP/1.1\r\nHost: x\r\nCookie: "
            f"{self.cookie()}\r\n{more}\r\n".encode()
        )
        return self

    def read(self, number=1, seconds=10):
        """The next `number` events: [(id, event, parsed)]"""
        frames, deadline = [], time.monotonic() + seconds
        while len(frames) < number:
            head, blank, rest = self._text.partition("\n\n")
            if blank:
                self._text = rest
                if (event := self._event(head)) is not None:
                    frames.append(event)
                    self.frames.append(event)
                continue
            self.line.settimeout(max(0.01, deadline - time.monotonic()))
            more = self.line.recv(65536)
            if not more:
                raise ConnectionError(f"line ended after {frames}")
            self._text += more.decode()
        return frames

    @staticmethod
    def _event(block):
        fields = dict(
            line.split(": ", 1)
            for line in block.split("\n")
            if ": " in line and not line.startswith("HTTP")
        )
        return (
            (int(fields["id"]), fields.get("event", "frame"), json.loads(fields["data"]))
            if "data" in fields
            else None
        )

    def quiet(self, seconds=0.7):
        """Whether nothing but signs of life comes for so long."""
        try:
            self.read(1, seconds)
        except TimeoutError:
            return True
        return False

    def post(self, act, port=None, **fields):
        return post(
            port or self.hall.ports["intake"],
            f"/hall/{self.hall.conference.pk}/{act}",
            self.cookie(),
            fields,
        )

    def close(self):
        self.line.close()


def post(port, path, cookie, fields, method="POST"):
    """(status, parsed body)"""
    body = urlencode(fields).encode()
    with socket.create_connection(("127.0.0.1", port), timeout=40) as line:
        line.sendall(
            f"{method} {path} HTTP/1.1\r\nHost: x\r\nCookie: {cookie}\r\nConnection: "
            f"close\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        told = b""
        while more := line.recv(65536):
            told += more
    head, _blank, rest = told.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(rest) if rest else None


class ServedHall:
    """A conference with its processes; `delegates` each with a pass."""

    def __init__(self, conference, delegates, folder):
        self.conference, self.delegates, self.folder = conference, delegates, folder
        self.ports, self.processes = {kind: free_port() for kind in ("hub", "intake")}, {}

    def start(self, *kinds):
        for kind in kinds or ("sequencer", "intake", "hub"):
            self.processes[kind] = self.launch(kind, self.ports.get(kind))
        for kind in kinds or ("intake", "hub"):
            if kind in self.ports:
                wait_for(lambda kind=kind: answers(self.ports[kind]))
        return self

    def launch(self, kind, port=None):
        with self._log(kind) as log:
            return bear([kind, *([str(port)] if port else [])], self._environment(), ROOT, log)

    def launch_anew(self, kind, port=None):
        """As `danchu serve` starts it, imports and all."""
        command = [sys.executable, "-m", "danchu.live", kind, *([str(port)] if port else [])]
        with self._log(kind) as log:
            return subprocess.Popen(
                command, env=self._environment(), cwd=ROOT, stdout=log, stderr=log
            )

    def _environment(self):
        return {
            **os.environ,
            "DATABASE_URL": url_of(connection.settings_dict["NAME"]),
            "DANCHU_VAULT": str(self.folder / "vault"),
            "PYTHONPATH": str(ROOT),
        }

    def _log(self, kind):
        return open(self.folder / f"{kind}.log", "a")  # the process writes on in its own copy

    def kill(self, kind):
        self.processes[kind].send_signal(signal.SIGKILL)
        self.processes[kind].wait()

    def stop(self):
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def device(self, place=0, device=""):
        delegate = self.delegates[place]
        name = device or f"dev{delegate.pk}"
        return Device(
            self,
            write_token(self.conference.pk, delegate.pass_in.pk, "delegate", delegate.pk, name),
        )

    def said(self):
        return "".join(path.read_text() for path in sorted(self.folder.glob("*.log")))


def wait_for(question, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s")


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def answers(port):
    try:
        return post(port, "/health", "", {}, method="GET")[0] == 200
    except OSError:
        return False


def make_hall(delegates=3, **more):
    """(conference, [delegate]) that is open, with one bridge point."""
    with planted():
        unit = make_unit("commune", "Đống Đa")
    now = datetime.now(UTC)
    fields = {
        "uid": uuid4(),
        "unit": unit,
        "title": "Hội nghị thử",
        "state": "open",
        "starts_at": now,
        "opened_at": now,
        "made_by": "kiểm thử",
        "made_at": now,
    }
    conference = Conference.objects.create(**{**fields, **more})
    point = BridgePoint.objects.create(conference=conference, unit=unit, name="Điểm cầu 1")
    made = Delegate.objects.bulk_create(
        Delegate(
            uid=uuid4(),
            conference=conference,
            point=point,
            name=f"Đại biểu {n}",
            made_by="kiểm thử",
            made_at=now,
        )
        for n in range(delegates)
    )
    Pass.objects.bulk_create(
        Pass(conference=conference, role="delegate", delegate=delegate, secret=uuid4().hex)
        for delegate in made
    )
    return conference, list(
        Delegate.objects.filter(conference=conference).select_related("pass_in").order_by("pk")
    )


def make_poll(
    conference, secrecy="named", state="open", options=("Đồng ý", "Không đồng ý"), **more
):
    now = datetime.now(UTC)
    fields = {"kind": "opinion", "electorate": "hall", "on_roll": False, "opened_at": now}
    poll = Poll.objects.create(
        uid=uuid4(),
        conference=conference,
        title="Thông qua chương trình?",
        secrecy=secrecy,
        options=list(options),
        state=state,
        made_by="kiểm thử",
        made_at=now,
        **{**fields, **more},
    )
    if secrecy == "secret":
        make_urn(poll.uid)
    return poll


@pytest.fixture
def hall(transactional_db, tmp_path, settings):
    """Makes a served hall: `hall(delegates=3)` starts its processes, which end with the test."""
    settings.VAULT_ROOT, served_halls = tmp_path / "vault", []

    def make(delegates=3, kinds=("sequencer", "intake", "hub"), **more):
        served = ServedHall(*make_hall(delegates, **more), tmp_path)
        served_halls.append(served)
        return served.start(*kinds)

    yield make
    for served in served_halls:
        served.stop()
