"""The six verbs of grassroots democracy, by which subjects are found: the people know, discuss, do,
inspect, supervise, benefit (Law 10/2022/QH15, art. 3; Directive 30-CT/TW).
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Verb:
    """One verb: the last part of its address, its word in the menu, what is found under it, and the
    indicators of it: codes that begin with one of `codes` ("" for those without a code).
    """

    key: str
    word: Any
    title: Any
    lead: Any
    codes: tuple[str, ...]

    def has_indicator(self, code: str) -> bool:
        """Whether the indicator of this code belongs to the verb."""
        return code[:1] in self.codes


KNOW = Verb(
    "know",
    _("Biết"),
    _("Dân biết"),
    _("Điều cơ quan phải cho dân biết: lịch tiếp công dân, quy tắc, thời hạn, báo cáo, nơi chốn."),
    ("A", "B"),
)
DISCUSS = Verb(
    "discuss",
    _("Bàn"),
    _("Dân bàn"),
    _("Hội nghị, biểu quyết, ý kiến của dân và việc tiếp thu."),
    ("C", "D"),
)
DO = Verb("do", _("Làm"), _("Dân làm"), _("Phong trào thi đua và việc dân cùng làm."), ("",))
CHECK = Verb(
    "check",
    _("Kiểm tra"),
    _("Dân kiểm tra"),
    _("Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng: kiến nghị, dự án, khắc phục."),
    ("E",),
)
SUPERVISE = Verb(
    "supervise",
    _("Giám sát"),
    _("Dân giám sát"),
    _("Đơn thư và ai trả lời, cam kết và việc giữ lời, giám sát và phản biện của Mặt trận."),
    ("F", "G"),
)
BENEFIT = Verb(
    "benefit",
    _("Thụ hưởng"),
    _("Dân thụ hưởng"),
    _("Cải cách hành chính, sự hài lòng của người dân: điểm do nơi khác đo."),
    ("H",),
)
VERBS = {verb.key: verb for verb in (KNOW, DISCUSS, DO, CHECK, SUPERVISE, BENEFIT)}
