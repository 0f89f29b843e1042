"""Runs pg_dump and pg_restore of the server's own major version on a database of the product."""

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

from danchu.config.children import end_with_parent
from danchu.config.cluster_place import ClusterFailed, find_binaries
from danchu.kernel.refusals import Refused

MAINTENANCE = "postgres"


def connection_parameters(name=None):
    """{parameter: value} of libpq for a database on the product's server; its own database by
    default. Empty ones are left out.
    """
    settings_of_database = settings.DATABASES["default"]
    parameters = {
        "dbname": name or settings_of_database["NAME"],
        "user": settings_of_database["USER"],
        "password": settings_of_database["PASSWORD"],
        "host": settings_of_database["HOST"],
        "port": settings_of_database["PORT"],
    }
    return {
        key: value
        for key, value in {**parameters, **settings_of_database["OPTIONS"]}.items()
        if value and isinstance(value, str)
    }


def url_of(name):
    """DATABASE_URL of another database on the product's server."""
    parameters = {key: quote(value, safe="") for key, value in connection_parameters(name).items()}
    credentials = f"{parameters.pop('user', '')}:{parameters.pop('password', '')}".rstrip(":")
    port = f":{parameters.pop('port')}" if "port" in parameters else ""
    rest = "&".join(f"{key}={value}" for key, value in parameters.items() if key != "dbname")
    return f"postgresql://{credentials}@{port}/{parameters['dbname']}?{rest}"


def connect(name=None):
    """A psycopg connection apart from Django's, in autocommit; Refused when the server does not
    answer.
    """
    try:
        return psycopg.connect(**connection_parameters(name), autocommit=True)
    except psycopg.OperationalError as error:
        raise Refused(
            _("Cơ sở dữ liệu không trả lời: %(why)s") % {"why": first_line(error)}
        ) from error


def first_line(error):
    """The first line of an error's message; the name of its class when it has none."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]


def run_tool(program, *arguments, database):
    """Run pg_dump or pg_restore on this database (None: the product's own); Refused with the
    tool's first error when it fails.
    """
    parameters = connection_parameters(database)
    password = parameters.pop("password", "")
    folder = _folder_for(database)
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LD_LIBRARY_PATH": str(folder.parent / "lib")}
    if password:
        # Not an argument: other users of the machine can read those.
        environment["PGPASSWORD"] = password
    command = [str(folder / program), *map(str, arguments), "--dbname", make_conninfo(**parameters)]
    done = subprocess.run(
        command,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        preexec_fn=end_with_parent(signal.SIGKILL),
    )
    if done.returncode:
        reason = _first_error(done.stderr) or _("mã kết thúc %(code)s") % {"code": done.returncode}
        raise Refused(_("%(program)s không xong: %(why)s") % {"program": program, "why": reason})


def _first_error(errors):
    """The first line that names an error; the failed statement and later errors follow it."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
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
    version_output = subprocess.run(
        [folder / "pg_dump", "--version"], capture_output=True, text=True, env=environment
    ).stdout
    match = re.search(r"(\d+)\.?\d*\s*(\(|$)", version_output)
    return int(match[1]) if match else 0
