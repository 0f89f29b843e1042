"""The check of the journal's key, its witnesses, and what it publishes."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.config.checks import Trouble, check
from danchu.journal.checkpoints import witness_keys
from danchu.journal.models import Checkpoint, Entry
from danchu.journal.signing import existing_ring, public_key
from danchu.kernel.days import now

LATEST = 200
LATE = timedelta(days=2)


def _key_name():
    return _("Khóa ký nhật ký: %s") % (public_key() or _("sẽ tạo khi khởi động"))


@check("journal-key", lazy(_key_name, str)(), database=True)
def journal_key_signs_what_is_written():
    root = settings.JOURNAL_KEYS
    if root.exists() and root.stat().st_mode & 0o077:
        yield Trouble(_("Người khác đọc được %(path)s.") % {"path": root}, f"chmod 700 {root}")
    for path in root.glob("*"):
        if not path.name.endswith(".public") and path.stat().st_mode & 0o077:
            yield Trouble(_("Người khác đọc được %(path)s.") % {"path": path}, f"chmod 600 {path}")
    ring = existing_ring()
    latest = Entry.objects.order_by("-number")[:LATEST]
    if ring is None:
        if any(entry.signature for entry in latest):
            yield Trouble(
                _("Nhật ký có chữ ký nhưng máy này không có khóa nhật ký."),
                _("Chép thư mục %s từ máy cũ hoặc máy kia sang (docs/operate.md).") % root,
            )
        return
    foreign = [
        entry.number
        for entry in latest
        if entry.number > ring.number
        and not ring.accepts(entry.number, entry.hash, entry.signature)
    ]
    if foreign:
        yield Trouble(
            _("Dòng nhật ký %s không do khóa nào mà máy này biết ký.") % foreign[-1],
            _(
                "Nhiều máy chủ thì chép thư mục %s cho giống nhau (docs/operate.md); không phải "
                "vậy thì có người ghi thẳng vào cơ sở dữ liệu: danchu verify."
            )
            % root,
        )


@check("witnesses", gettext_lazy("Dấu kiểm của sổ nhật ký"), database=True)
def checkpoints_are_published_and_witnessed():
    latest = Checkpoint.objects.order_by("-size").first()
    if latest and now() - latest.at > LATE:
        yield Trouble(
            _("Đã hơn hai ngày không công bố dấu kiểm."),
            _("Xem trang “Việc chạy nền”, hoặc chạy: danchu checkpoint publish"),
        )
    try:
        witness_keys()
    except ValueError:
        yield Trouble(
            _("DANCHU_WITNESS_KEYS có khóa không đúng dạng."),
            _("Mỗi khóa một vkey của C2SP (TÊN+MÃ+KHÓA), cách nhau bằng dấu cách."),
        )
    for address in settings.JOURNAL_WITNESSES:
        try:
            validate_email(address)
        except ValidationError:
            yield Trouble(
                _("DANCHU_WITNESSES có địa chỉ thư không đúng."),
                _("Ghi các địa chỉ thư điện tử, cách nhau bằng dấu phẩy."),
            )
            return
