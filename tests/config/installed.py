"""A PostgreSQL of its own with an installed database in it, for tests that kill servers.

Its data folder is a copy of one that is prepared once: migrating and loading the country again for
each file would take half a minute.
"""

import fcntl
import shutil
import subprocess

from danchu.config.cluster import Cluster
from danchu.config.cluster_place import make_private


def installed_cluster(var, blocker):
    """A cluster under `var`, not started, its database installed unless the suite runs on a foreign
    server.
    """
    from django.conf import settings  # settings must be ready first

    cluster = Cluster(var)
    if settings.EMBEDDED:
        with blocker.unblock():
            prepared = _prepared(settings.VAR)
        cluster.home.mkdir(parents=True, exist_ok=True)
        make_private(cluster.home, cluster.account)
        subprocess.run(["cp", "-a", str(prepared.data), str(cluster.data)], check=True)
    return cluster


def _prepared(var):
    """A stopped cluster with a copy of the installed template, prepared when it is missing."""
    from danchu.config.pg_tools import run_tool  # settings must be ready first
    from tests.migrated import installed_template

    name = installed_template()
    folder = var / "installed"
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    with open(folder / "lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # released with the file
        prepared = Cluster(folder / name, durable=False)
        if (prepared.home / "ready").exists():
            return prepared
        for leftover in [path for path in folder.iterdir() if path.is_dir()]:
            Cluster(leftover, durable=False).stop()
            shutil.rmtree(leftover)
        (folder / name).mkdir(mode=0o755)
        dump = folder / "dump"
        run_tool("pg_dump", "--format=custom", "--compress=0", f"--file={dump}", database=name)
        prepared.start()
        tool = prepared.installed_binaries / "pg_restore"
        subprocess.run(
            [tool, "--no-owner", "--exit-on-error", "--dbname", prepared.url, dump], check=True
        )
        prepared.leave()
        dump.unlink()
        (prepared.home / "ready").touch()
    return prepared
