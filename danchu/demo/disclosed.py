"""What the ward disclosed in its year, as rows: what, when, and what went wrong."""

BUDGET = "budget.execution"
# How a content was posted: "" as the law wants it, else what is missing or wrong.
WELL, NEVER, FRESH, LATE, SHORT, NO_HOUSE, NO_PORTAL, QUIET, STALE, GONE = (
    "",
    *("never", "fresh", "late", "short", "no_house", "no_portal", "quiet", "stale", "gone"),
)
# (item, title, number of the document, how many days ago, how it was posted, special law)
CONTENTS = (
    ("commune.4", "Quy chế thực hiện dân chủ ở phường", "01/2026/QC-UBND", 320, WELL, ""),
    ("commune.13", "Thủ tục hành chính do phường giải quyết", "12/QĐ-UBND", 318, WELL, ""),
    ("commune.2", "Dự toán ngân sách phường đã được quyết định", "85/NQ-HĐND", 310, WELL, ""),
    ("commune.1", "Kế hoạch phát triển kinh tế - xã hội của năm", "02/KH-UBND", 308, SHORT, ""),
    ("commune.9", "Danh sách công dân được gọi nhập ngũ", "07/TB-HĐNVQS", 290, WELL, ""),
    ("commune.7", "Kết quả rà soát hộ nghèo, hộ cận nghèo", "19/QĐ-UBND", 274, NO_HOUSE, ""),
    ("commune.12", "Mức thu giá dịch vụ thu gom rác", "23/TB-UBND", 262, QUIET, ""),
    ("commune.2", "Thực hiện dự toán ngân sách quý I", "31/BC-UBND", 238, WELL, BUDGET),
    ("commune.6", "Mua sắm thiết bị Bộ phận một cửa", "36/QĐ-UBND", 225, LATE, ""),
    ("commune.5", "Thu, chi Quỹ Đền ơn đáp nghĩa", "41/BC-UBND", 205, NO_PORTAL, ""),
    ("commune.3", "Chỉnh trang hè phố ngõ 5: tiến độ, nhà thầu", "44/TB-UBND", 190, WELL, ""),
    (
        *("commune.3", "Bồi thường, hỗ trợ khi thu hồi đất mở đường", "46/TB-UBND", 176),
        *(WELL, "land.compensation"),
    ),
    ("commune.10", "Kết luận kiểm tra trật tự xây dựng", "52/KL-UBND", 160, WELL, ""),
    (
        "commune.2",
        "Thực hiện ngân sách 6 tháng đầu năm",
        "58/BC-UBND",
        146,
        WELL,
        BUDGET,
    ),
    ("commune.1", "Kết quả kinh tế - xã hội 6 tháng đầu năm", "59/BC-UBND", 144, STALE, ""),
    ("commune.14", "Lịch tiếp công dân của Chủ tịch", "60/TB-UBND", 140, WELL, ""),
    ("commune.8", "Hỗ trợ hộ bị thiệt hại do bão: tiêu chí, kết quả", "64/QĐ-UBND", 96, WELL, ""),
    ("commune.11", "Tổng hợp, tiếp thu ý kiến về đặt tên phố", "66/BC-UBND", 88, WELL, ""),
    ("commune.13", "Thủ tục chứng thực, hộ tịch sửa đổi", "70/QĐ-UBND", 76, GONE, ""),
    ("commune.5", "Nhân dân đóng góp sửa nhà văn hóa", "73/TB-UBND", 40, NEVER, ""),
    ("commune.7", "Danh sách cấp thẻ bảo hiểm y tế", "75/QĐ-UBND", 24, WELL, ""),
    (
        "commune.2",
        "Thực hiện dự toán ngân sách quý III",
        "77/BC-UBND",
        20,
        WELL,
        BUDGET,
    ),
    ("commune.6", "Điều chuyển xe thu gom rác", "79/QĐ-UBND", 12, SHORT, ""),
    ("commune.10", "Kết quả lấy phiếu tín nhiệm", "80/TB-HĐND", 3, FRESH, ""),
)
# What is planned for the rest of the year: (item, title, forms beside those of the law)
PLANNED = (
    ("commune.2", "Dự toán ngân sách năm sau", ("conference",)),
    ("commune.1", "Kết quả kinh tế - xã hội cả năm", ("loudspeaker",)),
    ("commune.5", "Thu, chi các khoản Nhân dân đóng góp", ("organisations",)),
)
# (question, how many days ago, way, what became of it)
ASKED = (
    ("Xin bản dự toán ngân sách phường năm nay.", 2, "online", "answered"),
    ("Xin danh sách hộ được hỗ trợ sau bão ở tổ tôi.", 1, "person", "masked"),
    ("Xin hồ sơ tuyển dụng của một công chức.", 3, "post", "refused"),
    ("Xin số liệu đất công năm năm gần đây.", 1, "online", "prolonged"),
    ("Xin biên bản nghiệm thu hè phố ngõ 5.", 1, "online", "open"),
)
ANSWER = "Gửi ông (bà) thông tin đã hỏi; thông tin này đang được công khai trên cổng của phường."
RELIEF = (
    "Danh sách hộ được hỗ trợ sau bão",
    "Mức hỗ trợ mỗi hộ: 3.000.000 đồng, chi ngày 12 tháng 9.",
)
SEEN = "Bảng tin nhà văn hóa không có giấy này, chỉ có lịch tiêm chủng."
DENIED = "Đã kiểm tra cùng tổ trưởng: giấy ở tờ thứ ba từ bên trái, ảnh chụp kèm theo hồ sơ."
UPHELD = "Phản ánh đúng, giấy bị gió bay; phường đã niêm yết lại và xin lỗi bà con."
