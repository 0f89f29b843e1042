"""`danchu bundle FILE`: the program with all its packages in one tar, to be installed where there
is no network: `tar xf FILE`, then `python3 danchu/config/install.py` as everywhere.

The packages are those of the lock file, by their hashes, for the Python and the kind of machine
that makes the bundle. It is made from a clone: what git does not know stays out of it.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.config.install import LOCKS
from danchu.kernel.refusals import Refused
from danchu.kernel.version import VERSION

PARTS = ("run", "embedded", "nats")
FOLDER = f"danchu-{VERSION}"


def write_bundle(target, part, download=None):
    """Write the bundle to `target` (a path) with the packages of a part of LOCKS; the number of
    packages. Refused outside of a clone, and when a package cannot be downloaded; an earlier file
    at `target` stays then. `download(lock, folder)` fetches the packages.
    """
    target = Path(target).resolve()
    names = _tracked()
    fresh = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder:
            (download or _download)(settings.ROOT / LOCKS[part], Path(folder))
            packages = sorted(Path(folder).iterdir())
            with tarfile.open(fresh, "w") as archive:
                for name in names:
                    archive.add(settings.ROOT / name, f"{FOLDER}/{name}", filter=_of_nobody)
                for path in packages:
                    archive.add(path, f"{FOLDER}/wheels/{path.name}", filter=_of_nobody)
        fresh.replace(target)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return len(packages)


def _tracked():
    done = subprocess.run(
        ["git", "-C", str(settings.ROOT), "ls-files", "-z"], capture_output=True, text=True
    )
    names = [name for name in done.stdout.split("\0") if name]
    if done.returncode or not names:
        raise Refused(_("Gói đóng sẵn chỉ làm được từ một bản sao git của kho mã."))
    return [name for name in names if (settings.ROOT / name).is_file()]


def _download(lock, folder):
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check"),
            *("--require-hashes", "--only-binary", ":all:", "-r", str(lock), "-d", str(folder)),
        ],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["?"]
        raise Refused(_("Không tải được gói: %(why)s") % {"why": lines[-1]})


def _of_nobody(member):
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member
