"""Files of keys and of what else only the account of the product may read."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

BLOCK = 1024 * 1024
# What a system of files answers that knows no second name of a file, as on a memory stick.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def create_private_file(
    path: Path, content: str | bytes | BinaryIO, *, replace: bool = False
) -> bool:
    """Write a file durably and atomically, readable by its owner only; its folder is made where it
    is missing. Returns whether it is written: one that is there stays, unless `replace`. `content`
    may be an open file, which is copied from where it stands. Where the disk is full neither a part
    of the file nor a temporary one is left: half a key would count as the key from then on.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        try:
            for block in _blocks(content):
                _write_whole(handle, block)
            os.fsync(handle)
        finally:
            os.close(handle)
        if replace:
            temporary.replace(path)
            is_written = True
        else:
            is_written = _name_once(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync(path.parent)
    return is_written


def _blocks(content: str | bytes | BinaryIO) -> Iterator[bytes]:
    if isinstance(content, str | bytes):
        yield content.encode() if isinstance(content, str) else content
        return
    while block := content.read(BLOCK):
        yield block


def _write_whole(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _name_once(temporary: Path, path: Path) -> bool:
    """Whether the file has got its name, which no other file had."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError as failure:
        if failure.errno not in _NO_LINKS:
            raise
        if path.exists():
            return False
        temporary.rename(path)
    return True


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
