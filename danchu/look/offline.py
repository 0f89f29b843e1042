"""The service worker of a page that opens without a line: one script for all of them, told here
which page and which files it keeps. docs/develop/scripts.md says how to add such a page.
"""

import hashlib
import json

from django.http import HttpResponse
from django.templatetags.static import static

WORKER = "look/js/offline_worker.js"
# The scripts of a page that has an outbox, before its own.
OUTBOX = ("look/js/outbox.js", "look/js/outbox_carry.js")


def worker(*, cache, page, files, holder="", queue="", carrier="", line="", scripts=()):
    """The answer at the address of a worker; its scope is what lies beside that address.

    `files` and `scripts` are names of static files: what the page needs, and what the worker runs
    to send `queue` in the background. `carrier` names the function of these scripts that makes the
    carrier of the queue from the address `line`. The other words are said in `offline_worker.js`.
    """
    paths = [static(name) for name in files]
    run = [static(name) for name in (*scripts, WORKER)]
    told = {
        "cache": cache,
        "page": page,
        "files": paths,
        "holder": holder,
        "queue": queue,
        "carrier": carrier,
        "line": line,
    }
    told["version"] = hashlib.sha256(json.dumps([told, run]).encode()).hexdigest()[:12]
    text = f"const OFFLINE = {json.dumps(told)};\nimportScripts(...{json.dumps(run)});\n"
    return HttpResponse(
        text,
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )
