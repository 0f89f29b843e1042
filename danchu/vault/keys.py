"""The ring of keys: files beside the database, read by the owner alone.

`<fingerprint>.public` of every key that seals; `<fingerprint>.private` of those this machine can
open with. An escrow key has only its public half here: its private half lies with the overseer, on
paper or on a stick, and opens everything should the machine's own be lost. Encryption is that of
the `cryptography` library: HPKE (RFC 9180) for keys, Fernet for contents.
"""

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.conf import settings
from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
PURPOSE = b"danchu vault 1"


def fingerprint(public):
    """The name of a key: the first 16 hex digits of the SHA-256 of its public half."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


def sealing_keys():
    """{fingerprint: public key} of every key on the ring; the machine's own key is made when
    there is none at all.
    """
    found = {
        name: X25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
        for name, text in _halves("public")
    }
    if found:
        return found
    add_key()
    return sealing_keys()


def opening_keys():
    """{fingerprint: private key} of those this machine can open with."""
    return {name: _private(text) for name, text in _halves("private")}


def _halves(ending):
    """(fingerprint, text) of every file of the ring of this ending; one that a rotation takes
    away meanwhile is not there.
    """
    for path in sorted(_root().glob(f"*.{ending}")):
        with suppress(FileNotFoundError):
            yield path.stem, path.read_text()


def fresh_key():
    """The private half of a key that is on no ring yet, as text."""
    return X25519PrivateKey.generate().private_bytes_raw().hex()


def add_key():
    """A new key of this machine on the ring, both halves: its fingerprint."""
    return take_key(fresh_key())


def take_key(text):
    """Put both halves of a private key on the ring; its fingerprint. The half that opens comes
    first: what is sealed can be opened.
    """
    _write(_root() / f"{fingerprint(_private(text).public_key())}.private", text.strip())
    return seal_for(text)


def seal_for(text):
    """Put only the public half of a private key on the ring: from now on everything is sealed
    for its holder too.
    """
    public = _private(text).public_key()
    _write(_root() / f"{fingerprint(public)}.public", public.public_bytes_raw().hex())
    return fingerprint(public)


def drop_key(name):
    """Take a key off the ring, both halves."""
    for ending in ("public", "private"):
        (_root() / f"{name}.{ending}").unlink(missing_ok=True)


def return_key(name):
    """Take the private half off the ring: the key only seals here from now on."""
    (_root() / f"{name}.private").unlink(missing_ok=True)


def escrowed():
    """The fingerprints of keys that seal but cannot open here."""
    return sorted(sealing_keys().keys() - opening_keys().keys())


def locked(secret, public):
    """A secret for the holder of one key."""
    return SUITE.encrypt(secret, public, PURPOSE)


def unlocked(content, private):
    """The secret again; Refused where the content was changed or the key is another."""
    try:
        return SUITE.decrypt(bytes(content), private, PURPOSE)
    except (InvalidTag, ValueError) as error:
        raise Refused(_("Không mở được: khóa không đúng hoặc dữ liệu đã bị sửa.")) from error


def _private(text):
    text = text.strip()
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise Refused(_("Đây không phải là khóa của két danh tính."), "key")
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(text))


def _root():
    root = Path(settings.VAULT_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o700)
    return root


def _write(path, text):
    """Whole or not at all, on disk before it is relied on, for the owner alone."""
    fresh = path.with_suffix(f".{os.getpid()}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
