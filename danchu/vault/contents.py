"""Encryption of identities: a data key for each, itself encrypted for every key of the ring."""

import json
from collections.abc import Iterable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.vault.keys import decrypt_key, encrypt_key, opening_keys, sealing_keys
from danchu.vault.models import Sealed, SealedFile


def encrypt_identity(
    words: dict[str, Any], files: Iterable[tuple[str, bytes]]
) -> tuple[bytes, list[bytes], dict[str, bytes]]:
    """(content, [content of each file], {fingerprint: encrypted data key}) of a dict that JSON
    knows and of (name, bytes) pairs.
    """
    data_key = Fernet.generate_key()
    cipher = Fernet(data_key)
    content = cipher.encrypt(json.dumps(words, ensure_ascii=False).encode())
    file_contents = [
        cipher.encrypt(json.dumps(name).encode() + b"\n" + file_bytes) for name, file_bytes in files
    ]
    locks = {name: encrypt_key(data_key, key) for name, key in sealing_keys().items()}
    return content, file_contents, locks


# The name by which migration 0007 of casework imports it.
sealed = encrypt_identity


def data_key_of(identity: Sealed) -> bytes:
    """The data key of one identity, by any private key of this machine; Refused without one."""
    private_keys = opening_keys()
    for lock in identity.locks.all():
        if lock.key in private_keys:
            return decrypt_key(lock.content, private_keys[lock.key])
    raise Refused(_("Máy này không có khóa mở két. Hãy dùng khóa ký gửi: danchu vault recover."))


def decrypt_words(identity: Sealed) -> Any:
    """The dict that was sealed; Refused where the content was changed."""
    return json.loads(_decrypted(identity, identity.content))


def decrypt_file(identity: Sealed, file: SealedFile) -> tuple[str, bytes]:
    """(name, bytes) of one file; Refused where the content was changed."""
    name, _newline, file_bytes = _decrypted(identity, file.content).partition(b"\n")
    return json.loads(name), file_bytes


def _decrypted(identity: Sealed, content: bytes | memoryview) -> bytes:
    try:
        return Fernet(data_key_of(identity)).decrypt(bytes(content))
    except InvalidToken as error:
        raise Refused(_("Không mở được: dữ liệu đã bị sửa.")) from error
