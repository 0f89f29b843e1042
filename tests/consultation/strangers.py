"""Opinions told again by strangers: whole sentences with one part that may differ, put into a
telephone in the way of telephones. Same contract as `hands.opinions`, with nothing in common.
"""

from random import Random

# What people say; {0} is a part by which one saying differs from the next.
SENTENCES = (
    (
        "Chợ phiên nên họp vào {0} để bà con bán rau kịp buổi sáng",
        ("thứ ba", "thứ bảy", "chủ nhật"),
    ),
    ("Xe chở cát chạy qua cổng trường lúc {0} rất nguy hiểm cho học sinh", ("tan học", "vào lớp")),
    (
        "Tiền điện bơm nước chống úng chia theo {0} thì công bằng hơn",
        ("đầu sào", "đầu người", "hộ"),
    ),
    ("Đoạn đê từ kè đá đến {0} bị mối đục nhiều chỗ", ("trạm bơm", "cống Ba", "miếu Ông")),
    ("Lễ hội làng năm nay {0} tổ chức rước kiệu vì tốn kém", ("nên", "không nên")),
    ("Sân nhà văn hóa cần thêm {0} cho các cụ tập dưỡng sinh", ("ghế đá", "mái hiên", "quạt trần")),
    ("Hộ nuôi lợn xả thải xuống mương làm chết {0} của mấy nhà cuối nguồn", ("cá", "vịt", "lúa")),
    ("Đám cưới chỉ nên mở nhạc đến {0} giờ tối cho hàng xóm nghỉ", ("9", "10", "11")),
    ("Quỹ khuyến học xin giữ mức {0} nghìn một khẩu như năm ngoái", ("20", "30", "50")),
    (
        "Cây xà cừ trước {0} rễ đội nứt tường phải chặt sớm",
        ("đình", "trường tiểu học", "nhà bà Lan"),
    ),
    ("Người thuê trọ {0} đóng tiền vệ sinh như chủ nhà", ("phải", "không phải", "chưa phải")),
    ("Mỗi tổ cử {0} người canh đêm trong mùa thu hoạch", ("hai", "ba", "bốn")),
    ("Nghĩa vụ lao động công ích đề nghị đổi thành {0} cho ai đi làm xa", ("nộp tiền", "làm bù")),
    ("Cấm xe tải trên {0} tấn đi vào đường bê tông mới đổ", ("5", "8", "13")),
    ("Đất công cạnh ao làng {0} cho tư nhân thuê mở quán", ("được", "không được")),
    ("Wifi ở nhà văn hóa xin mở cho học sinh ôn thi đến hết tháng {0}", ("5", "6", "7")),
)
BEGIN = (
    "",
    "",
    "",
    "ý kiến cá nhân: ",
    "gửi tổ trưởng, ",
    "nhờ cán bộ ghi giúp ",
    "nhà cháu nghĩ ",
)
END = ("", "", "", " ạ!", " cảm ơn cán bộ", " thế thôi", " mong xã để tâm", " 🙏", "...")
TELEX = {"ă": "aw", "â": "aa", "đ": "dd", "ê": "ee", "ô": "oo", "ơ": "ow", "ư": "uw"}
SWAPS = (("không", "ko"), ("được", "đc"), ("với", "vs"), ("người", "ng"), ("trước", "trc"))


def opinions(seed):
    """[(number of what is said, text)] in any order."""
    chance, rows, number = Random(seed), [], 0
    for sentence, parts in SENTENCES:
        for part in parts:
            for _copy in range(chance.choice((1, 2, 2, 3, 5))):
                rows.append((number, _typed(chance, sentence.format(part))))
            number += 1
    chance.shuffle(rows)
    return rows


def _typed(chance, text):
    way = chance.randrange(6)
    if way == 0:  # another word of small weight
        text = text.replace(" để ", " cho ") if " để " in text else f"{text} luôn"
    elif way == 1:  # shortened words
        for long, short in SWAPS:
            text = text.replace(f" {long} ", f" {short} ")
    elif way == 2:  # two letters in the wrong order
        words = text.split()
        at = chance.choice([n for n, word in enumerate(words) if len(word) > 3 and word.isalpha()])
        word, cut = words[at], chance.randrange(1, len(words[at]) - 1)
        words[at] = word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :]
        text = " ".join(words)
    elif way == 3:  # the keyboard was off for one word
        words = text.split()
        at = chance.randrange(len(words))
        words[at] = "".join(TELEX.get(letter, letter) for letter in words[at])
        text = " ".join(words)
    elif way == 4:  # no blank behind a word, or two
        words = text.split()
        at = chance.randrange(1, len(words) - 1)
        gap = chance.choice(("", "  "))
        text = " ".join(words[:at]) + gap + " ".join(words[at:])
    text = f"{chance.choice(BEGIN)}{text}{chance.choice(END)}"
    return text.upper() if chance.random() < 0.1 else text
