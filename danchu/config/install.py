"""Makes .venv and installs the locked packages: run by the machine's own Python, so nothing outside
its library.

python3 danchu/config/install.py run|embedded|nats|test|bench

`run` is for who brings a PostgreSQL server; `embedded` adds the one that comes with the product,
`nats` the bus for more machines than one.
"""

import sys

# ruff: noqa: UP031, UP036 - the next lines are read by whatever Python the machine has
if sys.version_info < (3, 11):
    sys.exit(
        "Cần Python 3.11 trở lên, máy này có %d.%d. (Python 3.11 or newer is needed: "
        "make PY=/path/to/python3.11)" % sys.version_info[:2]
    )

import fcntl
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
LOCKS = {
    "run": "requirements.lock",
    "embedded": "requirements-embedded.lock",
    "nats": "requirements-nats.lock",
    "test": "requirements-dev.lock",
    "bench": "requirements-bench.lock",
}
LOG = VENV / "install.log"
FREE_MIB = 700


class Stopped(Exception):
    """Something is missing; the message says what, in one line."""


def install(purpose):
    """Do nothing when the packages of this lock are there; else install them, never half noted
    as done.
    """
    stamp = VENV / f".installed-{purpose}"
    wanted = _mark(purpose)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < FREE_MIB:
        raise Stopped(
            f"Đĩa còn {free} MiB, cần {FREE_MIB} MiB. (disk nearly full: {FREE_MIB} MiB needed)"
        )
    _make_venv()
    with open(VENV / "install.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # a second `make` waits here; uv has its own .lock
        if not (stamp.exists() and stamp.read_text() == wanted):
            print("Đang cài các gói… (installing packages)", flush=True)
            _install_packages(ROOT / LOCKS[purpose])
            stamp.write_text(wanted)


def _mark(purpose):
    """What the environment depends on: the lock, the project's declaration, its place and the
    interpreter.
    """
    files = [ROOT / LOCKS[purpose], ROOT / "pyproject.toml"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return f"{digest} {VENV} {sys.version_info[:2]}\n"


def _make_venv():
    place = VENV / "place"
    if PYTHON.exists() and place.exists() and place.read_text() == str(VENV):
        return
    if not VENV.is_symlink():
        shutil.rmtree(
            VENV, ignore_errors=True
        )  # half made, or moved from elsewhere: its scripts name another place
    done = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        if "ensurepip" in done.stdout + done.stderr:
            raise Stopped(
                "Thiếu python3-venv: sudo apt-get install python3-venv. (python3-venv is missing)"
            )
        reason = ((done.stderr or done.stdout).strip().splitlines() or ["?"])[-1]
        raise Stopped(f"Không tạo được môi trường ảo .venv: {reason} (could not create .venv)")
    place.write_text(str(VENV))


def _install_packages(lock):
    """With uv, which takes seconds; with pip where uv cannot be had."""
    pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    LOG.write_text("")
    if not UV.exists():
        _ran([*pip, "--require-hashes", "-r", ROOT / "requirements-uv.lock"])
    programs = [[UV, "pip", "install", "-q"], pip] if UV.exists() else [pip]
    if not any(_ran([*program, "--require-hashes", "-r", lock]) for program in programs):
        raise Stopped(_reason())
    if not any(
        _ran([*program, "--no-deps", "--no-build-isolation", "-e", ROOT]) for program in programs
    ):
        raise Stopped(_reason())


def _ran(command):
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    with open(LOG, "a") as log:
        return not subprocess.run(
            [str(part) for part in command], stdout=log, stderr=log, env=environment
        ).returncode


def _reason():
    told = LOG.read_text(errors="replace")
    if "No space left" in told:
        return "Hết chỗ trên đĩa khi cài gói. (disk full while installing packages)"
    if "hash" in told.lower() and "mismatch" in told.lower():
        return (
            f"Một gói tải về không đúng mã băm đã khóa, không cài. Xem {LOG} (hash mismatch, "
            f"refused)"
        )
    return (
        f"Không tải được gói: hãy kiểm tra mạng. Chi tiết: {LOG} (could not download "
        f"packages: check the network)"
    )


if __name__ == "__main__":
    try:
        install(sys.argv[1])
    except Stopped as stopped:
        sys.exit(f"✗ {stopped}")
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"✗ Không ghi được vào {ROOT}: {error} (cannot write here)")
