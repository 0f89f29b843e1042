"""The matters of article 15 in words."""

from django.utils.translation import gettext_lazy as _

ITEMS = (
    (1, _("Chủ trương, mức đóng góp xây dựng công trình")),
    (2, _("Thu, chi, quản lý các khoản đóng góp, tài sản được giao, được cho")),
    (3, _("Nội dung hương ước, quy ước")),
    (4, _("Bầu, cho thôi Trưởng thôn, Tổ trưởng tổ dân phố")),
    (5, _("Bầu, cho thôi thành viên Ban Thanh tra nhân dân, Ban Giám sát đầu tư")),
    (6, _("Việc tự quản khác trong nội bộ cộng đồng")),
)
ITEM_WORDS = dict(ITEMS)


def item_words(item):
    """A matter with its number in article 15."""
    return _("Khoản %(item)s: %(words)s") % {"item": item, "words": ITEM_WORDS[item]}
