"""The accounts of a demo: one for each office that it shows, at real units, with invented names."""

from datetime import date

PASSWORD = "thuc-hanh-2026"
SINCE = date(2025, 7, 1)
# (address, name, kind of office, code of the unit on SINCE, description on the terminal)
STAFF = (
    (
        "congchuc@hoankiem.example",
        "Nguyễn Thị Hạnh",
        "commune_clerk",
        "00070",
        "công chức UBND phường Hoàn Kiếm: ghi, nhập tệp",
    ),
    (
        "chutich@hoankiem.example",
        "Trần Văn Bình",
        "committee_chair",
        "00070",
        "Chủ tịch UBND phường Hoàn Kiếm: xác nhận, đính chính",
    ),
    (
        "mattran@hoankiem.example",
        "Lê Thu Hà",
        "front_clerk",
        "00070",
        "cán bộ Mặt trận phường Hoàn Kiếm",
    ),
    (
        "chutichmattran@hoankiem.example",
        "Đỗ Minh Châu",
        "front_chair",
        "00070",
        "Chủ tịch Mặt trận phường Hoàn Kiếm: xác nhận kiến nghị của Ban",
    ),
    (
        "thanhtra@hoankiem.example",
        "Phạm Đức Thịnh",
        "inspection_head",
        "00070",
        "Trưởng Ban Thanh tra nhân dân phường Hoàn Kiếm",
    ),
    (
        "tiepdan@hoankiem.example",
        "Vũ Thị Ngọc",
        "petition_officer",
        "00070",
        "công chức tiếp công dân phường Hoàn Kiếm: đơn thư, sổ tiếp công dân",
    ),
    (
        "chanhthanhtra@hanoi.example",
        "Ngô Quang Huy",
        "inspectorate_chief",
        "01",
        "Chánh Thanh tra Hà Nội: người thứ hai mở két danh tính",
    ),
    (
        "bcd@hanoi.example",
        "Đỗ Minh Quân",
        "steering_officer",
        "01",
        "giúp việc Ban Chỉ đạo TP Hà Nội: xem tất cả, lập và khóa báo cáo",
    ),
    (
        "tonghop@tphcm.example",
        "Võ Ngọc Lan",
        "province_reporter",
        "79",
        "cán bộ tổng hợp TP Hồ Chí Minh",
    ),
    (
        "kiemtoan@demo.example",
        "Hoàng Anh Tuấn",
        "auditor",
        "",
        "kiểm toán: xem và đối chiếu nhật ký",
    ),
    ("quantri@demo.example", "Bùi Thanh Sơn", "operator", "", "quản trị hệ thống: mọi việc"),
)
ACCOUNTS = [(address, description) for address, _name, _office, _code, description in STAFF]
