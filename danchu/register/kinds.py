"""The kinds of events: their forms, numbers and parts, the bodies that record them, and whether the
public may read the rows.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _


@dataclass(frozen=True)
class Kind:
    """`bodies`: the kinds of body that usually record it, the most usual first. `parts`: the roles
    its parts may have. `law`: the article it rests on, "" for none.
    """

    key: str
    vi: str
    en: str
    numbers: tuple
    forms: tuple = ()
    public: bool = True
    law: str = ""
    bodies: tuple = ("peoples_committee",)
    parts: tuple = ()


FRONT = ("fatherland_front", "socio_political_org")
AUTHORITIES = ("peoples_committee", "party_committee", "fatherland_front", "agency")
STEERING = ("steering_committee", "standing_body")
# Rounds of investment boards have the form "investment", so that their numbers are counted apart.
ROUND, INVESTMENT_FORM = "inspection_round", "investment"
BOARDS = ("peoples_inspection_board", "pib_agency", "pib_enterprise", "investment_board")

_KINDS = (
    Kind(
        "critique",
        "Phản biện xã hội",
        "Social critique",
        ("participants", "opinions", "opinions_accepted"),
        ("conference", "written", "dialogue"),
        law=_("QĐ 217-QĐ/TW; Luật MTTQ Điều 34"),
        bodies=FRONT,
    ),
    Kind(
        "opinion_conference",
        "Hội nghị góp ý",
        "Opinion conference",
        ("participants", "opinions", "opinions_accepted"),
        law=_("QĐ 218-QĐ/TW"),
        bodies=FRONT,
    ),
    Kind(
        "supervision_217",
        "Giám sát theo Quyết định 217",
        "Supervision under Decision 217",
        ("participants", "recommended", "accepted"),
        ("study", "delegation", "boards", "joint"),
        law=_("QĐ 217-QĐ/TW"),
        bodies=FRONT,
        parts=("inspected",),
    ),
    Kind(
        "dialogue",
        "Đối thoại của người đứng đầu",
        "Dialogue of a leader",
        ("participants", "opinions", "opinions_accepted"),
        ("periodic", "ad_hoc", "committee", "authority"),
        law=_("Luật 10/2022 Điều 32"),
        bodies=AUTHORITIES,
    ),
    Kind(
        "communication",
        "Hội nghị tuyên truyền, quán triệt",
        "Communication conference",
        ("participants",),
        bodies=AUTHORITIES,
    ),
    Kind("training", "Lớp tập huấn", "Training class", ("participants",), bodies=AUTHORITIES),
    Kind(
        "document",
        "Văn bản ban hành",
        "Document issued",
        (),
        ("directive", "plan", "regulation", "guidance"),
        bodies=(*AUTHORITIES, *STEERING),
        parts=("recipient",),
    ),
    Kind(
        "steering_inspection",
        "Kiểm tra của Ban Chỉ đạo",
        "Inspection by the steering committee",
        ("findings", "resolved"),
        bodies=STEERING,
        parts=("inspected",),
    ),
    Kind(
        "conference",
        "Hội nghị tại các điểm cầu",
        "Conference at bridge points",
        ("participants",),
        ("online", "on_site"),
        bodies=(*AUTHORITIES, *STEERING),
        parts=("bridge_point",),
    ),
    Kind(
        "emulation_launch",
        "Phát động thi đua",
        "Emulation launch",
        ("participants",),
        bodies=AUTHORITIES,
    ),
    Kind(
        "pledge",
        "Giao ước thi đua",
        "Emulation pledge",
        ("participants",),
        bodies=AUTHORITIES,
        parts=("pledger",),
    ),
    Kind(
        "reception",
        "Tiếp công dân",
        "Citizen reception",
        ("participants", "people", "matters_first", "matters_repeat", "groups", "group_people"),
        ("regular", "periodic", "ad_hoc"),
        public=False,
        law=_("Luật Tiếp công dân 42/2013/QH13"),
        bodies=("peoples_committee", "agency", "party_committee"),
    ),
    Kind(
        "petition",
        "Đơn thư",
        "Petition",
        ("eligible", "competent", "resolved"),
        ("complaint", "denunciation", "feedback"),
        public=False,
        law=_("Luật Khiếu nại; Luật Tố cáo"),
        bodies=("peoples_committee", "agency", "party_committee"),
    ),
    Kind(
        "inspection_round",
        "Cuộc giám sát của Ban Thanh tra nhân dân",
        "Round of a People's Inspection Board",
        ("participants", "findings", "recommended", "resolved", "money"),
        ("investment",),
        law=_("Luật 10/2022 Điều 38"),
        bodies=BOARDS,
    ),
)
KINDS = {kind.key: kind for kind in _KINDS}
# (part, whole): the first number is never larger than the second.
WITHIN = (
    ("resolved", "findings"),
    ("resolved", "competent"),
    ("opinions_accepted", "opinions"),
    ("accepted", "recommended"),
)
