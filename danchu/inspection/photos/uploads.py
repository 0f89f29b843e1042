"""Bytes of photos that are still arriving, beside the store of papers: so many have come, the next
go behind them.

Who appends holds the row of the photo. A file nobody added to for a fortnight is swept away; its
sender begins anew.
"""

import os
import time
from pathlib import Path

from django.conf import settings

A_FORTNIGHT = 14 * 24 * 3600


def _place(photo):
    return (
        Path(settings.PAPERS_ROOT) / "arriving" / f".{photo.sheet_id}-{photo.sent_hash}"
    )  # a dot: no backup takes half a file


def arrived(photo):
    """How many bytes have come."""
    try:
        return _place(photo).stat().st_size
    except FileNotFoundError:
        return 0


def append(photo, chunk):
    """Put the bytes behind those that have come, durably; how many have come now."""
    place = _place(photo)
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        _sweep(place.parent)
    with place.open("ab") as file:
        file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def content_of(photo):
    return _place(photo).read_bytes()


def forget(photo):
    _place(photo).unlink(missing_ok=True)


def _sweep(folder):
    for path in folder.iterdir():
        if time.time() - path.stat().st_mtime > A_FORTNIGHT:
            path.unlink(missing_ok=True)
