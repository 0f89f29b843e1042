"""Supervision, critique and opinions of the Front, and delegates at bridge points."""

from danchu.figures.catalogue import Flow
from danchu.register.indicators.sources import OPINIONS, PARTS, events

SUPERVISIONS = events(
    "supervisions_217",
    "F01",
    "Cuộc giám sát theo Quyết định 217-QĐ/TW",
    "Supervisions under Decision 217",
    "supervision_217",
)
CRITIQUES = events(
    "critiques",
    "F03",
    "Cuộc phản biện xã hội (mọi hình thức)",
    "Social critiques (all forms)",
    "critique",
)
OPINIONS_GIVEN = events(
    "opinions",
    "F07",
    "Ý kiến góp ý xây dựng Đảng, chính quyền",
    "Opinions on Party and government",
    "opinion_conference",
    "opinions",
    OPINIONS,
)
FIGURES = (
    SUPERVISIONS,
    SUPERVISIONS.only(
        "study", "– nghiên cứu, xem xét văn bản", "– by document study", form="study"
    ),
    SUPERVISIONS.only("delegation", "– đoàn giám sát", "– by delegation", form="delegation"),
    SUPERVISIONS.only(
        "boards", "– qua Ban TTND, Ban GSĐTCCĐ", "– through people's boards", form="boards"
    ),
    SUPERVISIONS.only(
        "joint", "– tham gia giám sát cùng cơ quan", "– jointly with authorities", form="joint"
    ),
    events(
        "recommendations_217_accepted",
        "F02",
        "Kiến nghị sau giám sát được tiếp thu",
        "Recommendations accepted",
        "supervision_217",
        "accepted",
        ("kiến nghị", "recommendations"),
    ),
    CRITIQUES,
    CRITIQUES.only(
        "written", "– gửi dự thảo lấy ý kiến bằng văn bản", "– in writing", form="written"
    ),
    CRITIQUES.only("dialogue", "– đối thoại trực tiếp", "– by direct dialogue", form="dialogue"),
    events(
        "critique_opinions_accepted",
        "F05",
        "Ý kiến phản biện được tiếp thu",
        "Critique opinions accepted",
        "critique",
        "opinions_accepted",
        OPINIONS,
    ),
    events(
        "opinions_accepted",
        "F07",
        "Ý kiến góp ý được tiếp thu",
        "Opinions accepted",
        "opinion_conference",
        "opinions_accepted",
        OPINIONS,
    ),
    events(
        "recommendations_217",
        "F02",
        "Kiến nghị sau giám sát",
        "Recommendations after supervision",
        "supervision_217",
        "recommended",
        ("kiến nghị", "recommendations"),
    ),
    events(
        "critique_conferences",
        "F03",
        "Hội nghị phản biện",
        "Critique conferences",
        "critique",
        form="conference",
    ),
    events(
        "critique_opinions",
        "F05",
        "Ý kiến phản biện",
        "Critique opinions",
        "critique",
        "opinions",
        OPINIONS,
    ),
    events(
        "opinion_conferences",
        "F06",
        "Hội nghị góp ý xây dựng Đảng, chính quyền",
        "Opinion conferences",
        "opinion_conference",
    ),
    OPINIONS_GIVEN,
    Flow(
        "online_conference_delegates",
        "Đại biểu dự hội nghị trực tuyến tại các điểm cầu",
        "Delegates at bridge points",
        PARTS,
        {"role": "bridge_point"},
        "amount",
        ("đại biểu", "delegates"),
    ),
)
