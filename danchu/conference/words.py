"""The states and kinds of a conference, with the names people read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Of a conference."""

    DRAFTED = "drafted", _("Đang chuẩn bị")
    CONVENED = "convened", _("Đã triệu tập")
    OPEN = "open", _("Đang họp")
    CLOSED = "closed", _("Đã bế mạc")
    CANCELLED = "cancelled", _("Không tổ chức")


class Entry(models.TextChoices):
    """How delegates are admitted."""

    LIST = "list", _("Theo danh sách, có liên kết riêng")
    OFFICE = "office", _("Theo chức trách")
    LINK = "link", _("Đăng ký qua liên kết chung")
    OPEN = "open", _("Ai có mã hội nghị cũng vào được")


class ItemKind(models.TextChoices):
    SESSION = "session", _("Phiên")
    OPENING = "opening", _("Khai mạc")
    REPORT = "report", _("Báo cáo, tham luận")
    DISCUSSION = "discussion", _("Thảo luận")
    QUESTIONS = "questions", _("Hỏi đáp")
    VOTE = "vote", _("Biểu quyết")
    BREAK = "break", _("Giải lao")
    CLOSING = "closing", _("Bế mạc")


class ItemState(models.TextChoices):
    PLANNED = "planned", _("Chưa đến")
    CURRENT = "current", _("Đang diễn ra")
    DONE = "done", _("Đã xong")
    SKIPPED = "skipped", _("Bỏ qua")


class DelegateState(models.TextChoices):
    INVITED = "invited", _("Được mời")
    REGISTERED = "registered", _("Đã có chỗ")
    WAITING = "waiting", _("Chờ có chỗ")
    DECLINED = "declined", _("Báo vắng")
    CANCELLED = "cancelled", _("Đã hủy")


class LetterState(models.TextChoices):
    """Of a delegate's invitation by e-mail, SMS or Zalo."""

    UNSENT = "unsent", _("Chưa gửi")
    WAITING = "waiting", _("Chờ gửi")
    SENT = "sent", _("Đã gửi")
    FAILED = "failed", _("Không gửi được")
    NO_CONTACT = "none", _("Không có địa chỉ")


class Role(models.TextChoices):
    """Of a pass: what its holder sees and may do in the hall."""

    DELEGATE = "delegate", _("Đại biểu")
    ROOM = "room", _("Điểm cầu")
    CHAIR = "chair", _("Chủ tọa")
    MODERATOR = "moderator", _("Tổ điều phối câu hỏi")
    SPEAKER = "speaker", _("Màn hình người phát biểu")
    PROJECTOR = "projector", _("Màn chiếu")


class Movement(models.TextChoices):
    ARRIVED = "arrived", _("Đến")
    LEFT = "left", _("Về")


class How(models.TextChoices):
    """How a movement was recorded."""

    QR = "qr", _("Quét mã QR")
    NAME = "name", _("Tìm theo tên")
    ROOM = "room", _("Bàn điểm cầu điểm danh")
    LINK = "link", _("Vào bằng liên kết hoặc mã")


class Outcome(models.TextChoices):
    """Of an entry of a room's desk."""

    COUNTED = "counted", _("Đã nhận")
    KEPT = "kept", _("Đã giữ lại, sau bế mạc")
    LATE = "late", _("Đến muộn, không tính")
    REFUSED = "refused", _("Không nhận")


class FloorKind(models.TextChoices):
    ORDER = "order", _("Ý kiến về trình tự")
    REPLY = "reply", _("Trả lời ngay ý kiến vừa nêu")
    SPEAK = "speak", _("Phát biểu")


class FloorState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    SPEAKING = "speaking", _("Đang phát biểu")
    DONE = "done", _("Đã phát biểu")
    WITHDRAWN = "withdrawn", _("Đã rút")
    SKIPPED = "skipped", _("Không mời")


class QuestionState(models.TextChoices):
    SUBMITTED = "submitted", _("Chờ duyệt")
    SHOWN = "shown", _("Đã lên màn hình")
    REFUSED = "refused", _("Không đưa lên")
    GROUPED = "grouped", _("Gộp vào câu khác")
    ANSWERED = "answered", _("Đã trả lời")
    OWED = "owed", _("Trả lời sau bằng văn bản")


class PollKind(models.TextChoices):
    OPINION = "opinion", _("Thăm dò ý kiến")
    BINDING = "binding", _("Biểu quyết")


class Secrecy(models.TextChoices):
    NAMED = "named", _("Công khai (ghi tên)")
    SECRET = "secret", _("Kín")


class Franchise(models.TextChoices):
    """How votes are cast."""

    DELEGATES = "delegates", _("Từng đại biểu")
    ROOMS = "rooms", _("Theo điểm cầu, giơ tay")
    BOTH = "both", _("Đại biểu trên máy, phần còn lại giơ tay tại điểm cầu")


class Electorate(models.TextChoices):
    """Against whom votes are counted."""

    PRESENT = "present", _("Người có mặt lúc mở biểu quyết")
    ENTITLED = "entitled", _("Mọi người có quyền biểu quyết")
    HALL = "hall", _("Ai đang trong hội nghị")


class PollState(models.TextChoices):
    DRAFTED = "drafted", _("Chưa mở")
    OPEN = "open", _("Đang mở")
    CLOSED = "closed", _("Đã đóng, đang kiểm")
    DECLARED = "declared", _("Đã công bố")
    CANCELLED = "cancelled", _("Đã hủy")


# Words of the journal's entries, by the kind of their subject and the second half of the act's
# name.
ACT_WORDS = {
    "conference_hall": {
        "drafted": _("soạn"),
        "edited": _("sửa"),
        "code_renewed": _("đổi mã chung"),
        "convened": _("triệu tập"),
        "cancelled": _("quyết định không tổ chức"),
        "opened": _("khai mạc"),
        "closed": _("bế mạc"),
        "announced": _("đổi dòng thông báo"),
        "minuted": _("lập biên bản"),
        "event_followed": _("đổi theo việc trong sổ"),
        "rooms_issued": _("cấp mã cho các điểm cầu"),
        "invited_by_office": _("mời theo chức trách"),
        "imported": _("nhập danh sách đại biểu"),
        "invitations_sent": _("gửi giấy mời"),
    },
    "delegate": {
        "invited": _("mời"),
        "edited": _("sửa"),
        "registered": _("đăng ký"),
        "cancelled": _("báo vắng"),
        "came_back": _("dự trở lại"),
        "noted": _("ghi đến, về"),
        "invitation_sent": _("gửi riêng giấy mời"),
    },
    "bridge_point": {
        "added": _("thêm"),
        "edited": _("sửa"),
        "entries_taken": _("nhận mục của bàn điểm cầu"),
        "roll_called": _("điểm danh"),
        "heads_counted": _("đếm người"),
    },
}
