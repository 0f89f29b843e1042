"""The lives of a content, a posting place and a row of the catalogue as tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from danchu.subjects.life import STAYS, Life, Move, Right

# The kinds of record that rights name.
DISCLOSURE = "disclosure"


class Form(models.TextChoices):
    """The forms of disclosure of art. 12 paragraph 1, letters a to k."""

    POSTING = "posting", _("Niêm yết")
    PORTAL = "portal", _("Cổng, trang thông tin điện tử")
    LOUDSPEAKER = "loudspeaker", _("Loa truyền thanh")
    VILLAGE_HEAD = "village_head", _("Qua trưởng thôn, tổ trưởng tổ dân phố")
    DOCUMENT = "document", _("Văn bản gửi đến công dân")
    CONFERENCE = "conference", _("Hội nghị trao đổi, đối thoại")
    RECEPTION = "reception", _("Tiếp công dân, tiếp xúc cử tri, họp báo")
    ORGANISATIONS = "organisations", _("Thông báo đến các tổ chức ở xã để phổ biến")
    NETWORK = "network", _("Mạng viễn thông, mạng xã hội theo quy định")
    OTHER = "other", _("Hình thức khác")


class PlaceKind(models.TextChoices):
    SEAT = "seat", _("Trụ sở")
    CULTURE_HOUSE = "culture_house", _("Nhà văn hóa")
    COMMUNITY = "community", _("Điểm sinh hoạt cộng đồng")
    LOUDSPEAKER = "loudspeaker", _("Hệ thống truyền thanh")
    VILLAGE_HEAD = "village_head", _("Trưởng thôn, tổ trưởng tổ dân phố")
    PORTAL = "portal", _("Cổng, trang thông tin điện tử")


# Where each owed form has its places; the others are done wherever they are done.
PLACES_OF = {
    Form.POSTING: (PlaceKind.SEAT, PlaceKind.CULTURE_HOUSE, PlaceKind.COMMUNITY),
    Form.PORTAL: (PlaceKind.PORTAL,),
    Form.LOUDSPEAKER: (PlaceKind.LOUDSPEAKER,),
    Form.VILLAGE_HEAD: (PlaceKind.VILLAGE_HEAD,),
}
# The places that belong to a village.
OF_VILLAGES = (PlaceKind.CULTURE_HOUSE, PlaceKind.COMMUNITY, PlaceKind.VILLAGE_HEAD)
# The forms that last from a day to a day; the others happen on a day.
LASTING = (Form.POSTING, Form.PORTAL, Form.LOUDSPEAKER)


class Proof(models.TextChoices):
    PHOTO = "photo", _("Ảnh chụp tại chỗ")
    WITNESSES = "witnesses", _("Hai người chứng kiến")
    LOG = "log", _("Nhật ký phát thanh")
    SHEET = "sheet", _("Giấy trưởng thôn ký nhận")
    ADDRESS = "address", _("Địa chỉ trang, số văn bản hoặc biên bản")


# What proves each form; the first is offered first.
PROOFS_OF = {
    Form.POSTING: (Proof.PHOTO, Proof.WITNESSES),
    Form.LOUDSPEAKER: (Proof.LOG,),
    Form.VILLAGE_HEAD: (Proof.SHEET,),
}


class State(models.TextChoices):
    OWED = "owed", _("Chưa công khai")
    DISCLOSED = "disclosed", _("Đã công khai")
    WITHDRAWN = "withdrawn", _("Đã bỏ")


KNOWN = (State.OWED, State.DISCLOSED)


def _nothing_hangs(content):
    if content.postings.filter(until=None).exists():
        return ""
    return _("Không còn nơi nào đang niêm yết, đăng tải nội dung này.")


def _was_disclosed(content):
    if not content.postings.exists():
        return ""
    return _("Nội dung đã từng công khai thì không bỏ được.")


CONTENT_LIFE = Life(
    Move("post", KNOWN, State.DISCLOSED, Right("draft", DISCLOSURE)),
    Move(
        "take_down", (State.DISCLOSED,), STAYS, Right("draft", DISCLOSURE), blocked=_nothing_hangs
    ),
    Move("renew", KNOWN, State.OWED, Right("draft", DISCLOSURE)),
    Move("specialise", (State.OWED,), STAYS, Right("draft", DISCLOSURE)),
    Move(
        "withdraw",
        (State.OWED,),
        State.WITHDRAWN,
        Right("withdraw", DISCLOSURE),
        blocked=_was_disclosed,
    ),
    no_right=_("Ông/bà không có quyền ghi việc công khai của đơn vị này."),
    moved_on=_("Nội dung công khai này đang ở bước khác. Hãy tải lại trang để xem."),
)


class ContestState(models.TextChoices):
    OPEN = "open", _("Chờ trả lời")
    UNANSWERED = "unanswered", _("Quá hạn chưa trả lời")
    UPHELD = "upheld", _("Phản ánh đúng")
    DISMISSED = "dismissed", _("Phản ánh không đúng")


WAITING = (ContestState.OPEN, ContestState.UNANSWERED)
# States in which a contest takes its posting out of the figures of what hung.
AGAINST = (ContestState.UNANSWERED, ContestState.UPHELD)
CONTEST_LIFE = Life(
    Move(
        "uphold",
        WAITING,
        ContestState.UPHELD,
        Right("draft", DISCLOSURE),
    ),
    Move(
        "dismiss",
        WAITING,
        ContestState.DISMISSED,
        Right("draft", DISCLOSURE),
    ),
    Move("lapse", (ContestState.OPEN,), ContestState.UNANSWERED, Right("verify", "obligation")),
    no_right=_("Ông/bà không có quyền trả lời phản ánh này."),
    moved_on=_("Phản ánh này đã được trả lời. Hãy tải lại trang để xem."),
)


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Đang soạn")
    ADOPTED = "adopted", _("Đã ban hành")
    WITHDRAWN = "withdrawn", _("Đã bỏ")


PLAN_LIFE = Life(
    Move("add", (PlanState.DRAFT, PlanState.ADOPTED), STAYS, Right("draft", DISCLOSURE)),
    Move("strike", (PlanState.DRAFT, PlanState.ADOPTED), STAYS, Right("draft", DISCLOSURE)),
    Move("adopt", (PlanState.DRAFT,), PlanState.ADOPTED, Right("draft", DISCLOSURE)),
    Move("repeat", (PlanState.ADOPTED,), STAYS, Right("draft", DISCLOSURE)),
    Move("withdraw", (PlanState.DRAFT,), PlanState.WITHDRAWN, Right("withdraw", DISCLOSURE)),
    no_right=_("Ông/bà không có quyền lập kế hoạch công khai của đơn vị này."),
    moved_on=_("Kế hoạch này đang ở bước khác. Hãy tải lại trang để xem."),
)


class RequestState(models.TextChoices):
    RECEIVED = "received", _("Chờ trả lời")
    ANSWERED = "answered", _("Đã cung cấp")
    REFUSED = "refused", _("Đã từ chối")


# Who asks is as private as who sends a petition.
REQUEST_FILE = "petition_file"


def _is_complex(request):
    return _("Yêu cầu này đã là thông tin phức tạp.") if request.is_complex else ""


def _is_simple(request):
    if request.is_complex and not request.is_prolonged:
        return ""
    return _("Chỉ thông tin phức tạp được gia hạn, một lần.")


REQUEST_LIFE = Life(
    Move("answer", (RequestState.RECEIVED,), RequestState.ANSWERED, Right("draft", REQUEST_FILE)),
    Move("refuse", (RequestState.RECEIVED,), RequestState.REFUSED, Right("draft", REQUEST_FILE)),
    Move(
        "sort",
        (RequestState.RECEIVED,),
        STAYS,
        Right("draft", REQUEST_FILE),
        blocked=_is_complex,
    ),
    Move(
        "prolong",
        (RequestState.RECEIVED,),
        STAYS,
        Right("draft", REQUEST_FILE),
        blocked=_is_simple,
    ),
    no_right=_("Ông/bà không có quyền trả lời yêu cầu cung cấp thông tin của đơn vị này."),
    moved_on=_("Yêu cầu này đã được trả lời. Hãy tải lại trang để xem."),
)


class CouncilState(models.TextChoices):
    OWED = "owed", _("Chưa gửi")
    SENT = "sent", _("Đã gửi")


COUNCIL_LIFE = Life(
    Move("send", (CouncilState.OWED,), CouncilState.SENT, Right("draft", DISCLOSURE)),
    no_right=_("Ông/bà không có quyền gửi báo cáo của đơn vị này."),
    moved_on=_("Báo cáo này đã gửi. Hãy tải lại trang để xem."),
)


class PlaceState(models.TextChoices):
    USED = "used", _("Đang dùng")
    CLOSED = "closed", _("Đã thôi dùng")


def place_state(place):
    """The state of a place, derived from the day on which it was closed."""
    return PlaceState.USED if place.until is None else PlaceState.CLOSED


PLACE_LIFE = Life(
    Move("close", (PlaceState.USED,), PlaceState.CLOSED, Right("draft", DISCLOSURE)),
    state=place_state,
    no_right=CONTENT_LIFE.no_right,
    moved_on=_("Nơi công khai này đã thôi dùng."),
)


class ItemState(models.TextChoices):
    IN_FORCE = "in_force", _("Đang áp dụng")
    ENDED = "ended", _("Đã thay")


def item_state(item):
    """The state of a row of the catalogue, derived from its last day."""
    return ItemState.IN_FORCE if item.until is None else ItemState.ENDED


# The law is the same everywhere: only who may correct it in the whole country changes a row.
ITEM_LIFE = Life(
    Move(
        "amend",
        (ItemState.IN_FORCE,),
        ItemState.ENDED,
        Right("correct", "law", place=lambda item: None),
    ),
    state=item_state,
    no_right=_("Ông/bà không có quyền sửa danh mục nội dung phải công khai."),
    moved_on=_("Dòng này đã được thay bằng dòng mới."),
)
