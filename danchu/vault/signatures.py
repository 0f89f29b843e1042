"""The installation's signature (Ed25519) under receipts and results: anyone can verify it with the
public key.

The private key is a file beside those of the vault, made at first use; it is in no backup of the
database. An installation that loses it makes a new one: earlier signatures stay verifiable, for
every result carries the public key it was signed with.
"""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from danchu.kernel.private_files import create_private_file


def _path():
    # Text: each receipt asks for it, and a Path takes longer than the rest of the question.
    return f"{settings.VAULT_ROOT}/signing/ed25519.private"


@lru_cache(maxsize=4)
def _read(path):
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(Path(path).read_text().strip()))


def _key():
    path = _path()
    if not os.path.exists(path):
        _read.cache_clear()
        create_private_file(Path(path), Ed25519PrivateKey.generate().private_bytes_raw().hex())
    return _read(path)


def public_key():
    """The public key in hex, as published."""
    return _key().public_key().public_bytes_raw().hex()


def existing_public_key():
    """The public key in hex; "" where none was made yet."""
    return public_key() if os.path.exists(_path()) else ""


def fingerprint(public):
    """A short form of a public key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(bytes.fromhex(public)).hexdigest()[:16]


def receipt_text(uid, code):
    """The signed text of a receipt: that a ballot with this code lies in the urn of the poll."""
    return f"danchu receipt 1\n{uid}\n{code}\n"


def result_text(uid, size, root):
    """The signed text of a published file: the poll, the number of its lines and the root over
    them.
    """
    return f"danchu result 1\n{uid}\n{size}\n{root}\n"


def sign_receipt(uid, code):
    """The signature under a receipt, in hex."""
    return _key().sign(receipt_text(uid, code).encode()).hex()


def sign_result(uid, size, root):
    """The signature under a published file, in hex."""
    return _key().sign(result_text(uid, size, root).encode()).hex()


def is_signed(text, signature, public):
    """Whether this is the signature of that key under the text; all in hex as published."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(
            bytes.fromhex(signature), text.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True
