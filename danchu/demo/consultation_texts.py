"""What the illustrative consultations of one ward ask, and what people say to it."""

from typing import NamedTuple

Answer = tuple[str, str, str]  # the result, the words, the passage that was changed


class Topic(NamedTuple):
    """A matter with its draft, a paragraph a line; `words` are what people say, by the number of
    the paragraph, 0 for the whole; the answers are given in turn.
    """

    title: str
    matter: int
    content: str
    groups: str
    words: dict[int, tuple[str, ...]]
    answers: tuple[Answer, ...]
    summary: str = ""


ROAD = Topic(
    title="Mở rộng đường liên tổ dân phố",
    matter=3,
    content="""Mở rộng đường liên tổ từ nhà văn hóa đến trường tiểu học, mặt đường rộng năm mét.
Mỗi hộ hai bên đường hiến dải đất rộng nửa mét, phường xây lại tường rào.
Thi công ban ngày, từ tháng sau lễ Vu Lan, xong trước Tết.
Giữ hàng cây cũ bên phía nhà văn hóa.""",
    groups="Hộ hai bên đường\nPhụ huynh học sinh\nNgười cao tuổi",
    words={
        1: (
            "Đường rộng năm mét là hợp lý",
            "Chỉ nên rộng bốn mét, ngõ đông trẻ nhỏ",
            "Nên có vỉa hè",
            "Mặt đường phải cao hơn cống để khỏi ngập",
        ),
        2: (
            "Xin đo lại đất trước khi hiến",
            "Đề nghị đền bù tường rào",
            "Gia đình đồng ý hiến đất",
            "Nhà tôi mặt tiền hẹp, xin hiến ba mươi phân",
        ),
        3: (
            "Xin làm ban đêm ít để trẻ ngủ",
            "Nên làm từng đoạn cho dễ đi",
            "Làm nhanh trước Tết",
            "Giờ tan trường phải dừng máy",
        ),
        4: (
            "Phải giữ hàng cây",
            "Cây sát đường dễ đổ, nên trồng cây khác",
            "Giữ cây, nắn đường",
            "Giữ hai cây bàng, thay ba cây sấu đã mục",
        ),
        0: (
            "Ủng hộ chủ trương",
            "Nên hỏi thêm các hộ ở xa",
            "Công khai kinh phí cho dân biết",
            "Lập ban giám sát có người của tổ",
        ),
    },
    answers=(
        ("accepted", "Phường sửa theo ý kiến này.", "Đoạn 1"),
        ("partly", "Phường tiếp thu một phần, phần còn lại vượt kinh phí.", "Đoạn 2"),
        ("declined", "Trái quy hoạch giao thông đã duyệt.", ""),
    ),
)
LATER_ROAD = ROAD.content.replace("năm mét", "bốn mét rưỡi")
NAMES = Topic(
    title="Đặt tên hai tuyến phố mới",
    matter=5,
    content="""Tuyến từ cổng chợ đến bờ hồ, dài 320 mét, đặt tên phố Bến Nứa.
Tuyến từ trường tiểu học đến khu nhà ở mới, dài 450 mét, đặt tên phố Cầu Gỗ Mới.
Gắn biển tên phố và số nhà trong quý IV; đổi địa chỉ trên giấy tờ không thu phí.""",
    groups="Hộ ở hai tuyến phố\nHộ kinh doanh quanh chợ\nNgười cao tuổi",
    words={
        1: (
            "Tên Bến Nứa đúng với chuyện cũ ở đây",
            "Xin đặt theo tên ngôi đình đầu tuyến",
            "Bến Nứa dễ nhầm với bến xe",
        ),
        2: (
            "Cầu Gỗ Mới dài, nên tìm tên ngắn hơn",
            "Nên đặt tên một danh nhân quê ở phường",
            "Đồng ý với tên của tuyến thứ hai",
        ),
        3: (
            "Mong đổi giấy tờ tại nhà văn hóa cho các cụ",
            "Số nhà nên đánh liền từ phía chợ",
            "Gắn biển có cả tên cũ một năm cho khách dễ tìm",
        ),
        0: (
            "Đồng ý cả hai tên",
            "Nên để các hộ bỏ phiếu chọn tên",
            "Không cần đặt tên, giữ số ngõ",
        ),
    },
    answers=(
        ("accepted", "Phường ghi vào tờ trình gửi thành phố.", "Đoạn 3"),
        ("partly", "Phường nêu cả hai tên trong tờ trình để thành phố chọn.", "Đoạn 1"),
        ("declined", "Tên ấy đã đặt cho một phố khác của thành phố.", ""),
    ),
    summary=(
        "Đã hỏi các hộ ở hai tuyến phố; 40 ý kiến, đều được trả lời. Tiếp thu việc đổi giấy tờ tại "
        "nhà văn hóa và biển ghi cả tên cũ; nêu cả hai tên cho tuyến thứ nhất; không tiếp thu tên "
        "đã có ở phố khác."
    ),
)
WASTE = Topic(
    title="Điểm tập kết rác của phường",
    matter=5,
    content="""Bỏ ba điểm để xe rác ở đầu ngõ 5, ngõ 9 và cạnh trường mầm non.
Lập một điểm tập kết có mái, rửa xe, ở khu đất sau trạm điện.
Xe lấy rác hai lần một ngày, trước 6 giờ sáng và sau 20 giờ.""",
    groups="Hộ quanh điểm để xe rác\nHộ quanh khu đất sau trạm điện\nĐội thu gom rác",
    words={
        1: ("Bỏ điểm ở ngõ 9 ngay, mùi vào tận nhà", "Phụ huynh mong bỏ điểm cạnh trường trước"),
        2: (
            "Sau trạm điện gần nhà tôi quá, xin trồng cây chắn",
            "Điểm mới phải có chỗ rửa xe và rãnh thoát",
            "Khu đất ấy đã hứa làm sân chơi",
        ),
        3: ("Sau 20 giờ còn đông người đi dạo, nên 21 giờ", "Giờ lấy rác nên báo bằng loa như cũ"),
        0: ("Đồng ý phương án của phường", "Nên thử ba tháng rồi hỏi lại"),
    },
    answers=(("partly", "Phường thử ba tháng, trồng cây chắn rồi hỏi lại.", "Đoạn 2"),),
)
WALKING = Topic(
    title="Tuyến phố đi bộ tối thứ sáu",
    matter=5,
    content="""Cấm xe từ 19 giờ đến 23 giờ tối thứ sáu trên đoạn từ bờ hồ đến ngã tư.
Hộ ở trong đoạn được phát thẻ đưa xe máy tắt máy vào nhà.
Loa, nhạc dừng lúc 22 giờ.""",
    groups="Hộ trong đoạn phố\nHộ kinh doanh\nHộ có người cao tuổi, trẻ nhỏ",
    words={
        1: ("Nên từ 20 giờ vì 19 giờ còn đón con", "Mở thêm tối thứ bảy thì buôn bán được hơn"),
        2: ("Mỗi hộ cần hai thẻ", "Xe cấp cứu, xe chữa cháy phải có lối vào"),
        3: ("Dừng nhạc lúc 22 giờ là vừa", "Nhà có người ốm, xin dừng lúc 21 giờ 30"),
        0: ("Ủng hộ phố đi bộ", "Lo chỗ gửi xe cho khách", "Không nên, phố hẹp mà đông"),
    },
    answers=(
        ("accepted", "Phường sửa giờ bắt đầu thành 20 giờ.", "Đoạn 1"),
        ("declined", "Mở thêm tối thứ bảy trái kế hoạch giao thông của thành phố.", ""),
    ),
    summary=(
        "Đã hỏi các hộ trong đoạn phố; 25 ý kiến, đều được trả lời. Tiếp thu giờ bắt đầu 20 giờ; "
        "không mở thêm tối thứ bảy."
    ),
)
ENDINGS = ("", ", vì người già đi lại nhiều", ", như tổ dân phố đã bàn", ", mong phường xem xét")
QUESTIONS = ("Ông (bà) có đồng ý mở rộng đường không?", "Có nên giữ hàng cây cũ không?")
STATED = "Nên cấm xe tải vào giờ học sinh tan trường."
NAMING = "Nhà ông Tám số 14 phải lùi tường trước mọi nhà khác."
WAITS = "Nên làm gờ giảm tốc ở hai đầu đoạn qua trường."
ADVERTISED = "Nhận thi công sân, tường rào trọn gói, giá rẻ, gọi là có mặt."
NOT_ASKED = "Ban quản lý chợ giữ giờ họp như cũ, nên không còn việc gì để hỏi dân."
