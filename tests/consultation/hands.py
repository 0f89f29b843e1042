"""Opinions as many hands write them down, with what is truly the same known. The words, the ways in
which a text is worn and the near misses are made here alone: nothing of the room is used.

`opinions(seed)` gives (number of what is said, text). Two texts of one number say the same: typed
badly, without marks, with other politeness, with a word more or less, with abbreviations. Texts of
two numbers never do, though many differ in one thing only: a place, an amount, who, or "not".
"""

import unicodedata
from random import Random

FRAMES = (
    "{who} {stance} {act} {thing} {where}{extra}",
    "{thing} {where} {state}, {who} {stance} {act}{extra}",
    "{stance} {act} {thing} {where} vì {state}{extra}",
)
WHO = ("bà con", "nhiều hộ dân", "các cháu thiếu nhi", "người cao tuổi", "hội viên phụ nữ")
STANCES = (
    ("đề nghị", "không tán thành việc"),
    ("mong muốn", "chưa đồng ý"),
    ("ủng hộ", "phản đối"),
)
THINGS = {
    "cột đèn chiếu sáng": (
        ("thay bóng", "lắp thêm", "di chuyển", "sửa chữa"),
        ("tắt suốt tuần nay", "nghiêng sắp đổ", "sáng cả ban ngày"),
    ),
    "kênh tưới nội đồng": (
        ("nạo vét", "kiên cố hóa", "đắp lại bờ", "làm cống điều tiết"),
        ("bồi lắng nhiều năm", "sạt lở hai bên", "không đủ nước cho vụ chiêm"),
    ),
    "loa truyền thanh": (
        ("giảm âm lượng", "đổi giờ phát", "bổ sung cụm", "gỡ bỏ"),
        ("phát quá sớm", "rè không nghe rõ", "hỏng từ tháng trước"),
    ),
    "trạm y tế": (
        ("tăng bác sĩ trực", "mua máy siêu âm", "mở thêm buổi khám", "xây tường rào"),
        ("thiếu thuốc huyết áp", "đóng cửa cuối tuần", "chật chội"),
    ),
    "bãi để xe": (
        ("thu hẹp", "trải đá dăm", "giao cho thanh niên quản lý", "lắp mái che"),
        ("lấn ra vỉa hè", "ngập sau mỗi trận mưa", "không có người trông"),
    ),
    "nghĩa trang nhân dân": (
        ("trồng cây xanh", "quy hoạch lại lối đi", "đóng cửa mai táng", "dựng nhà tang lễ"),
        ("quá tải", "sát khu dân cư", "trâu bò vào phá"),
    ),
}
WHERE = (
    "ở thôn Thượng",
    "ở thôn Trung",
    "đoạn qua đình làng",
    "khu Tân Lập",
    "phía sau trụ sở",
    "gần ngã ba Cây Gạo",
    "cuối xóm Bãi",
)
EXTRAS = (
    "",
    " trước ngày 30 tháng {month}",
    " với kinh phí {amount} triệu đồng",
    " và thu mỗi nhà {amount} nghìn",
    " trong {amount} ngày",
)
BEFORE = (
    "",
    "",
    "",
    "Em xin có ý kiến: ",
    "Kính thưa lãnh đạo phường, ",
    "Tôi tên là Hoa, ",
    "Alo, ",
    "Xin chào ạ. ",
    "Góp ý: ",
    "Dạ ",
)
AFTER = (
    "",
    "",
    "",
    " ạ",
    ", xin cám ơn nhiều.",
    " Kính mong lãnh đạo quan tâm.",
    "!!!",
    " Em cảm ơn ạ",
    " nhé.",
    " Mong sớm giải quyết",
)
SHORT = {
    "không": ("ko", "k", "hông"),
    "được": ("đc", "dc"),
    "đề nghị": ("đề nghi", "đn"),
    "và": ("&", "va"),
    "đồng": ("đ", "dong"),
    "trước": ("trc", "truoc"),
    "nhiều": ("nhìu", "nh"),
    "người": ("ng", "ngừi"),
}
FILLERS = ("rất", "thì", "là", "cũng", "đang", "lắm", "nữa", "luôn")
KEYS = {"a": "sq", "o": "ip", "n": "bm", "t": "ry", "h": "gj", "i": "uo", "c": "xv", "g": "fh"}


def opinions(seed, sayings=70):
    """[(number of what is said, text)] in any order."""
    chance = Random(seed)
    said = []
    while len(said) < sayings:
        one = _saying(chance)
        for saying in (one, *_near_misses(chance, one)):
            if saying not in said:
                said.append(saying)
    rows = []
    for number, saying in enumerate(said[:sayings]):
        for _copy in range(chance.choice((1, 1, 2, 3, 4))):
            rows.append((number, _by_a_hand(chance, _text(saying))))
    chance.shuffle(rows)
    return rows


def _saying(chance):
    thing = chance.choice(list(THINGS))
    acts, states = THINGS[thing]
    extra = chance.choice(EXTRAS)
    extra = extra.format(month=chance.randrange(1, 13), amount=chance.randrange(2, 95))
    return (
        chance.choice(FRAMES),
        ("who", chance.choice(WHO)),
        ("stance", chance.choice(STANCES)[chance.random() < 0.3]),
        ("act", chance.choice(acts)),
        ("thing", thing),
        ("where", chance.choice(WHERE)),
        ("state", chance.choice(states)),
        ("extra", extra),
    )


def _near_misses(chance, saying):
    """Zero to two sayings that differ from it in one part that matters."""
    values = dict(saying[1:])
    misses = []
    for part in chance.sample(("stance", "act", "where", "extra"), chance.choice((0, 1, 2))):
        if part == "stance":
            pair = next(pair for pair in STANCES if values["stance"] in pair)
            other = pair[1 - pair.index(values["stance"])]
        elif part == "act":
            other = chance.choice([a for a in THINGS[values["thing"]][0] if a != values["act"]])
        elif part == "where":
            other = chance.choice([one for one in WHERE if one != values["where"]])
        else:
            if not values["extra"]:
                continue
            digits = "".join(filter(str.isdigit, values["extra"].removeprefix(" trước ngày 30")))
            others = [str(n) for n in range(2, 95) if str(n) != digits]
            head, _, tail = values["extra"].rpartition(digits)
            other = f"{head}{chance.choice(others)}{tail}"
        misses.append((saying[0], *((n, other if n == part else v) for n, v in saying[1:])))
    return misses


def _text(saying):
    return saying[0].format(**dict(saying[1:]))


def _by_a_hand(chance, text):
    """The text as one hand writes it."""
    words = text.split()
    if chance.random() < 0.35:
        words.insert(chance.randrange(1, len(words)), chance.choice(FILLERS))
    text = " ".join(words)
    if chance.random() < 0.3:
        for word, shorts in chance.sample(sorted(SHORT.items()), 3):
            text = text.replace(f" {word} ", f" {chance.choice(shorts)} ")
    for _slip in range(chance.choice((0, 0, 0, 1, 1, 2))):
        text = _slipped(chance, text)
    text = f"{chance.choice(BEFORE)}{text}{chance.choice(AFTER)}"
    if chance.random() < 0.35:
        text = _unmarked(text)
    return {0: text.upper, 1: text.capitalize}.get(chance.randrange(12), lambda: text)()


def _slipped(chance, text):
    """A letter pressed beside its key, twice, or not at all; never in a number."""
    places = [place for place, letter in enumerate(text) if letter.isalpha()]
    at = chance.choice(places)
    letter = text[at]
    changed = chance.choice((letter * 2, "", chance.choice(KEYS.get(letter, letter * 2))))
    return text[:at] + changed + text[at + 1 :]


def _unmarked(text):
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(one for one in parts if not unicodedata.combining(one))
