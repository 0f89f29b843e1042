"""A folder with the demo and a million rows of the register beside it, for `bench/load.py`: copied
from that of the demo, and enlarged as the ground of the other measures is.
"""

import os
import shutil
import subprocess
import sys

from bench.ground import say, write

ROWS = 1_000_000


def enlarge(folder, demo):
    """Make the folder from that of the demo, whose server does not run, once."""
    if (folder / "filled").exists():
        return
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(["cp", "-a", "--reflink=auto", str(demo), str(folder)], check=True)
    (folder / "filled").unlink()
    environment = os.environ | {
        "DANCHU_VAR": str(folder),
        "DANCHU_EMBEDDED": "1",
        "DJANGO_SETTINGS_MODULE": "danchu.config.settings",
    }
    command = [sys.executable, "-m", "bench.million"]
    subprocess.run(command, env=environment, check=True)
    (folder / "filled").touch()


def main():
    """Write the rows into the embedded database of DANCHU_VAR."""
    from danchu.config.settings import embedded_cluster

    cluster = embedded_cluster()
    os.environ["DANCHU_EMBEDDED_URL"] = cluster.start()
    try:
        _write()
    finally:
        cluster.leave()


def _write():
    import django

    django.setup()
    from django.db import connection

    with connection.cursor() as cursor:
        say(f"  {ROWS:,} events …")
        cursor.execute("TRUNCATE register_eventtally")
        write(cursor, ROWS, ROWS // 20)
        cursor.execute("DROP TABLE bench_index")
        cursor.execute("ANALYZE")
    connection.close()


if __name__ == "__main__":
    main()
