"""Choices of petitions: nature, channel, stage, complexity, fault, verdict and field.

Circular 05/2021/TT-TTCP sorts a petition by content, by conditions, by competence and by number of
people.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nature(models.TextChoices):
    COMPLAINT = "complaint", _("Khiếu nại")
    DENUNCIATION = "denunciation", _("Tố cáo")
    FEEDBACK = "feedback", _("Kiến nghị, phản ánh")


class Channel(models.TextChoices):
    COUNTER = "counter", _("Nộp trực tiếp")
    PHONE = "phone", _("Điện thoại")
    POST = "post", _("Bưu điện")
    PORTAL = "portal", _("Cổng tiếp nhận")
    OPEN311 = "open311", _("Open311")
    HANDED_OVER = "handed_over", _("Cơ quan khác chuyển đến")
    HOTLINE = "hotline", _("Đường dây nóng")


class Stage(models.TextChoices):
    FIRST = "first", _("Lần đầu")
    SECOND = "second", _("Lần hai")
    JUDGED = "judged", _("Đã có bản án")


def stage_for(nature: str, stage: str) -> str:
    """The stage a petition of this nature has: feedback is always received the first time, only
    complaints and denunciations go through further stages.
    """
    return Stage.FIRST if nature == Nature.FEEDBACK else stage


class Complexity(models.TextChoices):
    PLAIN = "", _("Bình thường")
    COMPLEX = "complex", _("Phức tạp")
    VERY_COMPLEX = "very_complex", _("Đặc biệt phức tạp")


class Fault(models.TextChoices):
    """Why a petition does not meet the conditions to be handled."""

    ANONYMOUS = "anonymous", _("Không ghi rõ họ tên, địa chỉ người viết đơn")
    IMPERSONATED = "impersonated", _("Mạo danh người viết đơn")
    UNSIGNED = "unsigned", _("Không có chữ ký hoặc điểm chỉ")
    UNDATED = "undated", _("Không ghi ngày viết đơn")
    UNREADABLE = "unreadable", _("Không viết bằng tiếng Việt hoặc không đọc được")
    UNCLEAR = "unclear", _("Không rõ nội dung, không có căn cứ")
    REPEATED = "repeated", _("Trùng đơn đã xử lý, không có tình tiết mới")
    SEVERAL = "several", _("Gửi nhiều nơi, trong đó đã có nơi có thẩm quyền")
    TOO_LATE = "too_late", _("Hết thời hiệu khiếu nại")
    NO_INTEREST = "no_interest", _("Người khiếu nại không liên quan trực tiếp")


class Verdict(models.TextChoices):
    FOUNDED = "founded", _("Đúng")
    PARTLY = "partly", _("Đúng một phần")
    UNFOUNDED = "unfounded", _("Sai")


class Field(models.TextChoices):
    """The fields of the inspection sector's tables (Circular 02/2021/TT-TTCP)."""

    POLICY = "policy", _("Hành chính: chế độ, chính sách")
    LAND = "land", _("Hành chính: đất đai, nhà cửa")
    ADMINISTRATIVE = "administrative", _("Hành chính: lĩnh vực khác")
    JUDICIAL = "judicial", _("Tư pháp")
    PARTY = "party", _("Đảng, đoàn thể")
    OTHER = "other", _("Lĩnh vực khác")


# The prefix of the codes of each nature.
MARKS = {Nature.COMPLAINT: "KN", Nature.DENUNCIATION: "TC", Nature.FEEDBACK: "PA"}
