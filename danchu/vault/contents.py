"""Encryption of identities: a data key for each, itself encrypted for every key of the ring.

The encrypted data key (a lock) is bound to its identity: HPKE's `info` holds the pseudonym and the
unit at which the identity was sealed, so that content and lock copied under another pseudonym do
not open. Version 2 of a lock: the byte 2, the number of that unit in 8 bytes, the ciphertext.
Version 1, the bare ciphertext, is opened only until the upgrade has bound it.
"""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.vault.keys import decrypt_key, encrypt_key, opening_keys, sealing_keys
from danchu.vault.models import Sealed, SealedFile
from danchu.vault.proof import may_be_unbound

VERSION = b"\x02"
UNIT_BYTES = 8
# Of version 1: an X25519 key, a Fernet key of 44 bytes, and the tag of AES-GCM.
LENGTH_OF_BARE = 32 + 44 + 16


class DataKey(NamedTuple):
    """The data key of an identity, and the id of the unit to which its locks are bound."""

    key: bytes
    unit: int


def encrypt_identity(
    words: dict[str, Any], files: Iterable[tuple[str, bytes]], pseudonym: str, unit: int
) -> tuple[bytes, list[bytes], dict[str, bytes]]:
    """(content, [content of each file], {fingerprint: lock}) of a dict that JSON knows and of
    (name, bytes) pairs, bound to the pseudonym and the id of the unit.
    """
    data_key, content, file_contents = _encrypt(words, files)
    locks = {
        name: lock_content(DataKey(data_key, unit), public, pseudonym)
        for name, public in sealing_keys().items()
    }
    return content, file_contents, locks


def sealed(
    words: dict[str, Any], files: Iterable[tuple[str, bytes]]
) -> tuple[bytes, list[bytes], dict[str, bytes]]:
    """As `encrypt_identity`, unbound, for migration 0007 of casework; the upgrade binds it."""
    data_key, content, file_contents = _encrypt(words, files)
    locks = {name: encrypt_key(data_key, public) for name, public in sealing_keys().items()}
    return content, file_contents, locks


def lock_content(data_key: DataKey, public: X25519PublicKey, pseudonym: str) -> bytes:
    """The lock of an identity for the holder of one private key."""
    head = VERSION + data_key.unit.to_bytes(UNIT_BYTES, "big")
    return head + encrypt_key(data_key.key, public, _binding(pseudonym, data_key.unit))


def is_bound(content: bytes | memoryview) -> bool:
    """Whether a lock is of version 2."""
    return len(content) > LENGTH_OF_BARE and bytes(content[:1]) == VERSION


def data_key_of(identity: Sealed) -> DataKey:
    """The data key of one identity, by any private key of this machine; Refused without one, and
    where the lock is of another identity.
    """
    private_keys = opening_keys()
    for lock in identity.locks.all():
        if lock.key in private_keys:
            return _open_lock(identity, bytes(lock.content), private_keys[lock.key])
    raise Refused(_("Máy này không có khóa mở két. Hãy dùng khóa ký gửi: danchu vault recover."))


def decrypt_words(identity: Sealed) -> Any:
    """The dict that was sealed; Refused where the content was changed."""
    return json.loads(_decrypt(identity, identity.content))


def decrypt_file(identity: Sealed, file: SealedFile) -> tuple[str, bytes]:
    """(name, bytes) of one file; Refused where the content was changed."""
    name, _newline, file_bytes = _decrypt(identity, file.content).partition(b"\n")
    return json.loads(name), file_bytes


def _encrypt(
    words: dict[str, Any], files: Iterable[tuple[str, bytes]]
) -> tuple[bytes, bytes, list[bytes]]:
    """(data key, content, [content of each file])."""
    data_key = Fernet.generate_key()
    cipher = Fernet(data_key)
    content = cipher.encrypt(json.dumps(words, ensure_ascii=False).encode())
    file_contents = [
        cipher.encrypt(json.dumps(name).encode() + b"\n" + file_bytes) for name, file_bytes in files
    ]
    return data_key, content, file_contents


def _open_lock(identity: Sealed, content: bytes, private_key: X25519PrivateKey) -> DataKey:
    if is_bound(content):
        unit = int.from_bytes(content[1 : 1 + UNIT_BYTES], "big")
        binding = _binding(identity.pseudonym, unit)
        return DataKey(decrypt_key(content[1 + UNIT_BYTES :], private_key, binding), unit)
    if not may_be_unbound(identity):
        raise Refused(_("Không mở được: dữ liệu đã bị sửa."))
    return DataKey(decrypt_key(content, private_key), identity.unit_id)


def _binding(pseudonym: str, unit: int) -> bytes:
    return f"danchu vault 2|{pseudonym}|{unit}".encode()


def _decrypt(identity: Sealed, content: bytes | memoryview) -> bytes:
    try:
        return Fernet(data_key_of(identity).key).decrypt(bytes(content))
    except InvalidToken as error:
        raise Refused(_("Không mở được: dữ liệu đã bị sửa.")) from error
