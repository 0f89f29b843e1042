"""The locked packages, and what the installer says when something is missing."""

import re
import subprocess
import sys

import pytest

from danchu.config import install
from tests.config.conftest import ROOT

LOCKS = sorted(ROOT.glob("requirements*.lock"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_versions_and_hashes_and_no_place_they_come_from(lock):
    text = lock.read_text()
    packages = re.findall(r"^([a-z0-9][^\s;]*)==\S+", text, re.M)
    assert packages and all(
        "--hash=sha256:" in block for block in re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    )
    assert not re.search(r"://|--index|--find-links|file:|@ |/(tmp|home|root|opt|work)\b", text)


def test_the_locks_agree_with_one_another():
    """A package may have a version of its own for older Pythons; it is the same in each lock."""
    versions = {}
    pinned = re.compile(r"^([a-z0-9][^\s;=]*)==([^\s;]+)( ; [^\\\n]+)?", re.M)
    for lock in LOCKS:
        for name, version, marker in pinned.findall(lock.read_text()):
            versions.setdefault(f"{name}{marker}".strip(), set()).add(version)
    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_every_declared_package_is_locked():
    import tomllib

    told = tomllib.loads((ROOT / "pyproject.toml").read_text())
    locked = {
        name: set(re.findall(r"^([a-z0-9][^\s;=]*)==", (ROOT / name).read_text(), re.M))
        for name in install.LOCKS.values()
    }
    for wanted, lock in (
        (told["project"]["dependencies"], "run"),
        (told["dependency-groups"]["dev"], "test"),
        (told["dependency-groups"]["bench"], "bench"),
    ):
        names = {re.match(r"[A-Za-z0-9_.-]+", one)[0].lower().replace("_", "-") for one in wanted}
        assert names <= locked[install.LOCKS[lock]]


def test_an_old_python_is_told_in_one_line():
    program = (
        "import sys; sys.version_info = (3, 9, 2); sys.argv = ['install.py', 'run'];"
        f"exec(compile(open({str(ROOT / 'danchu/config/install.py')!r}).read(), "
        f"'install.py', 'exec'))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (
        done.returncode == 1
        and "3.11" in done.stderr
        and len(done.stderr.strip().splitlines()) == 1
    )


@pytest.mark.parametrize(
    ("log", "word"),
    [
        ("error: No space left on device", "đĩa"),
        ("Hash mismatch for django", "mã băm"),
        ("Connection refused", "mạng"),
    ],
)
def test_why_the_packages_did_not_come_is_told(monkeypatch, tmp_path, log, word):
    monkeypatch.setattr(install, "LOG", tmp_path / "log")
    (tmp_path / "log").write_text(log)
    assert word in install._failure_reason()


def test_a_nearly_full_disk_is_told_before_anything_is_written(monkeypatch, tmp_path):
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "FREE_MIB", 10**12)
    with pytest.raises(install.Stopped, match="MiB"):
        install.install("run")
    assert not (tmp_path / ".venv").exists()


def test_a_missing_venv_is_told_and_leaves_nothing_half_made(monkeypatch, tmp_path):
    def fails(command, **_options):
        (tmp_path / ".venv" / "bin").mkdir(parents=True)
        return subprocess.CompletedProcess(
            command, 1, "The virtual environment was not created: ensurepip is not available", ""
        )

    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(install.subprocess, "run", fails)
    with pytest.raises(install.Stopped, match="python3-venv"):
        install._make_venv()
    assert not (tmp_path / ".venv").exists()


def test_packages_of_another_clone_are_not_built_over(monkeypatch, tmp_path):
    owner = tmp_path / "owner"
    owner.mkdir()
    (owner / "place").write_text("/elsewhere/.venv")
    link = tmp_path / ".venv"
    link.symlink_to(owner)
    monkeypatch.setattr(install, "VENV", link)
    monkeypatch.setattr(install, "PYTHON", link / "bin" / "python")
    with pytest.raises(install.Stopped, match="manage.py"):
        install.install("test")
    assert (owner / "place").read_text() == "/elsewhere/.venv"
