"""Sealing and opening bytes: a key of its own for each identity, itself locked for every key of
the ring.
"""

import json

from cryptography.fernet import Fernet, InvalidToken
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.vault.keys import locked, opening_keys, sealing_keys, unlocked


def sealed(words, files):
    """(content, [content of each file], {fingerprint: lock}) of a dict of text and (name,
    bytes) pairs.
    """
    secret = Fernet.generate_key()
    box = Fernet(secret)
    content = box.encrypt(json.dumps(words, ensure_ascii=False).encode())
    packed = [box.encrypt(json.dumps(name).encode() + b"\n" + held) for name, held in files]
    return content, packed, {name: locked(secret, key) for name, key in sealing_keys().items()}


def secret_of(it):
    """The key of one identity, by any private key of this machine; Refused where there is none
    for it.
    """
    mine = opening_keys()
    for lock in it.locks.all():
        if lock.key in mine:
            return unlocked(lock.content, mine[lock.key])
    raise Refused(_("Máy này không có khóa mở két. Hãy dùng khóa ký gửi: danchu vault recover."))


def opened(it):
    """The words that were sealed."""
    return json.loads(_decrypted(it, it.content))


def opened_file(it, file):
    """(name, bytes) of one file."""
    name, _newline, held = _decrypted(it, file.content).partition(b"\n")
    return json.loads(name), held


def _decrypted(it, content):
    try:
        return Fernet(secret_of(it)).decrypt(bytes(content))
    except InvalidToken as error:
        raise Refused(_("Không mở được: dữ liệu đã bị sửa.")) from error
