"""People's Inspection Boards and investment supervision boards, as their rounds are recorded."""

from danchu.figures.catalogue import Ratio
from danchu.register.indicators.sources import bodies, events

# Rounds of inspection boards carry no form; those of investment boards have their own.
OF_INSPECTION = {"form": ""}
VIOLATIONS = events(
    "pib_violations",
    "E04",
    "Vụ việc vi phạm phát hiện",
    "Violations found",
    "inspection_round",
    "findings",
    ("vụ", "cases"),
    **OF_INSPECTION,
)
RECOMMENDED = events(
    "pib_violations_recommended",
    "E05",
    "Vụ việc kiến nghị",
    "Violations recommended for handling",
    "inspection_round",
    "recommended",
    ("vụ", "cases"),
    **OF_INSPECTION,
)
RESOLVED = events(
    "pib_violations_resolved",
    "E06",
    "Vụ việc được xem xét, giải quyết",
    "Violations resolved",
    "inspection_round",
    "resolved",
    ("vụ", "cases"),
    **OF_INSPECTION,
)
FIGURES = (
    bodies(
        "inspection_boards",
        "E01",
        "Ban Thanh tra nhân dân cấp xã",
        "People's Inspection Boards of communes",
        "peoples_inspection_board",
        ("ban", "boards"),
    ),
    bodies(
        "inspection_boards.agency",
        "E01",
        "Ban Thanh tra nhân dân ở cơ quan",
        "People's Inspection Boards of agencies",
        "pib_agency",
        ("ban", "boards"),
    ),
    bodies(
        "inspection_boards.enterprise",
        "E01",
        "Ban Thanh tra nhân dân ở doanh nghiệp nhà nước",
        "People's Inspection Boards of state enterprises",
        "pib_enterprise",
        ("ban", "boards"),
    ),
    events(
        "pib_supervisions",
        "E03",
        "Cuộc giám sát của Ban Thanh tra nhân dân",
        "Rounds of People's Inspection Boards",
        "inspection_round",
        **OF_INSPECTION,
    ),
    events(
        "investment_rounds",
        "E14",
        "Cuộc giám sát đầu tư của cộng đồng",
        "Rounds of investment boards",
        "inspection_round",
        form="investment",
    ),
    VIOLATIONS,
    RECOMMENDED,
    RESOLVED,
    Ratio(
        "pib_resolution_rate",
        "Tỷ lệ giải quyết (trên số phát hiện)",
        "Resolution rate (of violations found)",
        RESOLVED,
        VIOLATIONS,
        "E07",
    ),
    Ratio(
        "pib_resolution_rate_recommended",
        "Tỷ lệ giải quyết (trên số kiến nghị)",
        "Resolution rate (of those recommended)",
        RESOLVED,
        RECOMMENDED,
        "E07",
    ),
    events(
        "pib_money",
        "E09",
        "Tiền thu hồi qua kiến nghị",
        "Money recovered",
        "inspection_round",
        "money",
        ("đồng", "VND"),
        **OF_INSPECTION,
    ),
)
