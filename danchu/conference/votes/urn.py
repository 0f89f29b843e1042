"""The urn of a secret vote: each vote is encrypted with a key that is stored beside the database,
never in it.

While a poll is open its votes are ciphertexts of equal length, bound to poll and voter. After
closing they are decrypted together, stored as choices under codes in the order of the codes, and
the key is destroyed: what a dump, a log or a backup holds of the open poll can no longer be
decrypted. AES-256-GCM of the `cryptography` package.

A sealed vote is a seed, a nonce and the ciphertext of the choice. The voter's code is derived from
key, voter and seed: a changed vote keeps the seed of the first (batches.INSERT_VOTES), so a voter
has one code however often they change or repeat.
"""

import base64
import hmac
import os
import struct
from contextlib import suppress

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

SEED = 16
NONCE = 12
_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")


class UrnLost(Exception):
    """The key of an urn is missing or does not fit: its votes cannot be decrypted."""


def _path(uid):
    return settings.VAULT_ROOT / "urns" / f"{uid}.key"


def make_urn(uid):
    """Create a key for the poll `uid`, synced to disk before returning; no-op when there is one."""
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
    """Overwrite and remove the key; idempotent."""
    path = _path(uid)
    with suppress(FileNotFoundError):
        with open(path, "r+b") as file:
            file.write(bytes(32))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        _sync(path.parent)


def urns():
    """The uids of the polls whose keys exist, as text."""
    return sorted(path.stem for path in (settings.VAULT_ROOT / "urns").glob("*.key"))


def _sync(folder):
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Urn:
    """The key of an urn in use. It is read for one group of votes and cached nowhere: once
    destroyed on disk it is gone from processes too. UrnLost where there is none.
    """

    __slots__ = ("_uid", "_cipher", "_codes")

    def __init__(self, uid):
        try:
            secret = _path(uid).read_bytes()
            self._uid = uid
            self._cipher = AESGCM(secret)
            self._codes = hmac.digest(secret, b"danchu ballot code", "sha256")
        except (FileNotFoundError, ValueError):
            raise UrnLost(uid) from None

    def seal(self, poll, voter, choice):
        """The sealed vote, of the same length for every choice."""
        nonce = os.urandom(NONCE)
        return (
            os.urandom(SEED)
            + nonce
            + self._cipher.encrypt(
                nonce, struct.pack(">H", choice), struct.pack(">qq", poll, voter)
            )
        )

    def unseal(self, poll, voter, sealed):
        """(choice, code) of a sealed vote. UrnLost when it was changed, moved to another voter or
        sealed with another key.
        """
        sealed = bytes(sealed)
        owner = struct.pack(">qq", poll, voter)
        try:
            plaintext = self._cipher.decrypt(
                sealed[SEED : SEED + NONCE], sealed[SEED + NONCE :], owner
            )
        except (InvalidTag, ValueError):
            raise UrnLost(self._uid) from None
        mac = hmac.digest(self._codes, owner + sealed[:SEED], "sha256")[:10]
        return struct.unpack(">H", plaintext)[0], base64.b32encode(mac).translate(_LETTERS).decode()
