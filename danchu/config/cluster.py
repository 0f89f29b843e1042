"""The embedded PostgreSQL server: one private cluster under `var/`, reached by a Unix socket only.

Used when DATABASE_URL is not set. cluster_place finds the server's binaries. Starting and stopping
are done here and not by a library, because as root the server must run as another account without
widening the permissions of folders, and because a killed server may leave a lock file that names a
zombie. Every process that uses the cluster holds a shared file lock; the last one to release it
stops the server.
"""

import fcntl
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

from danchu.config.children import answers_signals
from danchu.config.cluster_place import (
    ClusterFailed,
    account_for,
    binaries_for,
    find_binaries,
    home_for,
    make_private,
    run_as_account,
    socket_folder,
)

START_SECONDS = 60
# Backends of a killed server exit within moments; until then its shared memory is in use.
PATIENCE_SECONDS = 15
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0777",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "max_connections": 60,
    "timezone": "UTC",
    "jit": "off",
    "log_min_messages": "warning",
    # A failed statement holds what people typed: no statement and no parameter is logged.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": 0,
    "log_error_verbosity": "terse",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "parallel_setup_cost": 10000,  # starting workers takes longer than the sums of a page
}
_USE_LOCKS = {}


class Cluster:
    """One PostgreSQL data folder under `var` and the server on it.

    `durable` False turns off fsync, for tests. ClusterFailed when no binaries are found.
    """

    def __init__(self, var, durable=True):
        self.var = Path(var).resolve()
        self.durable = durable
        self.installed_binaries = find_binaries()
        version = subprocess.run(
            [self.installed_binaries / "postgres", "--version"], capture_output=True, text=True
        ).stdout
        self.major = int(re.search(r"(\d+)\.?\d*", version).group(1))
        self.account = account_for(self.var / f"pg{self.major}" / "data")
        self.place = home_for(self.var, self.account)
        self.home = self.place / f"pg{self.major}"
        self.data = self.home / "data"
        self.socket = socket_folder(self.data, self.account)

    @property
    def url(self):
        return f"postgresql://danchu@/danchu?host={self.socket}"

    @cached_property
    def bin(self):
        """The folder of the server's programs, readable for its account."""
        return binaries_for(self.installed_binaries, self.place, self.account)

    @property
    def log(self):
        return self.home / "server.log"

    def start(self):
        """Create the cluster if there is none, start the server if it does not run, take the shared
        lock; the URL of its database. Safe when two processes call it at once. ClusterFailed when
        the server cannot start.
        """
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            with self._lock():
                if not self.data.exists():
                    self._initialise()
                if not self._answers():
                    self._remove_stale_locks()
                    self._launch()
                self._take_use_lock()
        except PermissionError as error:
            raise ClusterFailed(
                f"Không ghi được {error.filename}: thuộc về người khác. Hãy đặt "
                f"DANCHU_VAR tới thư mục khác. (not ours)"
            ) from error
        return self.url

    def leave(self):
        """Release the shared lock; the last process to do so stops the server. Returns whether it
        was stopped.
        """
        if not self.home.exists():
            return False
        self._take_use_lock()
        with self._lock(), _USE_LOCKS.pop(self.home) as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            self.stop()
        return True

    def stop(self):
        """Stop the server at once and cleanly (pg_ctl mode "fast"): open sessions are ended,
        everything committed is on disk.
        """
        if self.is_up():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop", check=False)
        with suppress(OSError):  # not there, or not empty: another process still uses it
            self.socket.rmdir()

    def is_up(self):
        """Whether the server's process lives; cheap enough to call every second.

        After kill -9 the process id may still answer signals, as a zombie or reused by another
        program: the command line tells them apart.
        """
        pid = self._postmaster()
        try:
            return bool(pid) and os.fsencode(self.data) in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:  # no such process, or a system without /proc
            return bool(pid) and answers_signals(pid)

    def _take_use_lock(self):
        if self.home not in _USE_LOCKS:
            handle = open(self.home / "use.lock", "w")  # noqa: SIM115 - held as long as the process lives
            fcntl.flock(handle, fcntl.LOCK_SH)
            _USE_LOCKS[self.home] = handle

    def _initialise(self):
        """Run initdb in a temporary folder, then rename: a killed one leaves no half a cluster."""
        make_private(self.home, self.account)
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        provider = (
            ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            if self.major >= 17
            else ["--locale=C.UTF-8"]
        )
        sync = [] if self.durable else ["--no-sync"]
        self._run(
            "initdb", "-D", fresh, "-U", "danchu", "-A", "trust", "-E", "UTF8", *provider, *sync
        )
        fresh.rename(self.data)

    def _launch(self):
        make_private(self.socket, self.account)
        durable = "on" if self.durable else "off"
        options = {
            **OPTIONS,
            "unix_socket_directories": self.socket,
            "fsync": durable,
            "synchronous_commit": durable,
        }
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._run(
            "pg_ctl",
            "-D",
            self.data,
            "-l",
            self.log,
            "-w",
            "-t",
            START_SECONDS,
            "-o",
            flags,
            "start",
            check=False,
        ).returncode:
            reason = self._last_error()
            if "shared memory" not in reason or time.monotonic() > deadline:
                raise ClusterFailed(
                    f"PostgreSQL không khởi động được ({self.log}): {reason} (database "
                    f"did not start)"
                )
            time.sleep(0.3)
        self._make_database()

    def _last_error(self):
        lines = self.log.read_text(errors="replace").splitlines() if self.log.exists() else []
        errors = [
            line
            for line in lines[-12:]
            if "FATAL" in line or "PANIC" in line or "could not" in line
        ]
        return (errors or lines[-1:] or ["?"])[-1].strip()

    def _make_database(self):
        import psycopg  # noqa: PLC0415  late: slow

        with psycopg.connect(
            f"postgresql://danchu@/postgres?host={self.socket}", autocommit=True
        ) as connection:
            if not connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = 'danchu'"
            ).fetchone():
                connection.execute("CREATE DATABASE danchu")

    def _answers(self):
        with socket.socket(socket.AF_UNIX) as line:
            return self.is_up() and not line.connect_ex(str(self.socket / ".s.PGSQL.5432"))

    def _postmaster(self):
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return 0

    def _remove_stale_locks(self):
        """Remove the lock files of a dead server: PostgreSQL refuses to start while the process id
        in them answers, even as a zombie.
        """
        if self._postmaster() and not self.is_up():
            for path in (self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
                path.unlink(missing_ok=True)

    def _run(self, program, *arguments, check=True):
        command = [str(self.bin / program), *map(str, arguments)]
        environment = {**os.environ, "LC_ALL": "C", "LD_LIBRARY_PATH": str(self.bin.parent / "lib")}
        with tempfile.TemporaryFile() as errors:  # a file: a pipe would be kept open by the server
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                preexec_fn=lambda: run_as_account(self.account),
                env=environment,
                cwd="/",
            )
            errors.seek(0)
            done.stderr = errors.read().decode(errors="replace")
        if check and done.returncode:
            raise ClusterFailed(f"{program}: {done.stderr.strip()[-300:]}")
        return done

    @contextmanager
    def _lock(self):
        with open(self.home / "start.lock", "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
