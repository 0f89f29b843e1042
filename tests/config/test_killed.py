"""Killed in the middle, the database gone, uploads without end: nothing half-written, nothing
confirmed lost, others served.
"""

import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import psycopg
import pytest

from tests.config.conftest import Installation, kill, rows, wait_for
from tests.config.installed import installed_cluster
from tests.config.test_serve import free_port, status
from tests.sizes import part, size, turn

PASSWORD = "mot-cau-dai-de-nho"
EXPORT_PIECE = 20
HEAD = "reference,kind,held_on,unit_code,title,participants\n"
SEALING = """
import sys, time
import django
django.setup()
from danchu.kernel.days import parse_day
from danchu.people.actor import Actor
from danchu.reports.actions import sealing
from danchu.reports.document import fill
from danchu.reports.template import read_form

if sys.argv[1] == "stay":
    def stay(*told, **more):
        print("written, not committed", flush=True)
        time.sleep(60)
    sealing.record = stay
sealing.seal_report(fill(read_form("ha-noi-2023")), by=Actor.system("test"))
"""


class Visitor:
    """Somebody logged in, without a browser: fills in the forms the site sends."""

    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}"
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )

    def get(self, path):
        with self.opener.open(self.base + path, timeout=30) as answer:
            return answer.read().decode()

    def send(self, path, page="", **fields):
        """(status, address at the end) of a form sent to `path` with these fields and the token of
        `page`, by default that of `path` itself.
        """
        text = self.get(page or path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text).group(1)
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self.opener.open(self.base + path, body, timeout=30) as answer:
            return answer.status, answer.url


@pytest.fixture(scope="module")
def house(django_db_blocker):
    """A served installation on a database whose process the tests may kill; an account that
    confirms rounds of a ward.
    """
    with tempfile.TemporaryDirectory(prefix="danchu-kill-", ignore_cleanup_errors=True) as name:
        root, port = Path(name), free_port()
        root.chmod(0o755)
        (root / "var").mkdir()
        (root / "db").mkdir()
        for folder in ("var", "db"):
            (root / folder).chmod(0o755)
        cluster = installed_cluster(root / "db", django_db_blocker)
        installation = Installation(
            root / "var",
            DATABASE_URL=cluster.start(),
            PORT=str(port),
            DANCHU_WORKERS="1",
            DANCHU_EXPORT_PIECE=str(EXPORT_PIECE),
            DANCHU_JOBS_STALLED="3",
        )
        process = installation.start("serve")
        made = SimpleNamespace(
            var=installation, cluster=cluster, port=port, process=process, url=cluster.url
        )
        try:
            up(made)
            told = {
                "input": PASSWORD,
                "text": True,
                "capture_output": True,
                "env": installation.environment,
                "cwd": installation.var,
                "timeout": 60,
            }
            subprocess.run(
                [
                    sys.executable,
                    "-m",
                    "danchu.config",
                    "account",
                    "create",
                    "truong@example.vn",
                    "Trưởng Ban",
                ],
                check=True,
                **told,
            )
            done = installation.run(
                "account",
                "appoint",
                "truong@example.vn",
                "inspection_head",
                "00004@2026-01-01",
                "--since",
                "2025-07-01",
            )
            assert done.returncode == 0, done.stderr
            yield made
        finally:
            for pid in installation.processes():
                with suppress(ProcessLookupError):
                    kill(pid)
            cluster.stop()
            cluster.leave()


def up(house):
    wait_for(lambda: status(house.port) == 200 or house.process.poll() is not None, 120)
    assert house.process.poll() is None, house.var.log_text()


def start_again(house):
    house.process = house.var.start("serve")
    up(house)


def log_in(house):
    visitor = Visitor(house.port)
    visitor.send("/accounts/login/", login="truong@example.vn", password=PASSWORD)
    return visitor


def sound(house):
    """The journal, the sums, the papers and the map: all as they must be."""
    done = house.var.run("verify")
    assert done.returncode == 0, done.stdout + done.stderr


def entry(uid, number):
    return {
        "uid": uid,
        "held_on": "09/09/2025",
        "unit": "00004",
        "title": f"Cuộc giám sát {number}",
        "reference": f"G-{number}",
        "participants": "3",
        "confirm": "1",
    }


@turn(4, together=0)
@pytest.mark.parametrize("victim", part(["server", "database"], 2, "entry"))
def test_killed_during_entry_nothing_answered_is_lost_and_nothing_is_half_there(house, victim):
    visitor, answered, sent = log_in(house), [], []

    def write():
        with suppress(OSError, AttributeError, urllib.error.HTTPError):
            while True:
                uid = str(uuid4())
                sent.append((uid, f"{victim}-{len(sent)}"))
                done = visitor.send("/desk/records/new/?kind=inspection_round", **entry(*sent[-1]))
                assert uid in done[1], done
                answered.append(uid)

    writer = threading.Thread(target=write)
    writer.start()
    wait_for(lambda: len(answered) >= 4)
    if victim == "server":
        for pid in house.var.processes():
            with suppress(ProcessLookupError):
                kill(pid)
        house.process.wait()
    else:
        kill(house.cluster._postmaster())
    writer.join(60)
    if victim == "server":
        start_again(house)
    else:
        wait_for(lambda: not house.cluster._answers())
        house.cluster.start()
        wait_for(lambda: status(house.port) == 200)
    states = dict(
        rows(
            house.url,
            "SELECT uid::text, state FROM register_event WHERE reference LIKE %s",
            f"G-{victim}-%",
        )
    )
    assert {states.get(uid) for uid in answered} == {"confirmed"}
    assert set(states) - {uid for uid, _number in sent} == set()
    sound(house)
    visitor = log_in(house)
    for uid, number in sent[-2:]:  # sent again, the last one perhaps never arrived
        visitor.send("/desk/records/new/?kind=inspection_round", **entry(uid, number))
    assert rows(
        house.url, "SELECT count(*) FROM register_event WHERE reference LIKE %s", f"G-{victim}-%"
    ) == [(len(sent),)]
    assert rows(house.url, "SELECT count(*) FROM register_event WHERE uid = %s", sent[-1][0]) == [
        (1,)
    ]


@turn(4, together=0)
@pytest.mark.parametrize("victim", part(["import", "database"], 2, "import"))
def test_killed_during_an_import_all_rows_are_there_or_none(house, victim):
    number, file = size(4_000, 8_000), house.var.var / f"{victim}.csv"
    file.write_text(
        HEAD
        + "".join(
            f"N-{victim}-{n},inspection_round,09/09/2025,00004,Giám sát {n},3\n"
            for n in range(number)
        )
    )
    count = f"SELECT count(*) FROM register_event WHERE reference LIKE 'N-{victim}-%%'"
    process = house.var.start("import", "events", str(file))
    wait_for(
        lambda: (
            rows(
                house.url,
                "SELECT 1 FROM pg_stat_activity WHERE query ILIKE '%%INSERT INTO "
                "register_event%%' AND state <> 'idle' AND pid <> pg_backend_pid()",
            )
            or process.poll() is not None
        )
    )
    killed = process.poll() is None
    if victim == "import":
        process.kill()
    else:
        kill(house.cluster._postmaster())
    process.wait(60)
    if victim == "database":
        wait_for(lambda: not house.cluster._answers())
        house.cluster.start()
    wait_for(
        lambda: (
            rows(
                house.url,
                "SELECT count(*) FROM pg_stat_activity WHERE query ILIKE "
                "'%%register_event%%' AND pid <> pg_backend_pid() AND state = 'active'",
            )
            == [(0,)]
        )
    )
    assert killed
    assert rows(house.url, count) in ([(0,)], [(number,)])
    sound(house)
    for _time in range(2):  # again, and once more: the same numbers are the same rows
        done = house.var.run("import", "events", str(file))
        assert done.returncode == 0, done.stdout + done.stderr
        assert rows(house.url, count) == [(number,)]
    sound(house)


@turn(4, together=0)
def test_killed_during_sealing_there_is_no_seal_and_it_can_be_sealed_again(house):
    asked = [sys.executable, "-c", SEALING]
    environment = {**house.var.environment, "DJANGO_SETTINGS_MODULE": "danchu.config.settings"}
    with subprocess.Popen(
        [*asked, "stay"], env=environment, cwd=house.var.var, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "written, not committed\n"
        process.kill()
    tables = "SELECT (SELECT count(*) FROM reports_seal), (SELECT count(*) FROM reports_sealline)"
    assert rows(house.url, tables) == [(0, 0)]
    done = subprocess.run(
        [*asked, "go"],
        env=environment,
        cwd=house.var.var,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert rows(house.url, tables)[0][0] == 1
    sound(house)


# The reorganisation stops when it writes its entry of the journal, until the lock is free.
STOP_REORGANISATION = """
CREATE FUNCTION stop_reorganisation() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock(47); RETURN NEW; END';
CREATE TRIGGER stop_reorganisation BEFORE INSERT ON journal_entry FOR EACH ROW
    WHEN (NEW.act = 'units.reorganised') EXECUTE FUNCTION stop_reorganisation();
"""
LET_IT_GO_ON = (
    "DROP TRIGGER stop_reorganisation ON journal_entry; DROP FUNCTION stop_reorganisation"
)
RENAMED = """
on = 2025-09-01
[decree]
number = "12/NQ-UBTVQH15"
title = "Đổi tên một phường"
[[standings]]
unit = "00004@2025-08-31"
name = "Phường Ba Đình Mới"
"""
MAP = "SELECT count(*), count(until), max(since) FROM units_standing"


@turn(4, together=2)
def test_killed_during_a_reorganisation_the_old_map_stands_and_it_can_be_applied_again(house):
    plan = house.var.var / "plan.toml"
    plan.write_text(RENAMED)
    before = rows(house.url, MAP)
    with psycopg.connect(house.url) as connection:
        connection.execute(STOP_REORGANISATION)
        connection.commit()
        connection.execute("SELECT pg_advisory_xact_lock(47)")
        process = house.var.start("units", "apply", str(plan), "--commit")
        waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory'"
        wait_for(lambda: rows(house.url, f"{waits} AND query ILIKE '%%journal_entry%%'"), 60)
        kill(process.pid)
        process.wait()
    wait_for(lambda: not rows(house.url, waits), 30)
    rows(house.url, LET_IT_GO_ON)
    assert rows(house.url, MAP) == before
    done = house.var.run("units", "apply", str(plan), "--commit")
    assert done.returncode == 0, done.stdout + done.stderr
    assert rows(house.url, MAP)[0][0] == before[0][0] + 1
    sound(house)


# The worker stops while it notes its third piece, which is on disk already, until the lock is free.
STOP_EXPORT = f"""
CREATE FUNCTION stop_export() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN PERFORM pg_advisory_xact_lock(43); RETURN NEW; END';
CREATE TRIGGER stop_export BEFORE UPDATE ON exports_export FOR EACH ROW
    WHEN (NEW.rows = {3 * EXPORT_PIECE}) EXECUTE FUNCTION stop_export();
"""
LET_EXPORT_GO_ON = "DROP TRIGGER stop_export ON exports_export; DROP FUNCTION stop_export()"


def export_killed_in_its_third_piece(house, query):
    """The uid of an export of the records, asked for at the desk; everything of the installation
    was killed with -9 when two pieces were noted and the third was on disk.
    """
    with psycopg.connect(house.url) as connection:
        connection.execute(STOP_EXPORT)
        connection.commit()
        connection.execute("SELECT pg_advisory_xact_lock(43)")
        form = {"name": "records", "query": query, "ending": "csv"}
        page = "/desk/records/new/?kind=inspection_round"
        _code, address = log_in(house).send("/desk/exports/new/", page, **form)
        waits = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'advisory'"
        wait_for(lambda: rows(house.url, f"{waits} AND query ILIKE '%%exports_export%%'"), 60)
        for pid in house.var.processes():
            with suppress(ProcessLookupError):
                kill(pid)
        house.process.wait()
    rows(house.url, LET_EXPORT_GO_ON)
    return address.rstrip("/").rpartition("/")[2]


@turn(4, together=2)
def test_killed_during_a_long_export_it_goes_on_and_the_file_is_whole(house):
    number = 7 * EXPORT_PIECE + 5
    file = house.var.var / "long.csv"
    lines = (f"X-{n:05d},inspection_round,11/09/2025,00004,Giám sát {n},3\n" for n in range(number))
    file.write_text(HEAD + "".join(lines))
    done = house.var.run("import", "events", str(file))
    assert done.returncode == 0, done.stdout + done.stderr
    query = "kind=inspection_round&since=11/09/2025&last=11/09/2025"
    uid = export_killed_in_its_third_piece(house, query)
    noted = "SELECT state, rows FROM exports_export WHERE uid = %s"
    assert rows(house.url, noted, uid) == [("writing", 2 * EXPORT_PIECE)]
    pieces = house.var.var / "exports" / f"{uid}.rows"
    written = pieces.read_bytes()
    assert written.count(b"\n") == 3 * EXPORT_PIECE
    # A mark in the first row: it is in the file only when the noted pieces were not written again.
    first = re.search(rb"X-\d{5}", written).group()
    pieces.write_bytes(written.replace(first, b"X-FIRST", 1))
    start_again(house)
    wait_for(lambda: rows(house.url, noted, uid) == [("ready", number)], 90)
    visitor = log_in(house)
    exported = visitor.get(f"/desk/exports/{uid}/file/")
    assert exported.count("X-FIRST") == 1
    references = re.findall(r"X-\d{5}", exported.replace("X-FIRST", first.decode()))
    assert sorted(references) == [f"X-{n:05d}" for n in range(number)]
    at_once = visitor.get(f"/desk/records.csv?{query}")
    assert exported.replace("X-FIRST", first.decode()) == at_once
    sound(house)


def second_server(house):
    """Another server on the database of the house, with a folder of its own."""
    first = house.var.var
    var = first.parent / "second"
    var.mkdir()
    port = free_port()
    installation = Installation(
        var,
        **{name: house.var.environment[name] for name in ("DATABASE_URL", "DANCHU_JOBS_STALLED")},
        PORT=str(port),
        DANCHU_WORKERS="1",
        DANCHU_SECRET_KEY=(first / "secret-key").read_text(),
        DANCHU_PAPERS=str(first / "papers"),
        DANCHU_VAULT=str(first / "vault"),
        DANCHU_JOURNAL=str(first / "journal"),
        DANCHU_EXPORTS=str(first / "exports"),
    )
    process = installation.start("serve")
    return SimpleNamespace(var=installation, port=port, url=house.url, process=process)


@turn(4, together=2)
def test_two_servers_on_one_database_are_one_installation(house):
    """A proxy sends a form to both at once, and a session from one to the other; they share what
    docs/operate.md says.
    """
    second = second_server(house)
    try:
        up(second)
        visitors = [log_in(house), log_in(second)]
        records = [(str(uuid4()), f"two-{number}") for number in range(6)]
        page = "/desk/records/new/?kind=inspection_round"
        with ThreadPoolExecutor(2) as at_once:
            for uid, number in records:
                form = {"once": str(uuid4()), **entry(uid, number)}
                answers = [at_once.submit(one.send, page, **form) for one in visitors]
                assert all(uid in answer.result(60)[1] for answer in answers)
        states = "SELECT uid::text, state FROM register_event WHERE reference LIKE 'G-two-%%'"
        assert dict(rows(house.url, states)) == {uid: "confirmed" for uid, _number in records}
        visitors[0].base = visitors[1].base
        assert "Trưởng Ban" in visitors[0].get("/desk/")
        form = {"name": "records", "query": "kind=inspection_round", "ending": "csv"}
        _code, address = visitors[1].send("/desk/exports/new/", page, **form)
        uid = address.rstrip("/").rpartition("/")[2]
        noted = "SELECT state FROM exports_export WHERE uid = %s"
        wait_for(lambda: rows(house.url, noted, uid) == [("ready",)], 90)
    finally:
        second.process.terminate()
        second.process.wait(60)
    assert "Trưởng Ban" in log_in(house).get("/desk/")
    exported = log_in(house).get(f"/desk/exports/{uid}/file/")
    assert sorted(re.findall(r"G-(two-\d+)", exported)) == [number for _uid, number in records]
    sound(house)


@turn(2, together=0)
def test_without_its_database_it_says_so_and_serves_again_when_it_is_back(house):
    kill(house.cluster._postmaster())
    wait_for(lambda: not house.cluster._answers())
    pages = {}
    for path in ("/", "/units/", "/api/v1/figures/opinions?unit=1", "/static/look/mark.svg"):
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{house.port}{path}", timeout=30
            ) as answer:
                pages[path] = answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            pages[path] = error.code, error.read().decode()
    assert {path: code for path, (code, _text) in pages.items()} == {
        "/": 503,
        "/units/": 503,
        "/api/v1/figures/opinions?unit=1": 503,
        "/static/look/mark.svg": 200,
    }
    assert "Traceback" not in str(pages)
    assert "cơ sở dữ liệu" in pages["/units/"][1].lower()
    assert json.loads(pages["/api/v1/figures/opinions?unit=1"][1])
    house.cluster.start()
    wait_for(lambda: status(house.port, "/units/") == 200)
    assert house.process.poll() is None


def memory(house):
    """MiB that the web server's processes hold."""
    found = 0
    for pid in house.var.processes():
        with suppress(OSError):
            found += (
                int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()).group(1))
                // 1024
            )
    return found


def pour(house, head, megabytes, chunked):
    """What the server says to a body of zeros, and how many MiB it let through before."""
    block, passed = bytes(1024 * 1024), 0
    with socket.create_connection(("127.0.0.1", house.port), timeout=60) as line:
        line.sendall(head.encode())
        with suppress(OSError):
            for _ in range(megabytes):
                line.sendall((b"100000\r\n" + block + b"\r\n") if chunked else block)
                passed += 1
            if chunked:
                line.sendall(b"0\r\n\r\n")
        answer = b""
        with suppress(OSError):
            while b"\r\n" not in answer and (more := line.recv(4096)):
                answer += more
    return answer.split(b"\r\n")[0].decode(), passed


@turn(2, together=0)
@pytest.mark.parametrize("chunked", [False, True])
def test_an_upload_of_two_gigabytes_is_refused_and_is_not_held_in_memory(house, chunked):
    size = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {2 * 1024**3}"
    head = (
        f"POST /api/v1/imports HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nContent-Type: "
        f"multipart/form-data; boundary=x\r\n{size}\r\n\r\n"
    )
    before, most, done = memory(house), [0], []

    def watch():
        while not done:
            most[0] = max(most[0], memory(house))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        said, passed = pour(house, head, 2048, chunked)
    finally:
        done.append(True)
        watcher.join()
    assert re.fullmatch(r"(HTTP/1.1 4\d\d .*)?", said), (said, passed)
    assert most[0] - before < 150, f"{before} MiB became {most[0]} MiB; {passed} MiB sent"
    assert status(house.port) == 200
    assert list(Path(tempfile.gettempdir()).glob("*.upload*")) == []


@turn(2, together=0)
def test_slow_clients_do_not_keep_others_waiting(house):
    lines = []
    try:
        for number in range(60):
            line = socket.create_connection(("127.0.0.1", house.port), timeout=5)
            body = (
                ""
                if number % 2
                else f"POST /theme/ HTTP/1.1\r\nHost: "
                f"127.0.0.1:{house.port}\r\nContent-Length: 1000\r\n\r\n"
            )
            line.sendall((body or "GET / HTTP/1.1\r\nHost: a\r\nX: ").encode())
            lines.append(line)
        for _ in range(3):
            for line in lines:
                with suppress(OSError):
                    line.sendall(b"a")
            began = time.monotonic()
            assert status(house.port) == 200
            assert time.monotonic() - began < 5
    finally:
        for line in lines:
            line.close()


@turn(2, together=0)
def test_interrupted_it_stops_cleanly(house):
    house.process.send_signal(signal.SIGINT)
    assert house.process.wait(60) == 0
    assert wait_for(
        lambda: not [line for line in house.var.processes().values() if "granian" in line]
    )
    os.sync()
