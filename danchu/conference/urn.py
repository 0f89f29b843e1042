"""The urn of a secret vote: each vote is sealed under a key that lies beside the database, never in it.

While a poll is open its votes are ciphertexts of one length, bound to poll and voter. When it is closed they are opened together,
kept as choices under codes in the order of the codes, and the key is destroyed: what a dump, a log or a backup holds of the open
poll can then be read by nobody. AES-256-GCM of the `cryptography` package.
"""

import base64
import os
import struct
from contextlib import suppress
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE, CODE = 12, 16
_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")


class UrnLost(Exception):
    """The key of an urn is not where it was made: its votes can be opened by nobody."""


def new_code():
    """80 random bits as 16 letters that none reads for another."""
    return base64.b32encode(os.urandom(10)).translate(_LETTERS).decode()


def _path(uid):
    return settings.VAULT_ROOT / "urns" / f"{uid}.key"


def make_urn(uid):
    """A key for the poll `uid`, on disk before this returns; nothing when there is one."""
    path = _path(uid)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(AESGCM.generate_key(256))
            file.flush()
            os.fsync(file.fileno())
        _sync(path.parent)


def destroy_urn(uid):
    """Overwrite and remove the key; safe to call twice."""
    path = _path(uid)
    with suppress(FileNotFoundError):
        with open(path, "r+b") as file:
            file.write(bytes(32))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(path.parent)
    _cipher.cache_clear()


def urns():
    """The uids of the polls whose keys exist."""
    return sorted(path.stem for path in (settings.VAULT_ROOT / "urns").glob("*.key"))


def _sync(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@lru_cache(maxsize=64)
def _cipher(uid):
    try:
        return AESGCM(_path(uid).read_bytes())
    except FileNotFoundError:
        raise UrnLost(uid) from None


def seal(uid, poll, voter, choice, code):
    """The sealed vote, the same length whatever was chosen. UrnLost without a key."""
    nonce = os.urandom(NONCE)
    return nonce + _cipher(str(uid)).encrypt(nonce, struct.pack(">H", choice) + code.encode(), struct.pack(">qq", poll, voter))


def unseal(uid, poll, voter, sealed):
    """(choice, code) of a sealed vote. UrnLost without the key, or when it was changed or moved to another voter."""
    sealed = bytes(sealed)
    try:
        plain = _cipher(str(uid)).decrypt(sealed[:NONCE], sealed[NONCE:], struct.pack(">qq", poll, voter))
    except InvalidTag:
        raise UrnLost(uid) from None
    return struct.unpack(">H", plain[:2])[0], plain[2:].decode()
