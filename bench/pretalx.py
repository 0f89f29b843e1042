"""The rival of `bench/load.py`: the current pretalx with its demo event on the same PostgreSQL
server, served by the same web server with as many workers. It is installed into a folder of its
own, by pip, and not into the project; None where it cannot be had.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.browser import Browser

PLACE = Path(tempfile.gettempdir()) / "danchu-bench-pretalx"
MAIL, PASSWORD = "organiser@example.org", "Bench-2026-pretalx"  # noqa: S105  # of the bench alone
FILLED = "has the demo event"  # the comment of its database
TALKS, ORGANISER_LIST = "/democon/talk/", "/orga/event/democon/submissions/"


def install():
    """The Python of pretalx; None where pip cannot get it."""
    python = PLACE / "bin" / "python"
    if (PLACE / "installed").exists():
        return python
    try:
        subprocess.run([sys.executable, "-m", "venv", PLACE], check=True)
        # The demo event is made by Faker and freezegun, which it does not bring.
        packages = ["pretalx[postgres]", "faker", "freezegun", "granian"]
        subprocess.run([python, "-m", "pip", "install", "-q", *packages], check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    (PLACE / "installed").touch()
    return python


def settings(socket, port):
    """The environment of pretalx on the database `pretalx` of the server behind the socket."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DANCHU_", "DJANGO_"))
    }
    return plain | {
        "PRETALX_DB_TYPE": "postgresql",
        "PRETALX_DB_NAME": "pretalx",
        "PRETALX_DB_USER": "danchu",
        "PRETALX_DB_HOST": str(socket),
        "PRETALX_DATA_DIR": str(PLACE / "data"),
        "PRETALX_SITE_URL": f"http://127.0.0.1:{port}",
        "PRETALX_NO_INITIAL_LOG": "1",
        "DJANGO_SUPERUSER_EMAIL": MAIL,
        "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        "PRETALX_INIT_ORGANISER_NAME": "Bench",
        "PRETALX_INIT_ORGANISER_SLUG": "bench",
    }


def fill(python, environment, connect):
    """Make its database with the demo event; `connect(name)` is a connection to a database."""
    with connect("postgres") as connection:
        state = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            "WHERE datname = 'pretalx'"
        ).fetchone()
        if state == (FILLED,):
            return
        connection.execute("DROP DATABASE IF EXISTS pretalx")
        connection.execute("CREATE DATABASE pretalx")
    (PLACE / "data").mkdir(exist_ok=True)
    for command in (
        ["migrate"],
        ["init", "--noinput"],
        ["create_test_event", "--seed", "1"],
        ["rebuild"],
    ):
        ran = subprocess.run(
            [python, "-m", "pretalx", *command],
            env=environment,
            check=True,
            cwd=PLACE,
            capture_output=True,
            text=True,
        )
        if command[0] == "create_test_event" and "schedule" not in ran.stdout:
            raise RuntimeError(f"pretalx made no demo event: {ran.stdout}")
    with connect("postgres") as connection:
        connection.execute(f"COMMENT ON DATABASE pretalx IS '{FILLED}'")


def serve(python, environment, port):
    """Start it with two workers of four threads, as `danchu.config.web` starts ours."""
    command = [python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "4", "--no-ws"]
    command += ["--log-level", "error", "pretalx.wsgi:application"]
    return subprocess.Popen(command, env=environment, cwd=PLACE, stderr=subprocess.DEVNULL)


def log_in(port):
    """The Cookie header of its organiser."""
    browser = Browser(port)
    browser.send("/orga/login/", login_email=MAIL, login_password=PASSWORD)
    return browser.cookie
