"""Separate installations for a test: a folder, an environment, a `danchu` command."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from danchu.config.cluster import Cluster

ROOT = Path(__file__).resolve().parents[2]


class Installation:
    """The product as an operator has it: `run` runs one command, `start` a long-running one."""

    def __init__(self, var, **environment):
        self.var = var
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("DANCHU_") and name != "DATABASE_URL"
        }
        self.environment = {
            **inherited,
            "DANCHU_VAR": str(var),
            "PYTHONPATH": str(ROOT),
            **environment,
        }

    def run(self, *arguments, **environment):
        return subprocess.run(
            self._command(arguments),
            env={**self.environment, **environment},
            cwd=self.var,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def python(self, module):
        """Run a module of the tests on this installation."""
        return subprocess.run(
            [sys.executable, "-m", module],
            env={**self.environment, "DANCHU_DEMO": "1"},
            cwd=self.var,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def start(self, *arguments, **environment):
        log = open(self.var / "log.txt", "a+")  # noqa: SIM115
        return subprocess.Popen(
            self._command(arguments),
            env={**self.environment, **environment},
            cwd=self.var,
            stdout=log,
            stderr=log,
        )

    def log_text(self):
        return (self.var / "log.txt").read_text()

    def processes(self):
        """{pid: command line} of processes with this installation's folder in their command line or
        environment.
        """
        mark, commands = os.fsencode(self.var), {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                if (
                    mark in (entry / "cmdline").read_bytes()
                    or mark in (entry / "environ").read_bytes()
                ):
                    commands[int(entry.name)] = (
                        (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                    )
            except OSError:
                continue
        commands.pop(os.getpid(), None)
        return commands

    @staticmethod
    def _command(arguments):
        return [sys.executable, "-m", "danchu.config", *arguments]


def wait_for(question, seconds=30):
    """The first true answer of `question()`; AssertionError when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := question():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"Not within {seconds} s: {question}")


@pytest.fixture
def folder():
    """A folder that the database's account can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="danchu-test-", ignore_cleanup_errors=True) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def cluster(folder):
    """A cluster that is not started."""
    cluster_in_folder = Cluster(folder, durable=False)
    yield cluster_in_folder
    cluster_in_folder.leave()


@pytest.fixture
def empty_database():
    """(name, DATABASE_URL) of an empty database on the suite's server; removed with those that a
    restore creates beside it.
    """
    from danchu.config.pg_tools import url_of

    name = f"danchu_suite_{os.getpid()}"
    with database_of_its_own(name):
        yield name, url_of(name)


@contextmanager
def database_of_its_own(name, copied_from="template1"):
    """A database on the suite's server, empty or a copy; removed with those that a restore creates
    beside it.
    """
    from danchu.config.pg_tools import MAINTENANCE, connect  # settings first

    def drop():
        with connect(MAINTENANCE) as connection:
            for (leftover,) in connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]
            ).fetchall():
                connection.execute(f'DROP DATABASE IF EXISTS "{leftover}" WITH (FORCE)')

    drop()
    with connect(MAINTENANCE) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{copied_from}"')
    try:
        yield
    finally:
        drop()


def rows(url, statement, *values):
    with psycopg.connect(url, autocommit=True) as connection:
        done = connection.execute(statement, values)
        return done.fetchall() if done.description else []


def kill(pid, number=signal.SIGKILL):
    os.kill(pid, number)
