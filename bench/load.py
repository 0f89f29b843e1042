"""A thousand readers at once: pages a second of two web workers beside pretalx on the same machine
in the same minutes, while one record a second is confirmed.

`python -m bench load` fills a demo in a folder of its own (DANCHU_BENCH_LOAD, by default
var/bench-load), and a second one with a million rows beside it (the same name and `1m`), and
measures with them; behind `load` the names of parts measure only these. --small measures for a few
seconds each.
"""

import itertools
import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from bench import pretalx
from bench.addresses import desk_pages, every_page, places, public_pages
from bench.clerk import cookie_of_clerk
from bench.clients import Ask, ask_all, quantile
from bench.fresh import just_started, race
from bench.million import enlarge

ROOT = Path(__file__).resolve().parents[1]
PORT, RIVAL_PORT = 8391, 8392
HOST, RIVAL_HOST = f"127.0.0.1:{PORT}", f"127.0.0.1:{RIVAL_PORT}"
GOAL, MILLION_GOAL, QUICK, ORGANISER_GOAL = 5, 2, 0.150, 2
SMALL_ADDRESSES = 600
# The parts of a folder, in the order in which they are measured: addresses that are asked for the
# first time, before all others; readers without a session, readers of whom a third has one.
DEMO_PARTS = ("first", "anyone", "sessions", "desk", "race", "started")
MILLION_PARTS = ("million", "million-sessions", "million-desk")
PARTS = DEMO_PARTS + MILLION_PARTS


def load(names=(), small=False, keep=lambda rows: None):
    """Rows of the table; `ours` and `rival` are seconds a page. `keep(rows)` takes each as soon as
    it is measured. A part that fails is told, and the others are measured.
    """
    unknown = set(names) - set(PARTS)
    if unknown:
        raise SystemExit(f"no such parts: {', '.join(sorted(unknown))}; there are {PARTS}")
    chosen = [name for name in PARTS if not names or name in names]
    sizes = [[name for name in chosen if name in parts] for parts in (DEMO_PARTS, MILLION_PARTS)]
    if all(sizes):  # a process for each, since Django is set up for one database
        for parts in sizes:
            command = [sys.executable, "-m", "bench", "load", *parts, *["--small"] * small]
            subprocess.run(command, cwd=ROOT)
        return []
    folder = Path(os.environ.get("DANCHU_BENCH_LOAD") or ROOT / "var" / "bench-load")
    _fill_demo(folder, _environment(folder))
    if sizes[0]:
        return _measure(folder, chosen, small, keep)
    million = folder.with_name(f"{folder.name}1m")
    enlarge(million, folder)
    return _measure(million, chosen, small, keep, is_million=True)


def _measure(folder, names, small, keep, *, is_million=False):
    environment = _environment(folder)
    with _served(environment):
        _set_up_django(environment)
        with _rival() as rival:
            if rival is None:
                print("pretalx cannot be installed here: no row is measured", file=sys.stderr)
                return []
            measures = Measures(4 if small else 10, small, environment, rival, keep, is_million)
            for name in names:
                try:
                    measures.measure(name)
                except Exception as failure:
                    print(f"  {name}: {failure!r}", file=sys.stderr)
            return measures.rows


def _environment(folder):
    keep = {name: value for name, value in os.environ.items() if not name.startswith("DANCHU_")}
    return keep | {
        "DANCHU_VAR": str(folder),
        "DANCHU_EMBEDDED": "1",
        "DANCHU_RATE_TIMES": "1000000",  # all readers come from one address here
        "PORT": str(PORT),
        "DANCHU_LIVE_PORT": str(PORT + 10),
        "DANCHU_INTAKE_PORT": str(PORT + 11),
        "DJANGO_SETTINGS_MODULE": "danchu.config.settings",
    }


def _fill_demo(folder, environment):
    """Fill the folder with the demo once; the strip of the demo, which has forms with tokens, is
    not served when measured.
    """
    if not (folder / "filled").exists():
        with _served(environment | {"DANCHU_DEMO": "1"}):
            pass
        (folder / "filled").touch()
    (folder / "demo").unlink(missing_ok=True)


@contextmanager
def _served(environment):
    """`danchu serve`, until the end of the context."""
    command = [sys.executable, "-m", "danchu.config", "serve"]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 900
        while not _answers(PORT, "/health"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("danchu serve did not start")
            time.sleep(0.5)
        yield
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def _rival():
    """The Cookie of an organiser of pretalx while it is served; None where it cannot be had."""
    from danchu.config.pg_tools import connect
    from danchu.config.settings import embedded_cluster

    python = pretalx.install()
    if python is None:
        yield None
        return
    environment = pretalx.settings(embedded_cluster().socket, RIVAL_PORT)
    pretalx.fill(python, environment, connect)
    process = pretalx.serve(python, environment, RIVAL_PORT)
    try:
        deadline = time.monotonic() + 120
        while not _answers(RIVAL_PORT, pretalx.TALKS):
            if time.monotonic() > deadline:
                raise RuntimeError("pretalx does not answer")
            time.sleep(0.5)
        yield pretalx.log_in(RIVAL_PORT)
    finally:
        process.terminate()
        process.wait(30)


def _answers(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
            return answer.status == 200
    except OSError:
        return False


def _set_up_django(environment):
    os.environ.update(environment)
    from danchu.config.settings import embedded_cluster

    os.environ["DANCHU_EMBEDDED_URL"] = embedded_cluster().url
    import django

    django.setup()


class Measures:
    """What is measured of one folder while it is served."""

    def __init__(self, spell, small, environment, organiser, keep, is_million):
        self.spell, self.small, self.environment = spell, small, environment
        self.organiser, self.keep = organiser, keep
        self.size = ", sổ 1 triệu dòng" if is_million else ""
        self.goal = MILLION_GOAL if is_million else GOAL
        self.rows = []
        self.is_warm = False

    def measure(self, name):
        """Measure a part; its rows are kept one by one."""
        began_at = time.monotonic()
        kind = name.removeprefix("million-").replace("million", "anyone")
        getattr(self, f"_{kind}")()
        print(f"  {name}: {time.monotonic() - began_at:.0f} s", file=sys.stderr, flush=True)

    def _first(self):
        self._warm()

    def _anyone(self):
        self._public("không phiên", "")

    def _sessions(self):
        self._public("một phần ba có phiên", cookie_of_clerk(PORT))

    def _desk(self):
        clerk = cookie_of_clerk(PORT)
        for label, asks in desk_pages(clerk).items():
            with self._confirming():
                self._beside(label, lambda asks=asks: itertools.cycle(asks), 8, is_desk=True)

    def _race(self):
        number = 100 if self.small else 10_000
        spent, reads = race(PORT, number)
        told = f"{number} hồ sơ được xác nhận rồi đọc ngay, {reads} lượt đọc, không lượt nào cũ"
        print(f"  {told}, {spent:.0f} s", file=sys.stderr)
        self._keep(f"lượt đọc cũ hơn hồ sơ vừa xác nhận, {number} hồ sơ, {reads} lượt", 0, 1, "≤ 0")

    def _started(self):
        for name, *times, memory in just_started(places()[0][0]):
            self._keep(
                f"vừa khởi động, không giữ gì: {name}, so với SQL trần", *times, "≤ 2", memory
            )

    def _public(self, label, cookie):
        self._warm()
        drawn = public_pages(*places(), cookie)
        with self._confirming():
            ask_all(PORT, HOST, drawn, 8, 1)
            for clients in (8, 200):
                self._beside(label, lambda: drawn, clients)

    def _warm(self):
        """Ask for every address once: a row of its own, and what the other rows begin with."""
        if self.is_warm:
            return
        self.is_warm = True
        asks = every_page(*places())[: SMALL_ADDRESSES if self.small else None]
        number = len(asks)
        asks = iter(asks)
        with self._confirming():
            rivals = self._rival(8, pretalx.TALKS, "")
            ours = ask_all(PORT, HOST, asks, 8)
        name = f"{number} địa chỉ, mỗi địa chỉ được hỏi lần đầu, 8 khách"
        self._tell(name, ours, rivals.rate_at_most)
        self._keep(name, 1 / ours.rate, 1 / rivals.rate_at_most, f"≥ {self.goal}")

    def _beside(self, label, asks, clients, *, is_desk=False):
        """The row of one measure, ours and the rival's in turn, twice; and for eight clients that
        of the slowest hundredth.
        """
        path = pretalx.ORGANISER_LIST if is_desk else pretalx.TALKS
        cookie = self.organiser if is_desk else ""
        goal = ORGANISER_GOAL if is_desk else self.goal
        ours, rivals = [], []
        for _round in range(2):
            rivals.append(self._rival(clients, path, cookie))
            ours.append(ask_all(PORT, HOST, asks(), clients, self.spell))
        rate = max(one.rate for one in ours)
        rival_rate = max(one.rate_at_most for one in rivals)
        for one in ours:
            self._tell(f"{label}, {clients} khách", one, rival_rate)
        self._keep(f"{label}, {clients} khách cùng lúc", 1 / rate, 1 / rival_rate, f"≥ {goal}")
        if clients == 8 and not is_desk and not self.size:
            slowest = quantile(sorted(one for result in ours for one in result.all), 0.99)
            self._keep(f"{label}, 8 khách: p99 so với 150 ms", slowest, QUICK, "≤ 1")

    def _rival(self, clients, path, cookie):
        asks = itertools.repeat(Ask("rival", path, cookie))
        result = ask_all(RIVAL_PORT, RIVAL_HOST, asks, clients, self.spell)
        _tell_faults(result)
        return result

    def _tell(self, name, result, rival_rate):
        _tell_faults(result)
        times = result.all
        print(
            f"  {name}{self.size}: {result.rate:.1f} trang/s (pretalx {rival_rate:.1f}), "
            f"p50 {quantile(times, 0.5) * 1000:.0f} ms, p99 {quantile(times, 0.99) * 1000:.0f} ms; "
            + ", ".join(
                f"{label} {quantile(sorted(spent), 0.5) * 1000:.0f}/"
                f"{quantile(sorted(spent), 0.99) * 1000:.0f}"
                for label, spent in sorted(result.seconds.items())
            ),
            file=sys.stderr,
            flush=True,
        )

    @contextmanager
    def _confirming(self):
        """One record a second is confirmed until the end of the context."""
        url = os.environ["DANCHU_EMBEDDED_URL"]
        command = [sys.executable, "-m", "bench.confirming"]
        writer = subprocess.Popen(
            command, env=self.environment | {"DANCHU_EMBEDDED_URL": url}, cwd=ROOT
        )
        try:
            yield
            if writer.poll() is not None:
                raise RuntimeError("nothing was confirmed meanwhile")
        finally:
            writer.terminate()
            writer.wait(30)

    def _keep(self, name, ours, rival, goal, memory=0):
        ratio = rival / ours if goal.startswith("≥") else ours / rival
        row = {
            "name": f"tải: {name}{self.size}",
            "ours": round(ours, 5),
            "rival": round(rival, 5),
            "ratio": round(ratio, 3),
            "goal": goal,
            "memory_mib": memory,
        }
        self.rows.append(row)
        self.keep([row])


def _tell_faults(result):
    if result.faults:
        print(f"  {len(result.faults)} faults: {result.faults[:3]}", file=sys.stderr)
