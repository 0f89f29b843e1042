"""What the acts of obligations are called in a history."""

from django.utils.translation import gettext_lazy as _

ACT_WORDS = {
    "owed": _("Ghi việc phải làm"),
    "met": _("Ghi đã làm xong"),
    "excused": _("Miễn"),
    "overdue": _("Quá hạn"),
    "revised": _("Ghi hạn cũ và hạn mới"),
}
