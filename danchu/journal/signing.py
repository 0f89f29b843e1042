"""The keys of the journal: files beside the database, readable by their owner only (JOURNAL_KEYS).

`entries.json` holds the Ed25519 key under every entry, together with the founding signature: over
the last entry that was there when the key was made, which covers by the chain all entries before.
Whoever can write to the database but not read this file can add no entry that `danchu verify`
accepts. `*.public` are further public keys whose entries are accepted: those of other machines or
of earlier keys. `checkpoint.ed25519` and `checkpoint.ml-dsa-44` sign checkpoints.

No backup holds the private keys. A machine that finds none makes new ones, founded on the head of
that moment.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from danchu.journal.notes import COSIGNATURE_ML_DSA_44, ED25519, NoteKey, mldsa
from danchu.kernel.private_files import create_private_file

FILE = "entries.json"


@dataclass(frozen=True)
class Ring:
    """The key that signs entries here, every public key whose entries are accepted, and the entry
    (number, hash) up to which entries are covered by the founding signature.
    """

    private: Ed25519PrivateKey
    publics: Sequence[Ed25519PublicKey]
    number: int
    hash: str

    def accepts(self, number: int, entry_hash: str, signature: str) -> bool:
        """Whether the signature (hex) of an entry is that of one of the keys."""
        message = entry_message(number, entry_hash)
        return any(_is_signed(public, signature, message) for public in self.publics)


def entry_message(number: int, entry_hash: str) -> bytes:
    """What is signed of an entry; its hash covers its content and all entries before it."""
    return f"danchu journal entry 1\n{number}\n{entry_hash}\n".encode()


def founding_message(number: int, entry_hash: str) -> bytes:
    """What the founding signature covers: the last entry before entries were signed."""
    return f"danchu journal founding 1\n{number}\n{entry_hash}\n".encode()


def sign_entry(number: int, entry_hash: str, previous: str) -> str:
    """The signature of an entry, in hex; the key is made, founded on `previous`, if there is
    none.
    """
    ring = existing_ring() or found_ring(number - 1, previous)
    return ring.private.sign(entry_message(number, entry_hash)).hex()


def existing_ring() -> Ring | None:
    """The keys of this machine; None where none was made yet. ValueError for a damaged file."""
    path = Path(settings.JOURNAL_KEYS) / FILE
    try:
        return _read(path, path.stat().st_mtime_ns, path.parent.stat().st_mtime_ns)
    except FileNotFoundError:
        return None


def found_ring(number: int, entry_hash: str, *, anew: bool = False) -> Ring:
    """Make the key that signs entries after this one; of two processes that do so at once the first
    wins. `anew`: keep the key there is and found it on this entry instead.
    """
    ring = existing_ring() if anew else None
    private = ring.private if ring else Ed25519PrivateKey.generate()
    content = {
        "private": private.private_bytes_raw().hex(),
        "public": private.public_key().public_bytes_raw().hex(),
        "number": number,
        "hash": entry_hash,
        "signature": private.sign(founding_message(number, entry_hash)).hex(),
    }
    path = Path(settings.JOURNAL_KEYS) / FILE
    create_private_file(path, json.dumps(content, indent=1) + "\n", replace=anew)
    return _read(path, path.stat().st_mtime_ns, path.parent.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int, _folder_changed: int) -> Ring:
    content = json.loads(path.read_text())
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(content["private"]))
    message = founding_message(content["number"], content["hash"])
    if not _is_signed(private.public_key(), content["signature"], message):
        raise ValueError(f"{path}: the founding signature is wrong")
    others = [
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(other.read_text().strip()))
        for other in sorted(path.parent.glob("*.public"))
    ]
    return Ring(private, (private.public_key(), *others), content["number"], content["hash"])


def public_key() -> str:
    """The public key under entries, in hex; "" where none was made yet."""
    ring = existing_ring()
    return ring.publics[0].public_bytes_raw().hex() if ring else ""


def log_name() -> str:
    """The origin line of checkpoints, which is also the name of their keys: JOURNAL_ORIGIN, after
    the nth restore that may have shortened the journal with "/n+1". A log never signs two heads
    that do not extend each other.
    """
    path = Path(settings.JOURNAL_KEYS) / "restores"
    restores = int(path.read_text()) if path.exists() else 0
    return f"{settings.JOURNAL_ORIGIN}/{restores + 1}" if restores else settings.JOURNAL_ORIGIN


def count_restore() -> None:
    """From now on checkpoints have another name."""
    path = Path(settings.JOURNAL_KEYS) / "restores"
    restores = int(path.read_text()) if path.exists() else 0
    create_private_file(path, str(restores + 1), replace=True)


def checkpoint_keys(name: str) -> list[tuple[NoteKey, Any]]:
    """[(key, private key)] that sign the checkpoints of the log `name`: Ed25519, and ML-DSA-44
    where the installed `cryptography` has it. Made when missing.
    """
    ed25519 = Ed25519PrivateKey.from_private_bytes(_secret("checkpoint.ed25519"))
    keys: list[tuple[NoteKey, Any]] = [
        (NoteKey(name, ED25519, ed25519.public_key().public_bytes_raw()), ed25519)
    ]
    if mldsa is not None:
        lattice = mldsa.MLDSA44PrivateKey.from_seed_bytes(_secret("checkpoint.ml-dsa-44"))
        public = lattice.public_key().public_bytes_raw()
        keys.append((NoteKey(name, COSIGNATURE_ML_DSA_44, public), lattice))
    return keys


def _secret(file: str) -> bytes:
    """The 32 random bytes of a key or seed, made when missing."""
    path = Path(settings.JOURNAL_KEYS) / file
    if not path.exists():
        create_private_file(path, os.urandom(32).hex())
    return bytes.fromhex(path.read_text().strip())


def _is_signed(public: Ed25519PublicKey, signature: str, message: bytes) -> bool:
    try:
        public.verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True
