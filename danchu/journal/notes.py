"""Signed notes, checkpoints and cosignatures in the forms of C2SP: c2sp.org/signed-note,
c2sp.org/tlog-checkpoint and c2sp.org/tlog-cosignature.
"""

import base64
import binascii
import hashlib
import re
import struct
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

mldsa: Any = None
with suppress(ImportError):  # since version 48 of cryptography
    from cryptography.hazmat.primitives.asymmetric import mldsa

# Types of signatures (signed-note).
ED25519 = 0x01
COSIGNATURE_ED25519 = 0x04
COSIGNATURE_ML_DSA_44 = 0x06
_SIZES = {ED25519: 32, COSIGNATURE_ED25519: 32, COSIGNATURE_ML_DSA_44: 1312}
_NAME = re.compile(r"[^\s+]+")
# Bytes of a note and number of its signatures that are read.
MOST_BYTES = 128 * 1024
MOST_SIGNATURES = 64


@dataclass(frozen=True)
class Head:
    """A Merkle tree head: the name of the log, the number of its leaves, the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text of its checkpoint, without signatures."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class NoteKey:
    """A public key that signs notes: its name, the type of its signatures, its bytes."""

    name: str
    kind: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """Four bytes that name the key in a signature line."""
        encoded = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(encoded).digest()[:4]

    @property
    def vkey(self) -> str:
        """The verifier key as text, as witnesses and clients are configured with it."""
        encoded = base64.b64encode(bytes([self.kind]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"

    def line(self, signature: bytes) -> str:
        """The signature line of a note."""
        return f"— {self.name} {base64.b64encode(self.key_id + signature).decode()}\n"

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether the signature is that of this key under the text of a note."""
        try:
            if self.kind == ED25519:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
                return True
            (seconds,) = struct.unpack(">Q", signature[:8])
            message = cosigned_message(self, head_of(text), seconds)
            if self.kind == COSIGNATURE_ED25519:
                Ed25519PublicKey.from_public_bytes(self.public).verify(signature[8:], message)
            else:
                mldsa.MLDSA44PublicKey.from_public_bytes(self.public).verify(signature[8:], message)
        except (InvalidSignature, ValueError, struct.error, UnsupportedAlgorithm, AttributeError):
            return False
        return True


def key_of(vkey: str) -> NoteKey:
    """The key of a verifier key as text; ValueError when it is none or its type is unknown."""
    name, _plus, rest = vkey.strip().partition("+")
    key_id, _plus, encoded = rest.partition("+")
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise ValueError("no verifier key") from error
    if not content or not _NAME.fullmatch(name) or len(content) - 1 != _SIZES.get(content[0]):
        raise ValueError("no verifier key of a known type")
    key = NoteKey(name, content[0], content[1:])
    if key.key_id.hex() != key_id:
        raise ValueError("the identifier is not that of the key")
    return key


def cosigned_message(key: NoteKey, head: Head, seconds: int) -> bytes:
    """The message of a cosignature at a POSIX time."""
    if key.kind == COSIGNATURE_ED25519:
        return f"cosignature/v1\ntime {seconds}\n{head.text}".encode()
    name = key.name.encode()
    origin = head.origin.encode()
    return (
        b"subtree/v1\n\x00"
        + struct.pack(">B", len(name))
        + name
        + struct.pack(">QB", seconds, len(origin))
        + origin
        + struct.pack(">QQ", 0, head.size)
        + head.root
    )


def head_of(text: str) -> Head:
    """The tree head of the text of a checkpoint; ValueError when it is none. Lines after the third
    are refused: a log of ours writes none.
    """
    lines = text.split("\n")
    if (
        len(lines) != 4
        or lines[3]
        or not lines[0]
        or not re.fullmatch(r"0|[1-9]\d{0,18}", lines[1])
    ):
        raise ValueError("no checkpoint")
    try:
        content = base64.b64decode(lines[2], validate=True)
    except binascii.Error as error:
        raise ValueError("no checkpoint") from error
    head = Head(lines[0], int(lines[1]), content)
    if len(content) != 32 or head.text != text:
        raise ValueError("no checkpoint")
    return head


def split_note(note: str) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """(text, [(name, key id, signature)]) of a signed note; ValueError when it is none."""
    if len(note) > MOST_BYTES or re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise ValueError("no note")
    text, blank, lines = note.rpartition("\n\n")
    signatures = lines.split("\n")
    if not blank or signatures.pop() or not 0 < len(signatures) <= MOST_SIGNATURES:
        raise ValueError("no note")
    return f"{text}\n", [_signature(line) for line in signatures]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    match = re.fullmatch(r"— ([^\s+]+) ([A-Za-z0-9+/]+=*)", line)
    try:
        content = base64.b64decode(match[2], validate=True) if match else b""
    except binascii.Error:
        content = b""
    if match is None or len(content) < 5:
        raise ValueError("no signature line")
    return match[1], content[:4], content[4:]
