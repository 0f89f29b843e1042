"""The sentences that the scripts of the page of rounds show, in the reader's language."""

from django.utils.translation import gettext as _

from danchu.look.offline import words_of_waiting


def words():
    """{key: sentence}; the scripts fill the {placeholders}."""
    return words_of_waiting() | {
        "kept": _("Đã giữ trên máy lúc {at}."),
        "sending": _("Đang gửi…"),
        "sending_photo": _("Đang gửi ảnh {n}/{all}: {percent} %"),
        "open": _("Mở cuộc này"),
        "conflict": _("Trùng với cuộc khác: {message}"),
        "other": _("Xem cuộc kia: {day}, {title}"),
        "send_apart": _("Là cuộc khác, vẫn gửi"),
        "send_unplanned": _("Gửi không theo kế hoạch"),
        "drop_sure": _("Bỏ hẳn cuộc này khỏi máy? Nội dung chưa gửi sẽ mất."),
        "others": _(
            "Trên máy này còn {n} cuộc chưa gửi của tài khoản khác: chủ tài khoản ấy "
            "đăng nhập để gửi."
        ),
        "no_room": _("Máy không còn chỗ để giữ. Hãy gửi bớt hoặc bỏ bớt ảnh."),
        "photo_left": _("Bỏ ảnh"),
        "photo_of": _("Ảnh {n}: {name}"),
        "not_a_photo": _("Chỉ nhận ảnh JPEG hoặc PNG."),
        "point_wait": _("Đang tìm tọa độ…"),
        "point": _("Tọa độ: {lat}, {lon} (±{accuracy} m)"),
        "no_point": _("Máy không cho tọa độ. Hãy ghi địa điểm bằng chữ."),
        "point_off": _("Bỏ tọa độ"),
        "title": _("Chờ gửi"),
        "unnamed": _("(chưa ghi nội dung)"),
        "photos": _("{n} ảnh"),
        "file_name": _("cuoc-chua-gui"),
        "taken": _("Đã nhận {n} cuộc từ tệp."),
        "not_taken": _("Tệp này không phải là tệp cuộc chưa gửi do trang này lưu."),
    }
