"""The service workers of pages that work offline: one shared script, configured here with the page
and the files that it caches. docs/develop/scripts.md says how to add such a page.
"""

import hashlib
import json

from django.http import HttpResponse
from django.templatetags.static import static
from django.utils.translation import gettext as _

from danchu.kernel.words import language

WORKER = "look/js/offline_worker.js"
# The files of every page in the frame.
FRAME = (
    "look/mark.svg",
    "look/sheet.css",
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
        "lang": language(),
        "away": _("Chưa có mạng"),
        "again": _("Có mạng thì tải lại trang này: những gì đã gõ ở đây vẫn còn."),
        "page_name": _("Mở biểu ghi được khi chưa có mạng"),
    }
    options["version"] = hashlib.sha256(json.dumps([options, run]).encode()).hexdigest()[:12]
    text = f"const OFFLINE = {json.dumps(options)};\nimportScripts(...{json.dumps(run)});\n"
    return HttpResponse(
        text,
        content_type="text/javascript; charset=utf-8",
        headers={"Cache-Control": "no-cache"},
    )


def words_of_waiting():
    """{key: sentence} of every page that shows what waits on the device, in the reader's language;
    the scripts fill the {placeholders}.
    """
    return {
        "no_line": _("Chưa có mạng: cứ ghi, mọi thứ được giữ trên máy này và gửi khi có mạng."),
        "log_in": _("Phiên làm việc đã hết: hãy đăng nhập rồi bấm gửi. Nội dung vẫn còn trên máy."),
        "log_in_link": _("Đăng nhập"),
        "queued": _("Đã giữ trên máy, sẽ gửi khi có mạng."),
        "sent": _("Đã gửi."),
        "refused": _("Chưa nhận: {message}"),
        "change": _("Sửa lại"),
        "drop": _("Bỏ khỏi máy"),
        "send_now": _("Gửi ngay"),
    }
