"""The columns that are read of the export of a city hot-line."""

from django.utils.translation import gettext_lazy

from danchu.register.imports.tables import Column

COLUMNS = (
    Column(
        "number",
        gettext_lazy("Mã phản ánh"),
        gettext_lazy("Số của cuộc gọi ở đường dây nóng; nhờ đó nhập lại không thành hai đơn."),
        "HN-2026-000123",
        True,
    ),
    Column(
        "called_at",
        gettext_lazy("Thời gian"),
        gettext_lazy("Ngày giờ gọi. Chỉ ghi ngày thì không tính được lời hứa theo giờ, phút."),
        "05/11/2026 14:30",
        True,
    ),
    Column(
        "matter",
        gettext_lazy("Lĩnh vực"),
        gettext_lazy("Tên nội dung đơn, hoặc tên mà đường dây nóng dùng."),
        gettext_lazy("Vệ sinh môi trường, rác thải"),
        True,
    ),
    Column(
        "place",
        gettext_lazy("Nơi xảy ra"),
        gettext_lazy("Tên hoặc mã xã, phường; tên cũ cũng được."),
        "00004",
        True,
    ),
    Column("spot", gettext_lazy("Địa chỉ sự việc"), gettext_lazy("Chỗ cụ thể; có thể để trống.")),
    Column(
        "content",
        gettext_lazy("Nội dung phản ánh"),
        gettext_lazy("Điều người gọi nói."),
        gettext_lazy("Rác ở đầu ngõ ba ngày chưa được thu gom."),
        True,
    ),
    Column(
        "title",
        gettext_lazy("Tóm tắt"),
        gettext_lazy("Không ghi tên người. Để trống thì là lĩnh vực và mã phản ánh."),
    ),
    Column("name", gettext_lazy("Người gọi"), gettext_lazy("Chỉ khi người gọi cho biết tên.")),
    Column("phone", gettext_lazy("Điện thoại"), gettext_lazy("Chỉ khi cần gọi lại.")),
    Column(
        "urgency",
        gettext_lazy("Mức độ"),
        gettext_lazy("Khẩn hoặc Thường; để trống là thường."),
        gettext_lazy("Thường"),
    ),
    Column(
        "kind",
        gettext_lazy("Loại"),
        gettext_lazy("Khiếu nại, tố cáo không nhập ở đây."),
        gettext_lazy("Phản ánh"),
    ),
    Column(
        "forwarded_to",
        gettext_lazy("Chuyển đến"),
        gettext_lazy("Cơ quan mà đường dây nóng đã chuyển; có thể để trống."),
    ),
    Column(
        "state",
        gettext_lazy("Trạng thái"),
        gettext_lazy("Mới, Đang xử lý, Đã trả lời, Đã kết thúc; để trống là mới."),
        gettext_lazy("Mới"),
    ),
    Column(
        "answered_on",
        gettext_lazy("Ngày trả lời"),
        gettext_lazy("Cần khi trạng thái là đã trả lời."),
    ),
    Column(
        "answer",
        gettext_lazy("Nội dung trả lời"),
        gettext_lazy("Cần khi trạng thái là đã trả lời."),
    ),
)
