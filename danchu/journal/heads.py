"""The heads that this installation has written down: witnesses that `danchu verify` compares the
journal with.

Those in files lie in JOURNAL_ROOT, outside the database: `heads`, one line each (time, what wrote
it down, number:hash), and `checkpoints/SIZE.txt`, each checkpoint as published. Rooms append to
HEADS what they wrote into records of theirs.
"""

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.journal.notes import Head, head_of, split_note
from danchu.journal.signing import count_restore, existing_ring
from danchu.kernel.private_files import create_private_file

VERIFIED = "verify"


@dataclass(frozen=True)
class WrittenHead:
    """Number and hash of an entry that was the last at some time, and where this was written."""

    number: int
    hash: str
    source: str


# Callables of rooms that yield a WrittenHead for each head in their records.
HEADS: list[Callable[[], Iterator[WrittenHead]]] = []
_LINE = re.compile(r"(\S+) (\S+) (\d+):([0-9a-f]{64})")


def write_head(source: str, number: int, entry_hash: str) -> None:
    """Add a head to the file. `source`: one word, such as "backup"."""
    if not number:
        return
    root = Path(settings.JOURNAL_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    at = datetime.now(UTC).isoformat(timespec="seconds")
    handle = os.open(root / "heads", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{at} {source} {number}:{entry_hash}\n")
        file.flush()
        os.fsync(file.fileno())


def written_heads() -> Iterator[WrittenHead]:
    """Every head written down: in the file, in the key's founding signature, in records."""
    yield from heads_in_file()
    ring = existing_ring()
    if ring and ring.number:
        yield WrittenHead(ring.number, ring.hash, _("chữ ký mở đầu của khóa nhật ký"))
    for heads in HEADS:
        yield from heads()


def heads_in_file() -> Iterator[WrittenHead]:
    """The heads of the file, in its order; a line that was cut off is left out."""
    for line in _lines():
        match = _LINE.fullmatch(line)
        if match:
            yield WrittenHead(int(match[3]), match[4], f"heads: {match[2]} {match[1]}")


def last_written(source: str) -> datetime | None:
    """When this machine last wrote down a head of the source, such as "backup"; None for never."""
    instants = [
        match[1]
        for line in _lines()
        if (match := _LINE.fullmatch(line)) is not None and match[2] == source
    ]
    return datetime.fromisoformat(instants[-1]) if instants else None


def _lines() -> list[str]:
    path = Path(settings.JOURNAL_ROOT) / "heads"
    return path.read_text().splitlines() if path.exists() else []


def verified_head() -> tuple[int, str]:
    """(number, hash) of the head up to which this machine last found all signatures right;
    (0, "") for none.
    """
    heads = [head for head in heads_in_file() if f": {VERIFIED} " in head.source]
    return (heads[-1].number, heads[-1].hash) if heads else (0, "")


def keep_checkpoint(size: int, note: str) -> None:
    """Write a published checkpoint beside the database."""
    create_private_file(Path(settings.JOURNAL_ROOT) / "checkpoints" / f"{size}.txt", note)


def checkpoints_in_files() -> Iterator[tuple[Head, str]]:
    """(tree head, file name) of each checkpoint beside the database. A file that cannot be read as
    one yields a head of size -1.
    """
    folder = Path(settings.JOURNAL_ROOT) / "checkpoints"
    for path in sorted(folder.glob("*.txt"), key=lambda one: (len(one.name), one.name)):
        try:
            yield head_of(split_note(path.read_text(encoding="utf-8"))[0]), path.name
        except ValueError:
            yield Head("", -1, b""), path.name


def start_anew(number: int, entry_hash: str) -> None:
    """After a restore: put the files of the state before aside, because the journal that was
    restored may be shorter, and write down its head.
    """
    root = Path(settings.JOURNAL_ROOT)
    names = [name for name in ("heads", "checkpoints") if (root / name).exists()]
    if names:
        aside = root / f"before-{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
        aside.mkdir(mode=0o700)
        for name in names:
            (root / name).rename(aside / name)
        count_restore()
    write_head("restore", number, entry_hash)
