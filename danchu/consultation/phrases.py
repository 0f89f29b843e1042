"""How people write: shortened words, signs, phrases that say the same, openings, closings. What is
without marks here is compared with words without marks.
"""

import re

from danchu.consultation.courtesy import SHORTENED, SYLLABLE
from danchu.consultation.numerals import MONTHS

SHORT_FORMS = {
    **SHORTENED,
    "bs": "bac si",
    "ch": "chua",
    "ct": "chung toi",
    "dt": "dien thoai",
    "fai": "phai",
    "htx": "hop tac xa",
    "nc": "nuoc",
    "dg": "duong",
    "hs": "hoc sinh",
    "nvh": "nha van hoa",
    "sk": "suc khoe",
    "tdp": "to dan pho",
    "ub": "ubnd",
    "nhg": "nhung",
    "cko": "cho",
    "wa": "qua",
    "t": "toi",
    "z": "vay",
    "cg": "cung",
    "cug": "cung",
    "cv": "cong vien",
    "gt": "giao thong",
    "kp": "khu pho",
    "mk": "minh",
    "thcs": "trung hoc co so",
    "tyt": "tram y te",
    "nhug": "nhung",
    "phg": "phuong",
    "r": "roi",
    "thg": "thang",
    "trg": "truong",
}
NO_SYLLABLES = frozenset(word for word in SHORT_FORMS if not SYLLABLE.fullmatch(word))
_CLOCK = re.compile(r"(?<!\d)(\d\d?) ?(?:h|giờ|gio) ?(?:chiều|tối|chieu|toi)\b", re.I)
_MILLIONS = re.compile(r"(?<![\d.,])(\d{1,3})[.,](\d{1,2}) ?(?:triệu|trieu)\b", re.I)
SIGNS = [
    (re.compile("&"), " và "),
    (_CLOCK, lambda time: f"{int(time[1]) % 12 + 12} giờ"),
    (re.compile(r"(?<=\d) ?tr\b", re.I), " triệu"),
    (
        _MILLIONS,
        lambda amount: f"{int(amount[1]) * 10**6 + int(amount[2]) * 10 ** (6 - len(amount[2]))}",
    ),
    (re.compile(r"(?<=trăm |chục |mươi )k\b", re.I), "nghìn"),
    (re.compile(r"\bng\. ?(?=\d)", re.I), "ngõ "),
    (re.compile(r"\b(kp|tdp|tổ|xóm)(?=\d)", re.I), r"\1 "),
    (re.compile(r"\b[đd]\. ?(?=[^\W\d_])", re.I), "đường "),
    (re.compile(r"\bp\. ?(?=[^\W\d_])", re.I), "phường "),
    (re.compile(r"\btrường TH\b|\btrg TH\b"), "trường tiểu học"),
    (re.compile("%"), " phần trăm "),
    (re.compile(r"\b[đd]/n\b", re.I), "đề nghị"),
    (re.compile(r"\bc\. ?[ơo]n\b", re.I), "cảm ơn"),
    (re.compile(r"\bc/c\b", re.I), "chung cư"),
    (re.compile(r"\bk/n\b", re.I), "kiến nghị"),
    (re.compile(r"(?<![\d.,])0(?= [^\W\d])"), "không"),
]
READINGS = {
    "gắn": "lap",
    "hỏng": "hu",
    "rùi": "roi",
    "đừng": "khong",
    "hông": "khong",
    "chẳng": "khong",
    "ctôi": "chung toi",
    "nhưg": "nhung",
}
_SIDE = "dong (?:y|tinh)|nhat tri|ung ho(?! (?:quy|tien|\\d))|tan (?:thanh|dong)"
STANCE = re.compile(
    rf"(?P<no>\b(?:khong|chua|chang) )?\b(?:{_SIDE}|thong nhat)\b|\b(?P<against>phan doi)\b"
)
ASKS = re.compile(r"\b(?:de nghi|kien nghi|de xuat|mong|yeu cau|nen|xin(?! (?:cam|chan)))\b")
TAIL = re.compile(
    r" (?=(?:(?:(?:toi|em|chau|minh|con|chung toi) )?xin )?(?:chan thanh )?(?:cam on|tran trong)"
    r"|kinh chuc|chuc (?:cac|quy|anh|suc)|nguoi gui"
    r"|(?:rat |kinh )?mong (?:som|duoc|cac cap|ubnd|phuong|quy)\b)"
)
# Phrases that say the same in whatever opinion they stand.
PHRASES = [
    (re.compile(r"\b(?:uy ban nhan dan|uy ban)\b"), "ubnd"),
    (re.compile(r"\b(?:yeu cau|kien nghi|de xuat)\b"), "de nghi"),
    (re.compile(r"\b(?:khi|luc) nao\b"), "bao gio"),
    (re.compile(r"\bto dan pho\b"), "to"),
    (re.compile(r"\b(?:hem|kiet)\b"), "ngo"),
    (re.compile(r"\b(ngo|nha|to) so (?=\d)"), r"\1 "),
    (re.compile(r"\btruong th\b"), "truong tieu hoc"),
    (re.compile(r"\bxe hoi\b"), "o to"),
    (re.compile(r"\bi kien\b"), "y kien"),
    (re.compile(rf"(?<=\bthang )(?:{'|'.join(MONTHS)})\b"), lambda name: MONTHS[name[0]]),
    (re.compile(r"\bmat an toan\b"), "nguy hiem"),
    (re.compile(r"\b(?:gan|lap(?: dat)?)(?= (?:cam|camera|guong|den|wifi|bien|thung)\b)"), "lap"),
    (re.compile(r"\bcam(?= an ninh\b)|(?<=\blap )cam\b"), "camera"),
    (re.compile(r"\bxem lai\b|\bkiem tra(?: lai)?\b"), "kiem tra"),
    (re.compile(r"\bxu ly\b"), "giai quyet"),
    (re.compile(rf"\b(?:{_SIDE})(?: voi)?(?: (?:phuong an|chu truong|viec))?\b"), "dong y"),
    (re.compile(r"\bphan doi(?: viec)?\b"), "khong dong y"),
    (re.compile(r"\bkhong nen\b"), "khong"),
    (re.compile(r"^khong (?=ubnd\b|phuong\b|p\b|lanh dao\b|quy\b)"), "kinh gui "),
]
_WRITER = "toi|em|chau|minh|con|chung toi|gia dinh toi|ba con"
_ADDRESSED = (
    "(?:cac|quy|ban|anh chi|anh|chi|bac|co chu|ong ba|dong chi|can bo|lanh dao|cap|co quan"
    "|ubnd|phuong|xa|thon)"
)
# An answer that is asked for, and pardon, in whatever words.
ANSWER = re.compile(
    r"(?:xin|(?:rat |kinh )?mong)(?: \S+){0,3}"
    r" (?:tra loi|hoi am|phan hoi|quan tam|xem xet)(?: \S+){0,6}"
    r"|(?:co gi )?(?:sai sot|khong phai)(?: \S+){0,3} (?:bo qua|thong cam)"
)
# How people begin before they say what they mean.
OPENING = re.compile(
    rf"^(?:(?:(?:da |alo |kinh |xin )*(?:thua|gui|chao)(?: {_ADDRESSED})+"
    rf"|(?:{_WRITER}) ten(?: \S+){{2,4}}(?= xin )"
    rf"|thay mat(?: \S+){{1,6}}?(?= (?:{_WRITER}) xin|$)|theo (?:{_WRITER})(?: thay)?"
    rf"|(?:(?:{_WRITER}) )?(?:xin |duoc )*(?:co|neu|gop|dong gop|phat bieu|trinh bay)"
    r"(?: (?:mot so|mot vai|mot|vai))? y(?: kien)?(?: nhu sau)?"
    rf"|(?:(?:{_WRITER}) )?xin (?:phan anh|trinh bay)(?! (?:ve|voi))"
    rf"|y kien (?:cua )?(?:{_WRITER}))(?: la)?(?: |$))+"
)
