"""`danchu serve`: the one process to run. It starts the embedded database, brings it up to date,
starts the web server, the hall's processes and the worker on the queue of jobs, watches over all,
and ends them cleanly on Ctrl-C or SIGTERM. `danchu stop` ends it from elsewhere.
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
from danchu.config.children import tied
from danchu.config.cluster_place import ClusterFailed
from danchu.config.live_processes import Live, choose_ports
from danchu.config.web import Web, WebFailed, is_free, port_asked
from danchu.config.worker_process import Worker

STOP_SECONDS = 40


class _Asked:
    """Whether somebody asked us to end: looked at between steps, so that no step is cut in half."""

    def __init__(self):
        self.to_stop = False
        self.parent = os.getppid()
        self.parent_listens = _catches_interrupts(os.getppid())
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note)

    def _note(self, *_signal):
        self.to_stop = True

    def orphaned(self):
        """A demo ends with the `make` that started it. Interrupted alone, make passes nothing on:
        it only stops listening, and waits for us.
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
    if task == "stop":
        os.environ.setdefault("DANCHU_EMBEDDED", "1")  # stopping must work whatever is set
    try:
        from danchu.config import settings  # noqa: PLC0415  late: before Django

        return _stop(settings) if task == "stop" else _serve(settings)
    except (ClusterFailed, WebFailed, ImproperlyConfigured) as failure:
        told = str(failure)
    except OSError as error:  # a full disk, a folder that is a file or somebody else's
        told = f"{error.filename or 'danchu serve'}: {error.strerror}"
    print(f"✗ {told}", file=sys.stderr)
    return 1


def _serve(settings):
    began = time.monotonic()
    asked = _Asked()
    port = port_asked()
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with open(settings.VAR / "serve.lock", "a+") as handle:
        if not _taken_by_us(handle):
            handle.seek(0)
            raise WebFailed(
                f"Đang chạy rồi (tiến trình {handle.read().strip()}). Dừng bằng: make "
                f"stop (already running)"
            )
        if not is_free(port):
            raise WebFailed(
                f"Cổng {port} đang có chương trình khác dùng. Hãy thử: make demo "
                f"PORT={port + 1} (port taken)"
            )
        return _run(settings, port, asked, began)


def _run(settings, port, asked, began):
    web = Web(port)
    live = Live()
    worker = Worker()
    cluster = None
    try:
        choose_ports(port)
        if settings.EMBEDDED:
            cluster = _start_database(settings)
        _clear_uploads(settings)
        if _bring_up_to_date(asked):
            if settings.DEMO:
                (settings.VAR / "demo").touch()  # from now on every `danchu` command knows
            web.start()
            live.start()
            if web.wait_until_ready(lambda: asked.to_stop):
                print(banner(port, settings.DEMO, time.monotonic() - began), flush=True)
            _watch(web, live, worker, cluster, asked, settings.DEMO)
        return 0 if asked.to_stop or asked.orphaned() else 1
    finally:
        say("Đang dừng… (stopping)")
        worker.stop()
        live.stop()
        web.stop()
        if cluster:
            cluster.leave()
        say("Đã dừng. (stopped)")


def _clear_uploads(settings):
    """Remove what was on its way in when an earlier web server was killed: nobody waits for it,
    and some of it is nobody's to read.
    """
    for path in settings.FILE_UPLOAD_TEMP_DIR.iterdir():
        with suppress(OSError):
            path.unlink()


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


def _bring_up_to_date(asked):
    """Run `danchu bootstrap` in a child; whether all went well and nobody asked to stop
    meanwhile.
    """
    command = [sys.executable, "-m", "danchu.config", "bootstrap"]
    with subprocess.Popen(command, preexec_fn=tied(alone=True)) as child:
        while child.poll() is None and not asked.to_stop:
            with suppress(subprocess.TimeoutExpired):
                child.wait(0.2)
        if child.poll() is None:
            child.terminate()  # each step is one transaction: the database keeps the old state
    if child.returncode and not asked.to_stop:
        raise WebFailed("Chuẩn bị dữ liệu không xong, xem dòng trên. (preparing failed, see above)")
    return not asked.to_stop


def _watch(web, live, worker, cluster, asked, demo):
    """Until asked to stop or the web server ends. A killed database is started again, and so are
    the hall's processes and the worker on the queue of jobs.
    """
    while not asked.to_stop and not (demo and asked.orphaned()):
        if web.ended(within=1):
            raise WebFailed("Máy chủ web đã dừng đột ngột. (the web server ended)")
        live.tend()
        if cluster and not cluster.is_up():
            say("PostgreSQL đã dừng đột ngột, đang khởi động lại… (database gone, starting again)")
            try:
                cluster.start()
            except (ClusterFailed, OSError) as failure:
                say(f"✗ {failure}")
                time.sleep(5)
        with suppress(OSError):  # no room for another process: the next look tries again
            worker.tend()


def _taken_by_us(handle):
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return True


def _stop(settings):
    """End a running `danchu serve` of this folder, then any database server left behind by a
    killed one.
    """
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
