"""The offline page of rounds: its scripts, the files it needs without a connection, and how a photo
is announced before it is uploaded.
"""

import hashlib

from danchu.look.offline import OUTBOX

# The scripts that send a round, on the page and in the service worker.
SENDING = (*OUTBOX, "desk/rounds/send.js")
SCRIPTS = (
    *SENDING,
    "desk/rounds/fields.js",
    "desk/rounds/photos.js",
    "desk/rounds/page.js",
)
# Files that the page needs without a connection.
KEPT = (
    "look/mark.svg",
    "look/fonts.css",
    "look/tokens.css",
    "look/page.css",
    "look/parts.css",
    "look/print.css",
    "look/chevron.svg",
    *SCRIPTS,
)


def announced(file):
    """(SHA-256 in hex, name, size in bytes) of an uploaded file."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest(), file.name, file.size
