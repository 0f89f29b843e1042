"""The offline page of rounds: its scripts, the files it needs without a connection, and how a photo
is announced before it is uploaded.
"""

import hashlib

from danchu.look.offline import FRAME, OUTBOX

# The scripts that send a round, on the page and in the service worker.
SENDING = (*OUTBOX, "desk/rounds/send.js")
SCRIPTS = (
    *SENDING,
    "look/js/outbox_file.js",
    "desk/rounds/fields.js",
    "desk/rounds/photos.js",
    "desk/rounds/page.js",
)
# Files that the page needs without a connection.
KEPT = (*FRAME, *SCRIPTS)


def announced(file):
    """(SHA-256 in hex, name, size in bytes) of an uploaded file."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest(), file.name, file.size
