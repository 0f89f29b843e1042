"""Files of unfinished uploads of photos, beside the store of papers: chunks are appended to them.

The caller of `append_bytes` has locked the row of the photo. A file without a new chunk for a
fortnight is deleted; the device then begins again at offset 0.
"""

import os
import time
from pathlib import Path

from django.conf import settings

A_FORTNIGHT = 14 * 24 * 3600


def _path_of(photo):
    # The dot keeps unfinished files out of backups.
    return Path(settings.PAPERS_ROOT) / "arriving" / f".{photo.sheet_id}-{photo.sent_hash}"


def bytes_received(photo):
    """How many bytes of the photo were received; 0 without an upload."""
    try:
        return _path_of(photo).stat().st_size
    except FileNotFoundError:
        return 0


def append_bytes(photo, chunk):
    """Append the chunk durably. Returns the number of bytes received now."""
    path = _path_of(photo)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _delete_old(path.parent)
    with path.open("ab") as file:
        file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def read_upload(photo):
    """The bytes received; FileNotFoundError without an upload."""
    return _path_of(photo).read_bytes()


def delete_upload(photo):
    """Delete the file of the upload, if there is one."""
    _path_of(photo).unlink(missing_ok=True)


def _delete_old(folder):
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > A_FORTNIGHT:
            path.unlink(missing_ok=True)
