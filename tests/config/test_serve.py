"""The one process to run, started for real: what it says, what it survives, what it leaves
behind.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from danchu.config.cluster import Cluster
from danchu.config.serve import _catches_interrupts, _StopRequest
from danchu.config.web import MOST_ENDS, Web, WebFailed
from tests.config.conftest import Installation, kill, rows, wait_for
from tests.sizes import turn


def free_port():
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


def status(port, path="/"):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


@pytest.fixture(scope="module")
def served():
    """(installation, port, process) of a product that runs, not a demo, its database embedded."""
    with tempfile.TemporaryDirectory(prefix="danchu-serve-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        port = free_port()
        installation = Installation(
            Path(name), DANCHU_EMBEDDED="1", DANCHU_LIVE_HUBS="1", PORT=str(port)
        )
        process = installation.start("serve")
        try:
            wait_for(
                lambda: (
                    f"127.0.0.1:{port}" in installation.log_text() or process.poll() is not None
                ),
                240,  # an empty database is migrated first; other tests run beside it
            )
            assert process.poll() is None, installation.log_text()
            yield installation, port, process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(60)
            installation.run("stop")


@turn(4, together=3)
def test_it_says_what_it_does_and_then_where_it_is(served):
    installation, port, _process = served
    said = installation.log_text()
    assert status(port) == 200
    assert (
        said.index("Lược đồ dữ liệu")
        < said.index("Đơn vị hành chính")
        < said.index(f"http://127.0.0.1:{port}")
    )
    assert "MINH HỌA" not in said  # no demo was asked for


@turn(4, together=3)
def test_a_second_one_in_the_same_folder_is_refused_in_one_line(served):
    installation, _port, process = served
    second = installation.run("serve", PORT=str(free_port()))
    assert second.returncode == 1
    assert second.stderr.strip().splitlines() == [
        f"✗ Đang chạy rồi (tiến trình {process.pid}). Dừng bằng: make stop (already running)"
    ]


@turn(4, together=3)
def test_other_commands_use_the_same_database_and_leave_it_running(served):
    installation, port, _process = served
    done = installation.run("verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert status(port) == 200


def hall_processes(installation):
    return {
        line.split(" danchu.live ")[1].split()[0]: pid
        for pid, line in installation.processes().items()
        if " danchu.live " in line
    }


@turn(4, together=3)
def test_the_processes_of_the_hall_run_beside_it_and_a_killed_one_is_started_again(served):
    installation, _port, _process = served
    before = wait_for(
        lambda: len(hall_processes(installation)) == 3 and hall_processes(installation)
    )
    for kind in ("hub", "intake", "sequencer"):
        kill(before[kind])
    after = wait_for(
        lambda: (
            len(now := hall_processes(installation)) == 3
            and not set(now.values()) & set(before.values())
            and now
        )
    )
    assert after.keys() == before.keys()
    assert installation.log_text().count("đang khởi động lại") >= 3


@turn(4, together=3)
def test_a_killed_database_is_started_again_and_nothing_confirmed_is_lost(served):
    installation, port, _process = served
    cluster = Cluster(installation.var)
    before = rows(cluster.url, "SELECT count(*) FROM units_unit")
    kill(cluster._postmaster())
    wait_for(lambda: "khởi động lại" in installation.log_text())
    wait_for(cluster._answers)
    wait_for(lambda: status(port, "/units/") == 200)
    assert rows(cluster.url, "SELECT count(*) FROM units_unit") == before


@turn(4, together=3)
def test_a_killed_worker_is_replaced(served):
    installation, port, _process = served
    workers = [pid for pid, line in installation.processes().items() if "granian" in line]
    newest = max(workers)
    kill(newest)
    wait_for(
        lambda: (
            len([line for line in installation.processes().values() if "granian" in line])
            >= len(workers)
        )
    )
    wait_for(lambda: status(port) == 200)


@turn(4, together=3)
def test_workers_killed_faster_than_they_are_replaced_do_not_end_the_product(served):
    installation, port, process = served
    for _time in range(3):
        for pid, line in installation.processes().items():
            if "granian" in line:
                with contextlib.suppress(ProcessLookupError):
                    kill(pid)
        wait_for(lambda: status(port) == 200)
    assert process.poll() is None
    assert "web server gone, started again" in installation.log_text()


def test_a_web_server_that_ends_again_and_again_is_given_up(monkeypatch):
    def start(self):
        self.process = subprocess.Popen(["true"], start_new_session=True)

    monkeypatch.setattr(Web, "start", start)
    web = Web(1)
    web.start()
    with pytest.raises(WebFailed, match="nhiều lần"):
        for _time in range(MOST_ENDS + 1):
            web.tend()


def _workers(installation):
    return {pid for pid, line in installation.processes().items() if "jobs work" in line}


@turn(4, together=3)
def test_a_killed_worker_on_the_queue_is_started_again_and_the_rounds_are_asked_for(served):
    installation, _port, process = served
    (worker,) = wait_for(lambda: _workers(installation))
    kill(worker)
    wait_for(lambda: _workers(installation) - {worker})
    assert process.poll() is None
    listed = installation.run("jobs", "list")
    assert listed.returncode == 0, listed.stderr
    database = installation.run("check", "--json")
    assert '"check": "jobs"' in database.stdout


@turn(4, together=3)
def test_killed_itself_it_takes_the_web_server_along_and_can_start_again(served):
    installation, port, process = served
    kill(process.pid)
    process.wait()
    wait_for(
        lambda: not any("granian" in line for line in installation.processes().values())
    )  # a silent port may only be a slow one
    wait_for(lambda: status(port) == 0)
    again = installation.start("serve")
    try:
        wait_for(
            lambda: (
                again.poll() is not None
                or installation.log_text().count(f"http://127.0.0.1:{port} ") == 2
            ),
            90,
        )
        assert again.poll() is None, installation.log_text()
        wait_for(lambda: status(port) == 200)  # a first page may be slow on a busy machine
        again.send_signal(signal.SIGINT)
        assert again.wait(60) == 0
        assert wait_for(lambda: installation.processes() == {}) is True
        assert installation.log_text().count("Đã dừng. (stopped)") == 1
    finally:
        if again.poll() is None:
            again.kill()


def test_a_taken_port_is_one_line(folder):
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        port = line.getsockname()[1]
        done = Installation(folder, DANCHU_EMBEDDED="1").run("serve", PORT=str(port))
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.strip().splitlines() == [
        f"✗ Cổng {port} đang có chương trình khác dùng. Hãy thử: make demo "
        f"PORT={port + 1} (port taken)"
    ]


@pytest.mark.parametrize("port", ["tám nghìn", "0", "70000", "-1", "８０００", ""])
def test_a_port_that_is_none_is_one_line(folder, port):
    done = Installation(folder, DANCHU_EMBEDDED="1").run("serve", PORT=port)
    assert (
        done.returncode == 1
        and len(done.stderr.strip().splitlines()) == 1
        and "PORT" in done.stderr
    )


@pytest.mark.parametrize("task", ["serve", "verify"])
def test_without_a_database_named_nothing_runs_that_was_not_asked_for(folder, task):
    done = Installation(folder).run(task)
    assert done.returncode == 1 and "DATABASE_URL" in done.stderr and "Traceback" not in done.stderr
    assert not list(folder.glob("pg*"))


def test_a_database_that_is_away_is_one_line(folder):
    done = Installation(folder, DATABASE_URL="postgresql://nobody@127.0.0.1:9/none").run(
        "serve", PORT=str(free_port())
    )
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert "Cơ sở dữ liệu không trả lời" in done.stderr


def test_stop_where_nothing_runs_is_no_error(folder):
    done = Installation(folder).run("stop")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.getuid() != 0, reason="an ordinary user cannot write there in any case")
def test_root_is_told_when_the_folder_is_a_file(folder):
    (folder / "file").write_text("")
    done = Installation(folder, DANCHU_EMBEDDED="1", DANCHU_VAR=str(folder / "file")).run(
        "serve", PORT=str(free_port())
    )
    assert done.returncode == 1 and "Traceback" not in done.stderr


def test_a_parent_that_no_longer_listens_to_interrupts_is_noticed():
    listening = subprocess.Popen(
        [sys.executable, "-c", "import time; print(flush=True); time.sleep(60)"],
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # a suite in the background is itself deaf to it
    )
    deaf = subprocess.Popen(["sleep", "60"])
    try:
        listening.stdout.readline()
        assert _catches_interrupts(listening.pid) and not _catches_interrupts(deaf.pid)
    finally:
        for process in (listening, deaf):
            process.kill()
            process.wait()
        listening.stdout.close()
    assert not _catches_interrupts(2**22)


def test_its_log_says_why_it_stops():
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}
    try:
        request = _StopRequest()
        assert "a part failed" in request.why(demo=True)
        request.parent = -1  # another process is the parent now
        assert "the parent process has ended" in request.why(demo=True)
        assert "a part failed" in request.why(demo=False)  # only a demo ends with its parent
        os.kill(os.getpid(), signal.SIGHUP)
        assert "SIGHUP" in request.why(demo=True)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
