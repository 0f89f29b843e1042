"""The titles of illustrative events, by kind; the place and "illustrative" are appended."""

TOPICS = {
    "critique": (
        "Phản biện dự thảo đề án chỉnh trang đô thị",
        "Phản biện dự thảo quy định hỗ trợ giáo dục mầm non",
        "Phản biện dự thảo kế hoạch phát triển kinh tế – xã hội",
    ),
    "opinion_conference": (
        "Góp ý dự thảo báo cáo của cấp ủy",
        "Góp ý việc thực hiện nếp sống văn minh",
        "Góp ý về tinh thần phục vụ của cán bộ",
    ),
    "supervision_217": (
        "Giám sát việc thu, chi các quỹ",
        "Giám sát việc cấp giấy chứng nhận quyền sử dụng đất",
        "Giám sát an toàn thực phẩm",
        "Giám sát việc hỗ trợ hộ nghèo",
        "Giám sát thu gom rác thải",
        "Giám sát việc giải quyết đơn thư",
    ),
    "dialogue": (
        "Đối thoại về vệ sinh môi trường",
        "Đối thoại về quản lý trật tự xây dựng",
        "Đối thoại về cải cách thủ tục hành chính",
    ),
    "communication": ("Quán triệt Luật Thực hiện dân chủ ở cơ sở", "Tuyên truyền quy chế dân chủ"),
    "training": ("Tập huấn công tác dân chủ ở cơ sở", "Bồi dưỡng nghiệp vụ Ban Thanh tra nhân dân"),
    "document": ("Kế hoạch thực hiện dân chủ ở cơ sở", "Kế hoạch kiểm tra việc thực hiện dân chủ"),
    "steering_inspection": ("Kiểm tra việc thực hiện quy chế dân chủ",),
    "emulation_launch": ("Phát động thi đua “Dân vận khéo”",),
    "reception": ("Tiếp công dân thường xuyên",),
    "petition": (
        "Đơn kiến nghị về hạ tầng ngõ xóm",
        "Đơn phản ánh về môi trường",
        "Đơn kiến nghị về đất đai",
    ),
    "inspection_round": (
        "Giám sát công trình đường giao thông",
        "Giám sát xây dựng nhà văn hóa",
        "Giám sát thu chi đóng góp của Nhân dân",
        "Giám sát việc quản lý chợ",
    ),
}
