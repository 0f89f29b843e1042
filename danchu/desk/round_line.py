"""What a device and the desk tell each other of a round: which scripts run on the page, what a
photo is promised as.
"""

import hashlib

from danchu.look.offline import OUTBOX

# What sends a round, on the page and in the worker.
SENDING = (*OUTBOX, "desk/rounds/send.js")
SCRIPTS = (
    *SENDING,
    "desk/rounds/fields.js",
    "desk/rounds/photos.js",
    "desk/rounds/page.js",
)
# What the page needs while there is no line, beside itself.
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


def promised(file):
    """(hash, name, size) of an uploaded file."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest(), file.name, file.size
