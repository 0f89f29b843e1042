"""The key ring: files beside the database, readable by their owner only.

`<fingerprint>.public` is there for every key that identities are sealed for,
`<fingerprint>.private` for those that this machine can open them with. An escrow key has only its
public half here: the overseer has the private half offline, to recover all identities when the keys
of the machine are lost. Encryption is that of the `cryptography` library: HPKE (RFC 9180) for keys,
Fernet for contents.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from django.conf import settings
from django.utils.translation import gettext as _

from danchu.kernel.private_files import create_private_file
from danchu.kernel.refusals import Refused

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
PURPOSE = b"danchu vault 1"


def fingerprint(public: X25519PublicKey) -> str:
    """The first 16 hex digits of the SHA-256 of a public key."""
    return hashlib.sha256(public.public_bytes_raw()).hexdigest()[:16]


def sealing_keys() -> dict[str, X25519PublicKey]:
    """{fingerprint: public key} of every key on the ring; the first key is generated when there is
    none.
    """
    keys = {
        name: X25519PublicKey.from_public_bytes(bytes.fromhex(text.strip()))
        for name, text in _halves("public")
    }
    if keys:
        return keys
    add_key()
    return sealing_keys()


def opening_keys() -> dict[str, X25519PrivateKey]:
    """{fingerprint: private key} of those with a private half on this machine."""
    return {name: _private(text) for name, text in _halves("private")}


def _halves(ending: str) -> Iterator[tuple[str, str]]:
    """(fingerprint, text) of every file of the ring with this ending, without those that a rotation
    deletes meanwhile.
    """
    for path in sorted(_root().glob(f"*.{ending}")):
        with suppress(FileNotFoundError):
            yield path.stem, path.read_text()


def new_private_key() -> str:
    """A new private key as text; it is not on the ring."""
    return X25519PrivateKey.generate().private_bytes_raw().hex()


def add_key() -> str:
    """Generate a key and put both halves on the ring. Returns its fingerprint."""
    return import_key(new_private_key())


def import_key(text: str) -> str:
    """Put both halves of a private key on the ring. Returns its fingerprint. The private half is
    written first: what is sealed can be opened. Refused on "key" when the text is no key.
    """
    path = _root() / f"{fingerprint(_private(text).public_key())}.private"
    create_private_file(path, text.strip(), replace=True)
    return import_public_half(text)


def import_public_half(text: str) -> str:
    """Put only the public half of a private key on the ring. Returns its fingerprint. Identities
    are also sealed for its holder from now on. Refused as `import_key`.
    """
    public = _private(text).public_key()
    path = _root() / f"{fingerprint(public)}.public"
    create_private_file(path, public.public_bytes_raw().hex(), replace=True)
    return fingerprint(public)


def drop_key(name: str) -> None:
    """Delete both halves of a key from the ring."""
    for ending in ("public", "private"):
        (_root() / f"{name}.{ending}").unlink(missing_ok=True)


def drop_private_half(name: str) -> None:
    """Delete the private half of a key: identities are still sealed for it."""
    (_root() / f"{name}.private").unlink(missing_ok=True)


def escrow_keys() -> list[str]:
    """The fingerprints of the keys without a private half on this machine."""
    return sorted(sealing_keys().keys() - opening_keys().keys())


def encrypt_key(data_key: bytes, public: X25519PublicKey, info: bytes = PURPOSE) -> bytes:
    """A data key, encrypted for the holder of one private key, bound to `info` (RFC 9180, 5.1)."""
    return SUITE.encrypt(data_key, public, info)


def decrypt_key(
    content: bytes | memoryview, private: X25519PrivateKey, info: bytes = PURPOSE
) -> bytes:
    """The data key again; Refused where the content was changed, or the key or `info` is another
    one.
    """
    try:
        return SUITE.decrypt(bytes(content), private, info)
    except (InvalidTag, ValueError) as error:
        raise Refused(_("Không mở được: khóa không đúng hoặc dữ liệu đã bị sửa.")) from error


def _private(text: str) -> X25519PrivateKey:
    """The private key of its 64 hex digits; Refused on "key" when the text is something else."""
    text = text.strip()
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise Refused(_("Đây không phải là khóa của két danh tính."), "key")
    return X25519PrivateKey.from_private_bytes(bytes.fromhex(text))


def _root() -> Path:
    """The folder of the ring, created when missing."""
    root = Path(settings.VAULT_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    root.chmod(0o700)
    return root
