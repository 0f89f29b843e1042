"""Files that wait, looked through but not yet imported: each seen by its sender alone, gone
after a day.
"""

import re
import time
from pathlib import Path

from django.conf import settings
from django.http import Http404

from danchu.papers.store import Draft

A_DAY = 24 * 60 * 60


def keep_waiting(request, file):
    """Put an uploaded file aside; its hash. The name it came with stays in the session."""
    _sweep()
    with Draft(file, settings.IMPORT_BYTES) as draft:
        place = _place(request, draft.hash)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.path.replace(place)
    request.session["imports"] = {**request.session.get("imports", {}), draft.hash: file.name[:120]}
    return draft.hash


def waiting(request, file_hash):
    """(path, name) of a file the sender put aside, else 404."""
    name = request.session.get("imports", {}).get(file_hash)
    if (
        name is None
        or not re.fullmatch(r"[0-9a-f]{64}", file_hash)
        or not _place(request, file_hash).exists()
    ):
        raise Http404
    return _place(request, file_hash), name


def no_longer_waiting(request, file_hash):
    """Forget a file that was imported."""
    _place(request, file_hash).unlink(missing_ok=True)
    request.session["imports"] = {
        key: name for key, name in request.session.get("imports", {}).items() if key != file_hash
    }


def _place(request, file_hash):
    return Path(settings.PAPERS_ROOT) / "waiting" / f"{request.actor.account_id}-{file_hash}"


def _sweep():
    folder = Path(settings.PAPERS_ROOT) / "waiting"
    for path in folder.glob("*-*") if folder.exists() else ():
        if time.time() - path.stat().st_mtime > A_DAY:
            path.unlink(missing_ok=True)
