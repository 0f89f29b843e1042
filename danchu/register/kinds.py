"""The kinds of events, their forms, the numbers each carries, and whether the public reads the rows."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    key: str
    vi: str
    en: str
    numbers: tuple
    forms: tuple = ()
    public: bool = True
    law: str = ""


_KINDS = (
    Kind("critique", "Phản biện xã hội", "Social critique", ("participants", "opinions", "opinions_accepted"),
         ("conference", "written", "dialogue"), law="QĐ 217-QĐ/TW; Luật MTTQ Điều 34"),
    Kind("opinion_conference", "Hội nghị góp ý", "Opinion conference", ("participants", "opinions", "opinions_accepted"),
         law="QĐ 218-QĐ/TW"),
    Kind("supervision_217", "Giám sát theo Quyết định 217", "Supervision under Decision 217",
         ("participants", "recommended", "accepted"), ("study", "delegation", "boards", "joint"), law="QĐ 217-QĐ/TW"),
    Kind("dialogue", "Đối thoại của người đứng đầu", "Dialogue of a leader",
         ("participants", "opinions", "opinions_accepted"), ("periodic", "ad_hoc", "committee", "authority"), law="Luật 10/2022 Điều 32"),
    Kind("communication", "Hội nghị tuyên truyền, quán triệt", "Communication conference", ("participants",)),
    Kind("training", "Lớp tập huấn", "Training class", ("participants",)),
    Kind("document", "Văn bản ban hành", "Document issued", (), ("directive", "plan", "regulation", "guidance")),
    Kind("steering_inspection", "Kiểm tra của Ban Chỉ đạo", "Inspection by the steering committee", ("findings", "resolved")),
    Kind("conference", "Hội nghị tại các điểm cầu", "Conference at bridge points", ("participants",), ("online", "on_site")),
    Kind("emulation_launch", "Phát động thi đua", "Emulation launch", ("participants",)),
    Kind("pledge", "Giao ước thi đua", "Emulation pledge", ("participants",)),
    Kind("reception", "Tiếp công dân", "Citizen reception",
         ("participants", "people", "matters_first", "matters_repeat", "groups", "group_people"),
         ("regular", "periodic", "ad_hoc"), public=False, law="Luật Tiếp công dân 42/2013/QH13"),
    Kind("petition", "Đơn thư", "Petition", ("eligible", "competent"),
         ("complaint", "denunciation", "feedback"), public=False, law="Luật Khiếu nại; Luật Tố cáo"),
    Kind("inspection_round", "Cuộc giám sát của Ban Thanh tra nhân dân", "Round of a People's Inspection Board",
         ("participants", "findings", "recommended", "resolved", "money"), law="Luật 10/2022 Điều 38"),
)  # fmt: skip
KINDS = {kind.key: kind for kind in _KINDS}
