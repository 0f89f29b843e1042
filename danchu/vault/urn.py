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
import ctypes
import hmac
import os
import struct
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from danchu.kernel.private_files import create_private_file

KEY_BYTES = 32
SEED = 16
NONCE = 12
_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")


class UrnLost(Exception):
    """The key of an urn is missing or does not fit: its votes cannot be decrypted."""


def _path(uid):
    return Path(settings.VAULT_ROOT) / "urns" / f"{uid}.key"


def make_urn(uid):
    """Create a key for the poll `uid`, synced to disk before returning; no-op when there is one. A
    part of a key, which an earlier version left on a full disk, is replaced: it has sealed nothing.
    """
    path = _path(uid)
    is_part = path.exists() and path.stat().st_size != KEY_BYTES
    create_private_file(path, AESGCM.generate_key(256), replace=is_part)


def destroy_urn(uid):
    """Overwrite and remove the key; idempotent."""
    path = _path(uid)
    with suppress(FileNotFoundError):
        with open(path, "r+b") as file:
            file.write(bytes(KEY_BYTES))
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
    """The key of an urn in use, as a context manager: it is read for one group of votes and
    overwritten behind it, so that once destroyed on disk it is gone from processes too. UrnLost
    where there is none.
    """

    __slots__ = ("_uid", "_secret", "_cipher", "_codes")

    def __init__(self, uid):
        self._uid = uid
        self._secret = bytearray(KEY_BYTES)
        self._codes = b""
        try:
            with open(f"{settings.VAULT_ROOT}/urns/{uid}.key", "rb", buffering=0) as file:
                if file.readinto(self._secret) != KEY_BYTES:
                    raise UrnLost(uid)
        except FileNotFoundError:
            raise UrnLost(uid) from None
        self._cipher = AESGCM(self._secret)
        self._codes = hmac.digest(self._secret, b"danchu ballot code", "sha256")

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        """Overwrite the key; the urn is of no use afterwards. Idempotent."""
        self._cipher = None  # OpenSSL clears its own copy when it frees it
        self._secret[:] = bytes(len(self._secret))
        if self._codes:
            # Python never overwrites bytes: this is their place in CPython.
            ctypes.memset(id(self._codes) + bytes.__basicsize__ - 1, 0, len(self._codes))
            self._codes = b""

    def seal(self, poll, voter, choice, text=b""):
        """The sealed vote, of the same length for every choice; `text` is one of a fixed length."""
        nonce = os.urandom(NONCE)
        return (
            os.urandom(SEED)
            + nonce
            + self._cipher.encrypt(
                nonce, struct.pack(">H", choice) + text, struct.pack(">qq", poll, voter)
            )
        )

    def unseal(self, poll, voter, sealed):
        """(choice, code) of a sealed vote. UrnLost when it was changed, moved to another voter or
        sealed with another key.
        """
        return self.unseal_text(poll, voter, sealed)[:2]

    def unseal_text(self, poll, voter, sealed):
        """(choice, code, text) of a sealed vote. UrnLost as `unseal`."""
        sealed = bytes(sealed)
        owner = struct.pack(">qq", poll, voter)
        try:
            plaintext = self._cipher.decrypt(
                sealed[SEED : SEED + NONCE], sealed[SEED + NONCE :], owner
            )
        except (InvalidTag, ValueError):
            raise UrnLost(self._uid) from None
        mac = hmac.digest(self._codes, owner + sealed[:SEED], "sha256")[:10]
        code = base64.b32encode(mac).translate(_LETTERS).decode()
        return struct.unpack(">H", plaintext[:2])[0], code, plaintext[2:]
