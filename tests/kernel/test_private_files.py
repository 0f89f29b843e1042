"""Files of keys are whole or not there."""

import errno
import io
import os
import threading

import pytest

from danchu.config import environment
from danchu.kernel.private_files import create_private_file
from danchu.people import factor_key
from danchu.vault import keys, signatures
from danchu.vault.urn import Urn, make_urn


def write_a_part(handle, content):
    """As a disk does that becomes full on the way."""
    if write_a_part.rest:
        write_a_part.rest -= 1
        return REAL_WRITE(handle, content[:5])
    raise full()


def full(*_given):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


REAL_WRITE = os.write
FAILURES = {"write": write_a_part, "fsync": full, "link": full}


def make_secret_key(folder, monkeypatch):
    monkeypatch.delenv("DANCHU_SECRET_KEY", raising=False)
    monkeypatch.setattr(environment, "VAR", folder)
    return lambda: len(environment.secret_key()) > 40


@pytest.mark.case("SE-M2")
@pytest.mark.parametrize("failing", FAILURES)
@pytest.mark.parametrize("what", ["urn", "signature", "factor", "secret key", "plain", "a file"])
def test_a_full_disk_leaves_no_part_of_a_key(tmp_path, settings, monkeypatch, what, failing):
    settings.VAULT_ROOT = tmp_path
    make = {
        "urn": lambda: make_urn("u"),
        "signature": signatures.public_key,
        "factor": lambda: factor_key.encrypt("x"),
        "secret key": make_secret_key(tmp_path, monkeypatch),
        "plain": lambda: create_private_file(tmp_path / "a" / "k", "a long text"),
        "a file": lambda: create_private_file(tmp_path / "a" / "k", io.BytesIO(b"x" * 3_000_000)),
    }[what]
    write_a_part.rest = 1
    with monkeypatch.context() as patch:
        patch.setattr(os, failing, FAILURES[failing])
        with pytest.raises(OSError, match="No space"):
            make()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    make()
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1
    if what == "urn":
        with Urn("u") as urn:
            assert urn.unseal(1, 2, urn.seal(1, 2, 1))[0] == 1
    if what == "secret key":
        assert make()


@pytest.mark.case("SE-M2")
def test_a_part_of_a_key_of_an_urn_is_replaced_and_a_key_is_not(tmp_path, settings):
    settings.VAULT_ROOT = tmp_path
    path = tmp_path / "urns" / "u.key"
    path.parent.mkdir()
    path.write_bytes(b"")
    make_urn("u")
    key = path.read_bytes()
    make_urn("u")
    assert len(key) == 32 and path.read_bytes() == key


@pytest.mark.case("SE-M2")
def test_a_key_of_the_ring_is_replaced_whole(tmp_path, settings, monkeypatch):
    settings.VAULT_ROOT = tmp_path
    name = keys.add_key()
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    secret = (tmp_path / f"{name}.private").read_text()
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            keys.import_key(secret)
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize("number", [errno.EPERM, errno.ENOTSUP])
def test_where_a_file_has_one_name_only_it_is_written_once_too(tmp_path, monkeypatch, number):
    """As on a memory stick."""

    def no_link(*_given):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", no_link)
    path = tmp_path / "k"
    assert create_private_file(path, "one") is True
    assert create_private_file(path, "two") is False
    assert path.read_text() == "one" and list(tmp_path.iterdir()) == [path]


def test_of_many_that_make_a_file_at_once_the_first_stays(tmp_path):
    path = tmp_path / "k"
    makers = [
        threading.Thread(target=create_private_file, args=(path, f"{number}" * 1000))
        for number in range(8)
    ]
    for maker in makers:
        maker.start()
    for maker in makers:
        maker.join()
    content = path.read_text()
    assert len(content) == 1000 and len(set(content)) == 1
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]
