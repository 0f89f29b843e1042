"""A bundle holds the program and its packages, and is installed without asking the network."""

import tarfile

import pytest

from danchu.config import bundle, install
from danchu.kernel.refusals import Refused
from danchu.kernel.version import VERSION


def with_one_package(lock, folder):
    assert lock.name == "requirements.lock"
    (folder / "django-5.2-py3-none-any.whl").write_bytes(b"wheel")


def test_it_holds_what_git_knows_and_the_packages(tmp_path):
    target = tmp_path / "danchu.tar"
    assert bundle.write_bundle(target, "run", with_one_package) == 1
    with tarfile.open(target) as archive:
        names = archive.getnames()
        assert {member.uname for member in archive} == {""}
    top = f"danchu-{VERSION}/"
    assert all(name.startswith(top) for name in names)
    assert {"danchu/config/install.py", "requirements.lock", "pyproject.toml"} <= {
        name.removeprefix(top) for name in names
    }
    assert f"{top}wheels/django-5.2-py3-none-any.whl" in names
    assert not [name for name in names if "/var/" in name or ".venv" in name or ".git/" in name]
    assert [path.name for path in tmp_path.iterdir()] == ["danchu.tar"]


def test_without_its_packages_there_is_no_bundle_and_the_earlier_one_stays(tmp_path):
    target = tmp_path / "danchu.tar"
    target.write_bytes(b"earlier")

    def fails(lock, folder):
        raise Refused("Không tải được gói")

    with pytest.raises(Refused, match="Không tải được"):
        bundle.write_bundle(target, "run", fails)
    assert target.read_bytes() == b"earlier" and len(list(tmp_path.iterdir())) == 1


def test_outside_of_a_clone_none_can_be_put_together(tmp_path, settings):
    settings.ROOT = tmp_path
    with pytest.raises(Refused, match="git"):
        bundle.write_bundle(tmp_path / "x.tar", "run", with_one_package)


@pytest.mark.parametrize("is_bundle", [True, False])
def test_a_bundle_is_installed_from_its_own_folder_alone(tmp_path, monkeypatch, is_bundle):
    commands = []
    monkeypatch.setattr(install, "WHEELS", tmp_path / "wheels")
    monkeypatch.setattr(install, "LOG", tmp_path / "log")
    monkeypatch.setattr(install, "UV", tmp_path / "uv")
    (tmp_path / "uv").touch()
    monkeypatch.setattr(
        install, "_succeeds", lambda command: commands.append([str(part) for part in command]) or 1
    )
    if is_bundle:
        (tmp_path / "wheels").mkdir()
    install._install_packages(tmp_path / "requirements.lock")
    assert len(commands) == 2 and "--require-hashes" in commands[0]
    for command in commands:
        assert ("--no-index" in command) == is_bundle
        assert (command[0] == str(tmp_path / "uv")) == (not is_bundle)
    assert (str(tmp_path / "wheels") in commands[0]) == is_bundle


def test_a_bundle_that_lacks_a_package_says_so_and_not_to_look_at_the_network(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(install, "LOG", tmp_path / "log")
    (tmp_path / "log").write_text("ERROR: No matching distribution found for django")
    monkeypatch.setattr(install, "WHEELS", tmp_path)
    assert "thiếu gói" in install._failure_reason()
    monkeypatch.setattr(install, "WHEELS", tmp_path / "none")
    assert "kiểm tra mạng" in install._failure_reason()
