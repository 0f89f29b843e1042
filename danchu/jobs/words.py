"""What jobs are called on pages."""

from django.utils.translation import gettext_lazy as _

TASK_WORDS = {
    "figures.release": _("Công bố số liệu năm đã khép"),
    "due_days.round": _("Rà hạn của việc phải làm"),
    "notices.send": _("Gửi thông báo đang chờ"),
    "journal.checkpoint": _("Công bố dấu kiểm hằng ngày của sổ nhật ký"),
    "jobs.tidy": _("Dọn hàng đợi"),
    "exports.write": _("Xuất danh sách ra tệp"),
    "exports.remove": _("Xóa tệp đã hết ngày giữ"),
    "desk.digests": _("Viết thư hằng ngày về việc đang chờ"),
    "following.letters": _("Viết thư cho người theo dõi"),
    "calls.take_in": _("Nhận cuộc gọi đường dây nóng thành đơn"),
    "copies.sweep": _("Dọn bản lưu của trang công khai"),
    "disclosures.forget": _("Xóa tên người đã yêu cầu cung cấp thông tin"),
    "villages.owe": _("Ghi hội nghị định kỳ, việc bầu mà thôn phải làm"),
    "bookings.forget": _("Xóa người đã hẹn tiếp công dân"),
    "disclosures.arise": _("Ghi nội dung phải công khai phát sinh từ hồ sơ"),
    "disclosures.calendar": _("Ghi nội dung phải công khai theo kế hoạch, hằng năm, hằng quý"),
    "disclosures.report": _("Viết báo cáo công khai gửi Hội đồng nhân dân"),
    "disclosures.lapse": _("Ghi phản ánh không thấy niêm yết đã quá hạn trả lời"),
    "consultations.work_out": _("Tìm nhóm ý kiến và chủ đề trong lấy ý kiến"),
    "consultations.move": _("Đưa lượt chọn mới vào các nhóm ý kiến"),
    "papers.sweep": _("Dọn kho tệp đính kèm"),
}


def task_words(name):
    """The name of a kind of job on pages; the key itself for an unknown one."""
    return str(TASK_WORDS.get(name, name))
