"""A thousand readers at once: pages a second of two web workers beside pretalx on the same machine
in the same minutes, while one record a second is confirmed.

`python -m bench load` fills a demo in a folder of its own (DANCHU_BENCH_LOAD, by default
var/bench-load) and measures with it; --small measures for a few seconds each.
"""

import os
import random
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from bench import pretalx
from bench.clients import Ask, ask_all, quantile
from bench.fresh import just_started, race

ROOT = Path(__file__).resolve().parents[1]
PORT, RIVAL_PORT = 8391, 8392
COMMUNES, FIGURES = 168, 40
GOAL, QUICK, ORGANISER_GOAL = 5, 0.150, 2
CLERK = {"login": "congchuc@hoankiem.example", "password": "thuc-hanh-2026"}  # of the demo


def load(small=False):
    """Rows of the table; `ours` and `rival` are seconds a page."""
    spell = 4 if small else 20
    folder = Path(os.environ.get("DANCHU_BENCH_LOAD") or ROOT / "var" / "bench-load")
    environment = _environment(folder)
    _fill_demo(folder, environment)
    with _served(environment):
        _set_up_django(environment)
        with _rival() as rival:
            if rival is None:
                print("pretalx cannot be installed here: no row is measured", file=sys.stderr)
                return []
            rows = _measure(spell, environment, rival)
        number = 100 if small else 10_000
        spent, reads = race(PORT, number)
        print(
            f"  {number} hồ sơ được xác nhận rồi đọc ngay, {reads} lượt đọc, không lượt nào cũ, "
            f"{spent:.0f} s",
            file=sys.stderr,
        )
        place = _places()[0][0]
        return rows + [
            _row(f"vừa khởi động, không giữ gì: {name}, so với SQL trần", *times, "≤ 2", memory)
            for name, *times, memory in just_started(place)
        ]


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
        while not _answers(RIVAL_PORT, pretalx.TALKS):
            time.sleep(0.5)
        fields = {"login_email": pretalx.MAIL, "login_password": pretalx.PASSWORD}
        yield pretalx.log_in(RIVAL_PORT, "/orga/login/", fields)
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


def _measure(spell, environment, organiser):
    clerk = pretalx.log_in(PORT, "/accounts/login/", CLERK)
    places = _places()
    rows = []
    writer = subprocess.Popen(
        [sys.executable, "-m", "bench.confirming"],
        env=environment | {"DANCHU_EMBEDDED_URL": os.environ["DANCHU_EMBEDDED_URL"]},
        cwd=ROOT,
    )
    try:
        for name, cookie in (("không phiên", ""), ("một phần ba có phiên", clerk)):
            asks = _public_pages(*places, cookie)
            ask_all(PORT, f"127.0.0.1:{PORT}", asks, 8, spell)  # what is asked for often is kept
            for clients in (8, 200):
                rows += _beside(spell, asks, clients, name, pretalx.TALKS, "", GOAL)
        desk = _desk_pages(clerk)
        for label, ask in desk.items():
            rows += _beside(
                spell, _always(ask), 8, label, pretalx.ORGANISER_LIST, organiser, ORGANISER_GOAL
            )
    finally:
        writer.terminate()
        writer.wait(30)
    return rows


def _beside(spell, asks, clients, name, rival_path, rival_cookie, goal):
    """The row of one measure, ours and the rival's in turn, twice; and for eight clients that of
    the slowest hundredth.
    """
    ours, rivals = [], []
    for _round in range(2):
        rival = _always(Ask("rival", rival_path, rival_cookie))
        rivals.append(ask_all(RIVAL_PORT, f"127.0.0.1:{RIVAL_PORT}", rival, clients, spell))
        ours.append(ask_all(PORT, f"127.0.0.1:{PORT}", asks, clients, spell))
    for result in (*ours, *rivals):
        if result.faults:
            print(f"  {len(result.faults)} faults: {result.faults[:3]}", file=sys.stderr)
    rate, rival_rate = (max(one.rate for one in results) for results in (ours, rivals))
    times = sorted(one for result in ours for one in result.all)
    print(
        f"  {name}, {clients} khách: {rate:.1f} trang/s (pretalx {rival_rate:.1f}), p50 "
        f"{quantile(times, 0.5) * 1000:.0f} ms, p99 {quantile(times, 0.99) * 1000:.0f} ms; "
        + ", ".join(
            f"{label} {quantile(sorted(spent), 0.5) * 1000:.0f}"
            for label, spent in sorted(ours[-1].seconds.items())
        ),
        file=sys.stderr,
    )
    rows = [_row(f"{name}, {clients} khách cùng lúc", 1 / rate, 1 / rival_rate, f"≥ {goal}")]
    if clients == 8 and goal == GOAL:
        slowest = quantile(times, 0.99)
        rows.append(_row(f"{name}, 8 khách: p99 so với 150 ms", slowest, QUICK, "≤ 1"))
    return rows


def _row(name, ours, rival, goal, memory=0):
    ratio = rival / ours if goal.startswith("≥") else ours / rival
    return {
        "name": f"tải: {name}",
        "ours": round(ours, 5),
        "rival": round(rival, 5),
        "ratio": round(ratio, 3),
        "goal": goal,
        "memory_mib": memory,
    }


def _always(ask):
    while True:
        yield ask


def _places():
    """(ids of communes, keys of figures) from which addresses are drawn."""
    from danchu.figures.catalogue import INDICATORS
    from danchu.kernel.days import today
    from danchu.units.find import unit_from
    from danchu.units.maps import boundaries

    city = unit_from(f"79@{today().isoformat()}")
    communes = boundaries(today()).children(city.pk)[:COMMUNES]
    keys = [key for key, one in INDICATORS.items() if one.kind != "outside"]
    return communes, keys[:FIGURES]


def _public_pages(communes, keys, cookie):
    """Endless addresses: front, a place, a figure, the report and a list in turn, of places,
    figures and languages drawn at random; with a cookie a third of them have it.
    """
    chance = random.Random(2)  # noqa: S311  # the same addresses each time
    while True:
        for label, path in (
            ("trang chính", "/"),
            ("nơi của tôi", f"/units/{chance.choice(communes)}/"),
            ("một con số", f"/figures/{chance.choice(keys)}/?unit={chance.choice(communes)}"),
            ("báo cáo", "/report/tp-hcm-2023/"),
            ("danh sách", "/commitments/"),
        ):
            language = chance.choice(("", "/en"))
            yield Ask(label, language + path, cookie if cookie and chance.random() < 1 / 3 else "")


def _desk_pages(cookie):
    return {
        "trang bàn làm việc": Ask("desk", "/desk/", cookie),
        "danh sách sổ": Ask("list", "/desk/records/", cookie),
        "sổ tìm theo chữ": Ask("search", "/desk/records/?q=ph%E1%BA%A3n+bi%E1%BB%87n", cookie),
    }
