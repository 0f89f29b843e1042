"""The service workers of pages that work offline: one shared script, configured here with the page
and the files that it caches. docs/develop/scripts.md says how to add such a page.
"""

import hashlib
import json

from django.http import HttpResponse
from django.templatetags.static import static

WORKER = "look/js/offline_worker.js"
# The files of every page in the frame.
FRAME = (
    "look/mark.svg",
    "look/fonts.css",
    "look/tokens.css",
    "look/page.css",
    "look/parts.css",
    "look/print.css",
    "look/chevron.svg",
    "look/js/choices.js",
    "look/js/typed.js",
)
# The scripts that a page with an outbox loads before its own.
OUTBOX = ("look/js/outbox.js", "look/js/outbox_carry.js")


def worker(*, cache, page, files, holder="", queue="", carrier="", line="", scripts=()):
    """The response with a service worker; its scope is the folder of its address.

    `files` and `scripts` are names of static files: those that the page needs, and those by which
    the worker sends `queue` in the background. `carrier` names the function of these scripts that
    creates the sender of the queue for the address `line`. `offline_worker.js` documents the other
    parameters.
    """
    paths = [static(name) for name in files]
    run = [static(name) for name in (*scripts, WORKER)]
    options = {
        "cache": cache,
        "page": page,
        "files": paths,
        "holder": holder,
        "queue": queue,
        "carrier": carrier,
        "line": line,
    }
    options["version"] = hashlib.sha256(json.dumps([options, run]).encode()).hexdigest()[:12]
    text = f"const OFFLINE = {json.dumps(options)};\nimportScripts(...{json.dumps(run)});\n"
    return HttpResponse(
        text,
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )
