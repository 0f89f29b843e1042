"""`danchu serve`: the one process to run. It starts the embedded database, brings it up to date,
starts the web server, the hall's processes and the worker on the queue of jobs, restarts what ends,
and stops all cleanly on Ctrl-C or SIGTERM. `danchu stop` stops it from another terminal.
"""

import fcntl
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from danchu.config.banner import banner, say
from danchu.config.children import end_with_parent
from danchu.config.cluster_place import ClusterFailed
from danchu.config.live_processes import Live, reserve_ports
from danchu.config.metrics_folder import prepare_folder
from danchu.config.web import Web, WebFailed, port_from_environment, reserve
from danchu.config.worker_process import Worker

STOP_SECONDS = 40
LAST_PAGE_SECONDS = 8  # between the end of a restore and the restart: the page reloads every three


class _StopRequest:
    """Whether the process was asked to end; looked at between steps, so that none is cut short."""

    def __init__(self):
        self.to_stop = False
        self.signal = ""
        self.parent = os.getppid()
        self.parent_listens = _catches_interrupts(os.getppid())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, number, _frame):
        self.to_stop = True
        self.signal = signal.Signals(number).name

    def why(self, demo):
        """Why the process stops, for its log."""
        if self.to_stop:
            return f"nhận tín hiệu {self.signal} (received {self.signal})"
        if demo and self.orphaned():
            return (
                f"tiến trình đã gọi lệnh này, số {self.parent}, đã kết thúc hoặc bị ngắt; bản dùng "
                "thử dừng theo (the parent process has ended)"
            )
        return "một phần của hệ thống không chạy được, xem các dòng trên (a part failed)"

    def orphaned(self):
        """Whether the `make` that started a demo has ended or was interrupted. An interrupted make
        sends nothing to its child: it only stops catching SIGINT and waits.
        """
        return os.getppid() != self.parent or (
            self.parent_listens and not _catches_interrupts(self.parent)
        )


def _catches_interrupts(pid):
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # a system without /proc
        return False
    return bool(int(status.split("SigCgt:")[1].split()[0], 16) & 1 << (signal.SIGINT - 1))


def main(task):
    """Run "serve" or "stop"; the exit code."""
    if task == "stop":
        os.environ.setdefault("DANCHU_EMBEDDED", "1")  # stopping must work whatever is set
    try:
        from danchu.config import settings  # noqa: PLC0415  late: before Django

        return _stop(settings) if task == "stop" else _serve(settings)
    except (ClusterFailed, WebFailed, ImproperlyConfigured) as failure:
        message = str(failure)
    except OSError as error:  # a full disk, a folder that is a file or has another owner
        message = f"{error.filename or 'danchu serve'}: {error.strerror}"
    print(f"✗ {message}", file=sys.stderr)
    return 1


def _serve(settings):
    started_at = time.monotonic()
    stop_request = _StopRequest()
    port = port_from_environment()
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR / "serve.lock", "a+") as handle:
        if not _take_lock(handle):
            handle.seek(0)
            raise WebFailed(
                f"Đang chạy rồi (tiến trình {handle.read().strip()}). Dừng bằng: make "
                f"stop (already running)"
            )
        if not reserve(port):
            raise WebFailed(
                f"Cổng {port} đang có chương trình khác dùng. Hãy thử: make demo "
                f"PORT={port + 1} (port taken)"
            )
        return _run(settings, port, stop_request, started_at)


def _run(settings, port, stop_request, started_at):
    web = Web(port)
    live = Live()
    worker = Worker()
    cluster = None
    try:
        reserve_ports(port)
        if settings.EMBEDDED:
            cluster = _start_database(settings)
        _clear_uploads(settings)
        prepare_folder(settings.VAR)
        if _bring_up_to_date(stop_request):
            if settings.DEMO:
                (settings.VAR / "demo").touch()  # later `danchu` commands read it
            web.start()
            live.start()
            if web.wait_until_ready(lambda: stop_request.to_stop):
                print(banner(port, settings.DEMO, time.monotonic() - started_at), flush=True)
                _offer_set_up(settings)
            _watch(web, live, worker, cluster, stop_request, settings.DEMO)
        return 0 if stop_request.to_stop or stop_request.orphaned() else 1
    finally:
        say(f"Đang dừng: {stop_request.why(settings.DEMO)}…")
        worker.stop()
        live.stop()
        web.stop()
        if cluster:
            cluster.leave()
        say("Đã dừng. (stopped)")


def _offer_set_up(settings):
    """Print the address of the set-up page of an empty installation; never into a file."""
    if settings.DEMO:
        return
    command = [sys.executable, "-m", "danchu.config", "setup", "--when-empty"]
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(command, timeout=STOP_SECONDS, check=False, preexec_fn=end_with_parent())


def _clear_uploads(settings):
    """Remove uploads that were unfinished when an earlier web server was killed: nobody waits for
    them, and some are confidential.
    """
    from danchu.config.restoring import restart_path  # noqa: PLC0415  late: before Django
    from danchu.papers.store import sweep_store  # noqa: PLC0415  late: before Django

    restart_path().unlink(missing_ok=True)  # of an earlier run

    for path in settings.FILE_UPLOAD_TEMP_DIR.iterdir():
        with suppress(OSError):
            path.unlink()
    sweep_store(settings.PAPERS_ROOT)


def _start_database(settings):
    cluster = settings.embedded_cluster()
    say("Cơ sở dữ liệu PostgreSQL kèm theo… (embedded database)")
    if cluster.place != cluster.var:
        say(
            f"  Dữ liệu nằm ở {cluster.place}: tài khoản {cluster.account.pw_name} không "
            f"vào được {cluster.var}."
        )
    os.environ["DANCHU_EMBEDDED_URL"] = cluster.start()
    return cluster


def _bring_up_to_date(stop_request):
    """Run `danchu bootstrap` in a child process; False when asked to stop meanwhile. WebFailed when
    it fails.
    """
    command = [sys.executable, "-m", "danchu.config", "bootstrap"]
    with subprocess.Popen(command, preexec_fn=end_with_parent(alone=True)) as child:
        while child.poll() is None and not stop_request.to_stop:
            with suppress(subprocess.TimeoutExpired):
                child.wait(0.2)
        if child.poll() is None:
            child.terminate()  # each step is one transaction: the database keeps the old state
    if child.returncode and not stop_request.to_stop:
        raise WebFailed("Chuẩn bị dữ liệu không xong, xem dòng trên. (preparing failed, see above)")
    return not stop_request.to_stop


def _watch(web, live, worker, cluster, stop_request, demo):
    """Restart the web server, the database, the hall's processes and the worker when they end,
    until asked to stop. WebFailed when the web server ends again and again.
    """
    while not stop_request.to_stop and not (demo and stop_request.orphaned()):
        if web.tend():
            say("Máy chủ web đã dừng đột ngột, đã khởi động lại. (web server gone, started again)")
        if _restart_is_due():
            _restart(web, live, worker, stop_request)
        live.tend()
        if cluster and not cluster.is_up():
            say("PostgreSQL đã dừng đột ngột, đang khởi động lại… (database gone, starting again)")
            try:
                cluster.start()
            except (ClusterFailed, OSError) as failure:
                say(f"✗ {failure}")
                time.sleep(5)
        with suppress(OSError):  # the system cannot start a process now: try in a second
            worker.tend()


def _restart_is_due():
    """Whether a restore from the set-up page was done, a moment ago: its last page comes first."""
    from danchu.config.restoring import restart_path  # noqa: PLC0415  late: before Django

    with suppress(OSError):
        if time.time() - restart_path().stat().st_mtime > LAST_PAGE_SECONDS:
            restart_path().unlink()
            return True
    return False


def _restart(web, live, worker, stop_request):
    """Start the processes again on the database that took the place of the old one."""
    say("Đã phục hồi một bản sao lưu, đang khởi động lại… (restored, starting again)")
    worker.stop()
    live.stop()
    web.stop()
    if _bring_up_to_date(stop_request):
        web.start()
        live.start()
        web.wait_until_ready(lambda: stop_request.to_stop)


def _take_lock(handle):
    """Lock the file and write this process's id into it; False when another holds it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return True


def _stop(settings):
    """Stop the `danchu serve` of this folder, then a database server that a killed one has left."""
    path = settings.VAR / "serve.lock"
    if path.exists():
        with open(path) as handle:
            deadline = time.monotonic() + STOP_SECONDS
            while not _is_released(handle) and time.monotonic() < deadline:
                with suppress(ProcessLookupError, ValueError):
                    os.kill(int(path.read_text()), signal.SIGTERM)
                time.sleep(0.3)
    from danchu.config.cluster import Cluster  # noqa: PLC0415  late: seldom

    for var in (settings.VAR, settings.VAR / "testing"):
        if var.exists():
            Cluster(var).leave()
    say("Đã dừng. (stopped)")
    return 0


def _is_released(handle):
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(handle, fcntl.LOCK_UN)
    return True
