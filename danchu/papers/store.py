"""The content-addressed store on disk, written atomically: temporary file, fsync, rename."""

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.papers.scanner import refuse_harmful

CHUNK = 1024 * 1024
INCOMING = ".incoming-"
AN_HOUR = 3600
A_DAY = 24 * AN_HOUR
# What lies in the store for a time only, and for how many seconds: parts of interrupted uploads,
# uploads that were checked but not imported. Under their older names too.
_PASSING = {
    f"{INCOMING}*": AN_HOUR,
    "incoming-*": AN_HOUR,
    ".waiting/*": A_DAY,
    "waiting/*": A_DAY,
    "arriving/*": 14 * A_DAY,  # photos whose device has not come back to send the rest
}


def path_of(digest):
    """PAPERS_ROOT/ab/cd/abcd… for a hash in hex; no name from a user is ever part of a path."""
    return Path(settings.PAPERS_ROOT) / digest[:2] / digest[2:4] / digest


def chunks(file):
    """The bytes of an open file from its start, in blocks of CHUNK bytes."""
    file.seek(0)
    while chunk := file.read(CHUNK):
        yield chunk


def digest_of(file):
    """SHA-256 of an open file, in hex."""
    digest = hashlib.sha256()
    for chunk in chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


def waiting_root():
    """The folder of uploads that were checked but not imported yet."""
    return Path(settings.PAPERS_ROOT) / ".waiting"


def sweep_store(root=None):
    """Delete what an interrupted upload left in the store, and uploads that nobody has imported in
    time. Returns the number of files. `root` is the PAPERS_ROOT of the settings by default. A file
    that another process deletes or still writes is passed over.
    """
    number = 0
    for pattern, seconds in _PASSING.items():
        for path in Path(root or settings.PAPERS_ROOT).glob(pattern):
            with suppress(OSError):
                if path.is_file() and time.time() - path.stat().st_mtime > seconds:
                    path.unlink()
                    number += 1
    return number


class Draft:
    """A temporary copy of an incoming file, as a context manager: `.file` is open for reading,
    `.hash` its SHA-256, `.size` its bytes. Deleted on exit unless `.keep()` was called. Refused, on
    "file", when it is empty, has more than `limit` bytes, or is harmful (scanner.py); what was
    written from a file that `is_scanned` is not scanned again.
    """

    def __init__(self, file, limit, *, is_scanned=False):
        root = Path(settings.PAPERS_ROOT)
        root.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=INCOMING, dir=root)
        self.path = Path(name)
        self.file = os.fdopen(handle, "w+b")
        self.size = 0
        try:
            self.hash = self._copy(file, limit)
            if not is_scanned:
                refuse_harmful(self.file, self.path)
        except BaseException:
            self.leave()
            raise

    def _copy(self, file, limit):
        digest = hashlib.sha256()
        for chunk in chunks(file):
            self.size += len(chunk)
            if self.size > limit:
                most = show_number(limit // CHUNK)
                raise Refused(
                    _("Tệp lớn hơn %(most)s MB. Hãy giảm độ phân giải hoặc tách tệp.")
                    % {"most": most},
                    "file",
                )
            digest.update(chunk)
            self.file.write(chunk)
        if not self.size:
            raise Refused(_("Tệp không có nội dung. Hãy chọn tệp khác."), "file")
        self.file.flush()
        return digest.hexdigest()

    def keep(self):
        """Move the copy to its place in the store. It is synced to disk first, so that a file under
        a hash is always complete.
        """
        place = path_of(self.hash)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.fchmod(self.file.fileno(), 0o640)
        os.fsync(self.file.fileno())
        os.replace(self.path, place)
        _sync_directory(place.parent)

    def leave(self):
        """Delete the copy, unless it was kept, and close it. Deleted first: closing writes what is
        still in memory, which fails on a full disk.
        """
        try:
            self.path.unlink(missing_ok=True)
        finally:
            with suppress(OSError):
                self.file.close()

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.leave()


def _sync_directory(path):
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
