"""pg_dump and pg_restore of the server's own major version, and how they are told where the
database is.
"""

import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.conf import settings
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo

from danchu.config.children import tied
from danchu.config.cluster_place import ClusterFailed, find_binaries
from danchu.kernel.refusals import Refused

MAINTENANCE = "postgres"


def place(name=None):
    """Connection parameters of a database on the product's server; its own database when no
    name is given.
    """
    told = settings.DATABASES["default"]
    named = {
        "dbname": name or told["NAME"],
        "user": told["USER"],
        "password": told["PASSWORD"],
        "host": told["HOST"],
        "port": told["PORT"],
    }
    return {
        key: value
        for key, value in {**named, **told["OPTIONS"]}.items()
        if value and isinstance(value, str)
    }


def url_of(name):
    """DATABASE_URL of another database on the product's server."""
    told = {key: quote(value, safe="") for key, value in place(name).items()}
    who = f"{told.pop('user', '')}:{told.pop('password', '')}".rstrip(":")
    port = f":{told.pop('port')}" if "port" in told else ""
    rest = "&".join(f"{key}={value}" for key, value in told.items() if key != "dbname")
    return f"postgresql://{who}@{port}/{told['dbname']}?{rest}"


def connect(name=None):
    """A connection of our own, outside Django's: each statement is its own transaction. Refused
    when nobody answers.
    """
    try:
        return psycopg.connect(**place(name), autocommit=True)
    except psycopg.OperationalError as error:
        raise Refused(
            _("Cơ sở dữ liệu không trả lời: %(why)s") % {"why": first_line(error)}
        ) from error


def first_line(error):
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def run_tool(program, *arguments, database):
    """Run pg_dump or pg_restore on this database; Refused with the tool's first complaint when
    it fails.
    """
    told = place(database)
    password = told.pop("password", "")
    folder = _folder_for(database)
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LD_LIBRARY_PATH": str(folder.parent / "lib")}
    if password:
        environment["PGPASSWORD"] = (
            password  # not among the arguments, which others on the machine can read
        )
    command = [str(folder / program), *map(str, arguments), "--dbname", make_conninfo(**told)]
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        preexec_fn=tied(signal.SIGKILL),
    )
    if done.returncode:
        why = _complaint(done.stderr) or _("mã kết thúc %(code)s") % {"code": done.returncode}
        raise Refused(_("%(program)s không xong: %(why)s") % {"program": program, "why": why})


def _complaint(told):
    """The first line that names an error: after it come the whole statement and its
    consequences.
    """
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    return next((line for line in lines if "error:" in line.lower()), lines[0] if lines else "")


def _folder_for(database):
    with connect(database) as connection:
        major = connection.info.server_version // 10000
    for folder in _candidates(major):
        if (folder / "pg_dump").exists() and _major_of(folder) == major:
            return folder
    raise Refused(
        _(
            "Máy chủ là PostgreSQL %(major)s nhưng không có pg_dump %(major)s ở đây: cài "
            "postgresql-client-%(major)s, hoặc đặt PG_BIN."
        )
        % {"major": major}
    )


def _candidates(major):
    if os.environ.get("PG_BIN"):
        yield Path(os.environ["PG_BIN"])
    if not settings.EMBEDDED and shutil.which("pg_dump"):
        yield Path(shutil.which("pg_dump")).resolve().parent
    yield Path(f"/usr/lib/postgresql/{major}/bin")
    try:
        yield find_binaries()
    except ClusterFailed:
        return


def _major_of(folder):
    environment = {**os.environ, "LD_LIBRARY_PATH": str(folder.parent / "lib")}
    told = subprocess.run(
        [folder / "pg_dump", "--version"], capture_output=True, text=True, env=environment
    ).stdout
    found = re.search(r"(\d+)\.?\d*\s*(\(|$)", told)
    return int(found[1]) if found else 0
