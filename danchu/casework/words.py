"""The names of acts on petitions, as pages show them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# The words of a petition, or of who came to a reception.
DETAILS = pgettext_lazy("words", "Nội dung")

STEP_WORDS = {
    "register": _("Tiếp nhận"),
    "classify": _("Phân loại"),
    "accept": _("Thụ lý"),
    "refuse": _("Từ chối thụ lý"),
    "guide": _("Hướng dẫn"),
    "forward": _("Chuyển đơn"),
    "urge": _("Đôn đốc"),
    "return": _("Trả lại đơn"),
    "file": _("Lưu đơn"),
    "reply": _("Ghi văn bản phúc đáp"),
    "notify": _("Thông báo cho người gửi"),
    "verify": _("Bắt đầu xác minh"),
    "extend": _("Gia hạn"),
    "invite": _("Mời đối thoại"),
    "hold_dialogue": _("Ghi buổi đối thoại"),
    "decide": _("Kết luận, quyết định"),
    "send": _("Gửi kết quả"),
    "publish": _("Công khai kết quả"),
    "answer": _("Trả lời"),
    "close": _("Kết thúc"),
    "reopen": _("Mở lại"),
    "suspend": _("Tạm đình chỉ"),
    "resume": _("Tiếp tục giải quyết"),
    "stop": _("Đình chỉ"),
    "withdraw": _("Rút đơn"),
    "retract": _("Xin rút tố cáo"),
    "use": _("Chuyển dùng để thanh tra, kiểm tra"),
    "turn": _("Xác định là tố cáo"),
    "succeed": _("Chuyển đơn vị kế tục"),
}
# With the acts that stand in the journal and are no step of the law.
ACT_WORDS = {
    **STEP_WORDS,
    "registered": _("Tiếp nhận"),
    "taken_in": _("Đủ điều kiện, thuộc thẩm quyền: thụ lý"),
    "split": _("Tách đơn"),
    "turned": _("Xác định là tố cáo"),
    "claimed": _("Nhận xử lý"),
    "released": _("Thôi nhận xử lý"),
    "shown": _("Đưa lên danh sách công khai"),
    "hidden": _("Gỡ khỏi danh sách công khai"),
    "handed_over": _("Chuyển đến nơi khác"),
    "succeeded": _("Chuyển đơn vị kế tục"),
    "withdraw_by_sender": _("Người gửi rút đơn"),
    "reopen_by_sender": _("Người gửi báo chưa được giải quyết"),
    "close_by_sender": _("Người gửi xác nhận đã giải quyết"),
    "retract_by_sender": _("Người tố cáo xin rút"),
    "signers_added": _("Thêm người cùng ký"),
    "complained_again": _("Người gửi khiếu nại lần hai"),
    "booked": _("Đặt lịch"),
    "changed": _("Đổi ngày"),
    "cancelled": _("Hủy lịch hẹn"),
    "came": _("Đã đến"),
    "absent": _("Không đến"),
    "received": _("Ghi lượt tiếp"),
    "calls_imported": _("Nhập cuộc gọi của đường dây nóng"),
    "calls_queued": _("Xếp hàng nhập cuộc gọi của đường dây nóng"),
}
