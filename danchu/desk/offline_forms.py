"""Forms of the desk that also work without a line: what their pages need on the device."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from danchu.look.offline import FRAME, OUTBOX, words_of_waiting
from danchu.subjects.editing import EditingForm
from danchu.subjects.sections import ShownOnce

QUEUE = "forms"
# Names whose page it is: a copy stays on the device only for this account.
HOLDER = "X-Own-Page"
# The scripts that send a form, on the page and in the service worker.
SENDING = (*OUTBOX[:1], "desk/forms/send.js")
SCRIPTS = (*SENDING, "look/js/outbox_file.js", "desk/forms/list.js", "desk/forms/page.js")
# Files that these pages need without a line.
KEPT = (*FRAME, "desk/kept_form.js", "desk/beginnings.js", *SCRIPTS)


def worker_address(new_address):
    """The name of the address of the service worker beside the page of that name."""
    return f"{new_address}_worker"


def on_device(actor, new_address=""):
    """The context of a page that shows what waits on this device, and with `new_address`, the name
    of the page of a new record, of one that opens without a line.
    """
    return {
        "account": actor.account_id,
        "line": reverse("desk_line"),
        "worker": reverse(worker_address(new_address)) if new_address else "",
        "scripts": [static(name) for name in SCRIPTS],
        "words": words(),
    }


def edit_on_device(actor, act, form):
    """The same for the page of an act that edits a record; None where its form or its answer may
    not stay on the device.
    """
    is_edit = isinstance(form, EditingForm) and form.stays_on_device
    has_page = form.preview_template or isinstance(act.after, ShownOnce)
    return on_device(actor) if is_edit and not has_page else None


def held(answer, actor):
    """The answer with the name of its holder, without which no device keeps it."""
    answer.headers[HOLDER] = str(actor.account_id)
    return answer


def words():
    """{key: sentence}; the scripts fill the {placeholders}."""
    return words_of_waiting() | {
        "sending": _("Đang gửi… Nội dung đã được giữ trên máy này."),
        "draft": _("Đang sửa."),
        "open": _("Mở"),
        "drop_sure": _("Bỏ hẳn biểu này khỏi máy? Nội dung chưa gửi sẽ mất."),
        "save_file": _("Lưu những gì chưa gửi ra tệp"),
        "file_name": _("bieu-chua-gui"),
        "taken": _("Đã nhận {n} biểu từ tệp."),
        "not_taken": _("Tệp này không phải là tệp biểu chưa gửi do trang này lưu."),
        "no_room": _("Máy không còn chỗ để giữ. Hãy gửi bớt, hoặc bỏ bớt tệp kèm theo."),
        "others": _(
            "Trên máy này còn {n} biểu chưa gửi của tài khoản khác: chủ tài khoản ấy "
            "đăng nhập để gửi."
        ),
        "kept": _("Bản gõ lúc {at} trên máy này, chưa gửi được."),
        "returned": _("Biểu chưa gửi lúc {at}: sửa rồi gửi lại, không tạo việc thứ hai."),
    }
