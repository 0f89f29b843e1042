"""Texts of people whose topics and copies are known, made without anything of the room."""

from datetime import date, timedelta
from random import Random

OPENINGS = (
    "",
    "Kính gửi UBND xã. ",
    "Tôi đề nghị: ",
    "Gia đình tôi thấy ",
    "Theo tôi ",
    "Nói thật là ",
    "Thưa ông bà, ",
)
ENDINGS = (
    "",
    " Xin cảm ơn.",
    " Rất mong được xem xét.",
    " Đó là ý kiến của tôi.",
    " Trân trọng.",
    " Sớm cho dân biết kết quả.",
)
SUBJECTS = {
    "đường": (
        (
            "đường vào {place} hẹp",
            "mặt đường {place} nhiều ổ gà",
            "xe tải chạy qua {place} làm vỡ đường",
        ),
        (
            "cần mở rộng thêm {number} mét",
            "đổ lại bê tông trước mùa mưa",
            "cắm biển hạn chế tải trọng",
        ),
    ),
    "rác": (
        (
            "rác ở {place} để mấy ngày không thu gom",
            "điểm tập kết rác cạnh {place} bốc mùi",
            "thùng rác {place} thiếu",
        ),
        (
            "thu gom mỗi tuần {number} lần",
            "dời điểm tập kết đi xa khu dân cư",
            "phân loại rác ngay tại nhà",
        ),
    ),
    "trường": (
        (
            "lớp mầm non ở {place} quá đông trẻ",
            "sân trường {place} xuống cấp",
            "trường học {place} thiếu nhà vệ sinh",
        ),
        (
            "tuyển thêm {number} cô giáo",
            "xây thêm phòng học mới",
            "sửa mái tôn sân trường cho học sinh",
        ),
    ),
    "nước": (
        (
            "nước máy ở {place} yếu vào buổi chiều",
            "giếng khoan {place} bị nhiễm phèn",
            "bể lọc nước {place} hỏng",
        ),
        (
            "nối thêm {number} đường ống",
            "thay bể lọc và xét nghiệm nguồn nước",
            "cấp nước sạch cho các hộ cuối nguồn",
        ),
    ),
    "phí": (
        (
            "mức đóng góp quỹ ở {place} cao",
            "phí chợ {place} thu không có biên lai",
            "hộ nghèo {place} vẫn phải nộp quỹ",
        ),
        (
            "giảm xuống {number} nghìn đồng một hộ",
            "công khai sổ thu chi hằng quý",
            "miễn khoản đóng góp cho hộ nghèo",
        ),
    ),
}
PLACES = ("xóm Đông", "ngõ Hồng", "bến Cũ", "đồi Chè", "cầu Tre", "gò Me", "ao Sen", "chợ Mới")
BARE = str.maketrans(
    "àáạảãâầấậẩẫăằắặẳẵèéẹẻẽêềếệểễìíịỉĩòóọỏõôồốộổỗơờớợởỡùúụủũưừứựửữỳýỵỷỹđ",
    "a" * 17 + "e" * 11 + "i" * 5 + "o" * 17 + "u" * 11 + "y" * 5 + "d",
)


def of_topics(number, seed=3):
    """[(the topic of the text, the text)]: what is wrong somewhere and what should be done."""
    chance = Random(seed)
    rows = []
    for _row in range(number):
        topic = chance.choice(list(SUBJECTS))
        rows.append((topic, _worn(chance, _sentence(chance, topic))))
    return rows


def with_copies(sayings, seed=4):
    """[(number of what is said, place, day, text)]: each saying once to five times, as people write
    it again; sayings differ in what is asked, where, how many, or whether at all.
    """
    chance, said, rows = Random(seed), set(), []
    while len(said) < sayings:
        topic, number = chance.choice(list(SUBJECTS)), len(said)
        saying = _sentence(chance, topic)
        if saying in said:
            continue
        said.add(saying)
        place, day = chance.randrange(3), date(2026, 3, 1) + timedelta(chance.randrange(10))
        for _copy in range(chance.choice((1, 1, 2, 3, 5))):
            when = day + timedelta(chance.randrange(8))
            rows.append((number, place, when, _worn(chance, saying)))
    chance.shuffle(rows)
    return rows


def _sentence(chance, topic):
    wrong, asked = SUBJECTS[topic]
    doubts = chance.choice(("nên ", "nên ", "không nên "))
    text = f"{chance.choice(wrong)}, {doubts}{chance.choice(asked)}"
    return text.format(place=chance.choice(PLACES), number=chance.randrange(2, 60))


def _worn(chance, text):
    """The text as somebody types it: greetings, slips, missing diacritics, small letters."""
    letters = list(text)
    for _slip in range(chance.choice((0, 0, 1, 2))):
        at = chance.randrange(1, len(letters) - 1)
        if letters[at].isalpha() and letters[at - 1].isalpha():
            letters[at - 1], letters[at] = letters[at], letters[at - 1]
    text = f"{chance.choice(OPENINGS)}{''.join(letters)}{chance.choice(ENDINGS)}"
    if chance.random() < 0.3:
        text = text.lower().translate(BARE)
    return text.upper() if chance.random() < 0.05 else text
