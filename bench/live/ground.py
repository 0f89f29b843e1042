"""The setup of the live bench: its own durable PostgreSQL, halls with delegates and credentials,
the product's processes.
"""

import os
import shutil
import signal
import time
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

from bench.live.processes import (
    ROOT,
    VAR,
    certificate,
    compile_c,
    end,
    free_ports,
    is_listening,
    launch,
    wait_until,
)


class Database:
    """The bench's own PostgreSQL, started as the product does, with fsync; removed at the end."""

    def __init__(self):
        from danchu.config.cluster import OPTIONS, Cluster

        OPTIONS["max_connections"] = 260  # two hundred who register at once
        self.cluster = Cluster(VAR / "database", durable=True)
        self._remove()
        os.environ |= {
            "DATABASE_URL": self.cluster.start(),
            "DANCHU_VAR": str(VAR / "product"),
            "DANCHU_VAULT": str(VAR / "product" / "vault"),
            "DANCHU_SECRET_KEY": uuid4().hex * 2,
            "DJANGO_SETTINGS_MODULE": "danchu.config.settings",
            "PYTHONPATH": str(ROOT),
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)

    @property
    def roots(self):
        """[id of the server's process], whose children are the sessions."""
        return [int((self.cluster.data / "postmaster.pid").read_text().split()[0])]

    def slow(self, milliseconds):
        """Restart the server with each fsync slower by so many milliseconds; 0: as it was."""
        from django.db import connection

        connection.close()
        self.cluster.stop()
        if milliseconds:
            library = VAR / "made" / "slowsync.so"
            shutil.copy(compile_c("slowsync.c", "-shared", "-fPIC", "-ldl"), library)
            place = self.cluster.home / "slowsync.so"  # where the server's account can read it
            shutil.copy(library, place)
            place.chmod(0o755)
            os.environ |= {"LD_PRELOAD": str(place), "SLOWSYNC_MS": str(milliseconds)}
        try:
            self.cluster.start()
        finally:
            for name in ("LD_PRELOAD", "SLOWSYNC_MS"):
                os.environ.pop(name, None)

    def kill(self):
        """kill -9 the server and all its sessions, as a power failure would; when, in seconds since
        1970.
        """
        at = time.time()
        from bench.live.machine import process_tree

        for pid in process_tree(self.roots):
            with suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        return at

    def start_again(self):
        from django.db import connection

        connection.close()
        self.cluster.start()

    def restore(self):
        """Restart the server without delays, after a part that failed."""
        with suppress(Exception):
            self.kill()
            time.sleep(0.5)
        self.start_again()

    def close(self):
        from django.db import connections

        connections.close_all()
        self.cluster.stop()
        self._remove()

    def _remove(self):
        with suppress(Exception):  # what an earlier run that was cut off left behind
            self.cluster.stop()
        for place in (self.cluster.home, VAR / "database", VAR / "product"):
            shutil.rmtree(place, ignore_errors=True)


class Hall:
    """An open conference with `number` delegates, each with a pass and a device token."""

    def __init__(self, number):
        from danchu.conference.access.tokens import cookie_name, write_token
        from danchu.conference.models import BridgePoint, Conference, Delegate, Pass

        now, unit = datetime.now(UTC), bench_unit()
        self.conference = Conference.objects.create(
            uid=uuid4(),
            unit=unit,
            title="Hội nghị đo tốc độ",
            state="open",
            starts_at=now,
            opened_at=now,
            made_by="bench",
            made_at=now,
        )
        point = BridgePoint.objects.create(conference=self.conference, unit=unit, name="Điểm cầu 1")
        delegates = Delegate.objects.bulk_create(
            (
                Delegate(
                    uid=uuid4(),
                    conference=self.conference,
                    point=point,
                    name=f"Đại biểu {n}",
                    made_by="bench",
                    made_at=now,
                )
                for n in range(number)
            ),
            batch_size=2_000,
        )
        passes = Pass.objects.bulk_create(
            (
                Pass(conference=self.conference, role="delegate", delegate=item, secret=uuid4().hex)
                for item in delegates
            ),
            batch_size=2_000,
        )
        self.delegates, self.pk = [item.pk for item in delegates], self.conference.pk
        self.tokens, self.cookie = VAR / f"tokens-{self.pk}", cookie_name(self.pk)
        self.path = f"/hall/{self.pk}/stream"
        lines = (
            write_token(self.pk, item.pk, "delegate", item.delegate_id, f"device{item.delegate_id}")
            for item in passes
        )
        self.tokens.write_text("".join(f"{line}\n" for line in lines))

    def url(self, act):
        return f"/hall/{self.pk}/{act}"

    def poll(self, **more):
        """An open poll with four options."""
        from danchu.conference.models import Poll

        now = datetime.now(UTC)
        fields = {
            "kind": "opinion",
            "secrecy": "named",
            "electorate": "hall",
            "on_roll": False,
            "options": ["A", "B", "C", "D"],
            "state": "open",
            "opened_at": now,
        }
        return Poll.objects.create(
            uid=uuid4(),
            conference=self.conference,
            title="Thông qua chương trình?",
            made_by="bench",
            made_at=now,
            **{**fields, **more},
        )

    def publish(self, v, body):
        """Publish a frame as the sequencer does; when, in microseconds since 1970."""
        import json

        from danchu.conference.writes.frames import publish

        at = time.time_ns() // 1000
        number = publish(self.conference, json.loads(body)["changes"])
        assert number == v, (number, v)
        return at


def bench_unit():
    from danchu.units.models import Standing, Unit

    if unit_found := Unit.objects.filter(level="commune").first():
        return unit_found
    unit = Unit.objects.create(level="commune")
    Standing.objects.create(
        unit=unit, name="Đống Đa", kind="xa", since=unit.since, search="dong da", order="dong da"
    )
    return unit


class Product:
    """The product's live processes: hubs that share one port, optionally intake and sequencer."""

    def __init__(self, hubs=2, intake=False, sequencer=False, tls=False, nice=None):
        self.port, self.intake_port = free_ports(2)
        self.more = (
            dict(zip(("DANCHU_LIVE_CERT", "DANCHU_LIVE_KEY"), map(str, certificate()), strict=True))
            if tls
            else {}
        )
        self.more |= {"DANCHU_HUB_NICE": str(nice)} if nice is not None else {}
        self.processes = {f"hub{n}": self._launch("hub", self.port) for n in range(hubs)}
        if intake:
            self.processes["intake"] = self._launch("intake", self.intake_port)
        if sequencer:
            self.processes["sequencer"] = self._launch("sequencer")
        self.ports = [self.port]
        wait_until(
            lambda: is_listening(self.port) and (not intake or is_listening(self.intake_port)),
            20,
            f"the hall's processes ({VAR}/hall.log)",
        )
        time.sleep(1)  # until each of those that share the port listens

    def _launch(self, kind, port=None):
        import sys

        return launch(
            [sys.executable, "-m", "danchu.live", kind, *([port] if port else [])],
            VAR / "hall.log",
            self.more if kind == "hub" else None,
        )

    def roots(self, *kinds):
        return [
            process.pid
            for name, process in self.processes.items()
            if not kinds or name.rstrip("0123456789") in kinds
        ]

    def kill(self, name):
        """kill -9 one process; when, in seconds since 1970."""
        at = time.time()
        self.processes[name].kill()
        self.processes[name].wait()
        return at

    def start_again(self, name):
        kind = name.rstrip("0123456789")
        self.processes[name] = self._launch(
            kind, {"hub": self.port, "intake": self.intake_port}.get(kind)
        )

    def close(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        for process in self.processes.values():
            end(process)
