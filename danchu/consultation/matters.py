"""What the people are asked about, and how, as the law lists both (articles 25, 26 and 27).

Which matters there are on a day, and of which of them only the addressees are asked, are rows of
the law (`consultation.matters`, `consultation.addressees`); here are their words.
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.law.book import book
from danchu.law.rule import Rule

MATTERS_RULE = "consultation.matters"
ADDRESSEES_RULE = "consultation.addressees"
# The general length of a consultation; those of special laws begin with it and a dot.
PERIOD_RULE = "consultation.period"


class Matter(models.IntegerChoices):
    PLAN = 1, _("Kế hoạch kinh tế - xã hội, chuyển dịch cơ cấu, định canh, định cư")
    LAND = 2, _("Quy hoạch, kế hoạch sử dụng đất và đất giao cho cấp xã quản lý")
    PROJECT = 3, _("Dự án lớn, quan trọng: đầu tư, đất đai, môi trường, bồi thường, tái định cư")
    BORDER = 4, _("Lập, nhập, chia, đổi tên đơn vị hành chính, thôn, tổ dân phố")
    DRAFT = 5, _("Dự thảo quyết định của Ủy ban nhân dân liên quan lợi ích cộng đồng")
    BUILDING = 6, _("Quy hoạch xây dựng")
    REGULATION = 7, _("Dự thảo quy chế thực hiện dân chủ của xã")
    INDIVIDUAL = 8, _("Dự thảo quyết định đặt nghĩa vụ, chấm dứt hay hạn chế quyền của công dân")
    OTHER = 9, _("Nội dung khác")


class Form(models.TextChoices):
    CONFERENCE = "conference", _("Hội nghị trao đổi, đối thoại")
    MEETING = "meeting", _("Họp cộng đồng dân cư")
    BALLOT = "ballot", _("Phát phiếu đến hộ gia đình")
    LETTER_BOX = "letter_box", _("Hòm thư góp ý, đường dây nóng")
    FRONT = "front", _("Qua Mặt trận Tổ quốc và các tổ chức")
    PORTAL = "portal", _("Cổng, trang thông tin điện tử")
    NETWORK = "network", _("Mạng viễn thông, mạng xã hội")
    ADDRESSEES = "addressees", _("Đối thoại với người chịu tác động của quyết định")


class Exempt(models.TextChoices):
    """Why the addressees of an individual decision need not be told (article 27)."""

    SECRET = "secret", _("Nội dung thuộc bí mật nhà nước")
    SANCTION = "sanction", _("Xử phạt vi phạm hành chính")


def matters_on(day: date) -> tuple[int, ...]:
    """The matters on which the people are asked by the law of the day; () before that law."""
    return _items(MATTERS_RULE, day)


def is_individual(matter: int, day: date) -> bool:
    """Whether only the addressees of one decision are asked about the matter."""
    return matter in _items(ADDRESSEES_RULE, day)


def _items(key: str, day: date) -> tuple[int, ...]:
    rule = book().rule_if_any(key, day)
    return rule.value if rule and isinstance(rule.value, tuple) else ()


def period_rules(day: date) -> list[Rule]:
    """The lengths that a consultation may have on the day: the general one, then special laws'."""
    keys = [
        key for key in book().rule_keys() if key == PERIOD_RULE or key.startswith(f"{PERIOD_RULE}.")
    ]
    rules = (book().rule_if_any(key, day) for key in keys)
    return [rule for rule in rules if rule]
