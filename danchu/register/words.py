"""The names of numbers, forms, states and acts of events on pages and in files."""

from django.utils.translation import gettext_lazy as _

NUMBER_WORDS = {
    "participants": _("Số người dự"),
    "people": _("Số người được tiếp"),
    "opinions": _("Số ý kiến"),
    "opinions_accepted": _("Ý kiến được tiếp thu"),
    "recommended": _("Kiến nghị"),
    "accepted": _("Kiến nghị được tiếp thu"),
    "findings": _("Vụ việc phát hiện"),
    "resolved": _("Vụ việc, đơn đã giải quyết"),
    "matters_first": _("Vụ việc tiếp lần đầu"),
    "matters_repeat": _("Vụ việc tiếp nhiều lần"),
    "groups": _("Đoàn đông người"),
    "group_people": _("Số người trong các đoàn đông người"),
    "eligible": _("Đơn đủ điều kiện xử lý"),
    "competent": _("Đơn thuộc thẩm quyền"),
    "money": _("Số tiền kiến nghị thu hồi (đồng)"),
}

FORM_WORDS = {
    "conference": _("Hội nghị"),
    "written": _("Bằng văn bản"),
    "dialogue": _("Đối thoại trực tiếp"),
    "study": _("Nghiên cứu, xem xét văn bản"),
    "delegation": _("Đoàn giám sát"),
    "boards": _("Qua Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng"),
    "joint": _("Tham gia giám sát với cơ quan khác"),
    "periodic": _("Định kỳ"),
    "ad_hoc": _("Đột xuất"),
    "committee": _("Của cấp ủy"),
    "authority": _("Của Ủy ban nhân dân cấp xã với Nhân dân"),
    "directive": _("Chỉ thị, nghị quyết"),
    "plan": _("Kế hoạch"),
    "regulation": _("Quy chế, quy định"),
    "guidance": _("Hướng dẫn"),
    "investment": _("Giám sát đầu tư của cộng đồng"),
    "online": _("Trực tuyến"),
    "on_site": _("Trực tiếp"),
    "regular": _("Thường xuyên"),
    "complaint": _("Khiếu nại"),
    "denunciation": _("Tố cáo"),
    "feedback": _("Kiến nghị, phản ánh"),
}

STATE_WORDS = {
    "draft": _("Bản nháp"),
    "confirmed": _("Đã xác nhận"),
    "superseded": _("Đã được đính chính"),
    "withdrawn": _("Đã rút"),
}

# The names of journal acts on an event or a statement.
ACT_WORDS = {
    "drafted": _("Đã ghi nháp"),
    "edited": _("Đã sửa bản nháp"),
    "discarded": _("Đã bỏ bản nháp"),
    "confirmed": _("Đã xác nhận"),
    "corrected": _("Đã đính chính"),
    "withdrawn": _("Đã rút"),
    "attached": _("Đã đính kèm tệp"),
    "detached": _("Đã bỏ tệp"),
    "imported": _("Đã nhập từ tệp"),
}


def note_for(event, actor):
    """The event's note, "" for an actor without a right to view it: it may name people."""
    return event.note if actor.may("view", event.kind, event.unit) else ""
