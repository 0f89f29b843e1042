"""Citizens received and their petitions."""

from danchu.figures.catalogue import Ratio
from danchu.register.indicators.sources import PEOPLE, events

RECEPTIONS = events(
    "reception_visitors",
    "G01",
    "Lượt người được tiếp công dân",
    "Visits received",
    "reception",
    "participants",
    PEOPLE,
    sensitive=True,
)
PETITIONS = events(
    "petitions_received",
    "G05",
    "Đơn tiếp nhận",
    "Petitions received",
    "petition",
    measure=("đơn", "petitions"),
    sensitive=True,
)
COMPETENT = events(
    "petitions_competent",
    "G07",
    "Đơn thuộc thẩm quyền",
    "Petitions within competence",
    "petition",
    "competent",
    ("đơn", "petitions"),
    sensitive=True,
)
SETTLED = events(
    "petitions_resolved",
    "G08",
    "Đơn đã giải quyết",
    "Petitions resolved",
    "petition",
    "resolved",
    ("đơn", "petitions"),
    sensitive=True,
)
FIGURES = (
    RECEPTIONS,
    RECEPTIONS.only("regular", "– thường xuyên", "– regular", form="regular"),
    RECEPTIONS.only(
        "periodic", "– định kỳ của người đứng đầu", "– periodic, by the head", form="periodic"
    ),
    RECEPTIONS.only("ad_hoc", "– đột xuất", "– ad hoc", form="ad_hoc"),
    *[
        events(f"reception_{column}", code, vi, en, "reception", column, measure, sensitive=True)
        for column, code, vi, en, measure in (
            ("people", "G02", "Số người được tiếp", "People received", ("người", "people")),
            (
                "matters_first",
                "G03",
                "Vụ việc tiếp lần đầu",
                "Matters heard for the first time",
                ("vụ", "matters"),
            ),
            (
                "matters_repeat",
                "G03",
                "Vụ việc tiếp nhiều lần",
                "Matters heard again",
                ("vụ", "matters"),
            ),
            ("groups", "G04", "Đoàn đông người", "Large groups", ("đoàn", "groups")),
            (
                "group_people",
                "G04",
                "Số người trong đoàn đông người",
                "People in large groups",
                ("người", "people"),
            ),
        )
    ],
    PETITIONS,
    events(
        "petitions_eligible",
        "G06",
        "Đơn đủ điều kiện xử lý",
        "Petitions eligible",
        "petition",
        "eligible",
        ("đơn", "petitions"),
        sensitive=True,
    ),
    *[
        PETITIONS.only(form, f"– {vi}", f"– {en}", form=form)
        for form, vi, en in (
            ("complaint", "khiếu nại", "complaints"),
            ("denunciation", "tố cáo", "denunciations"),
            ("feedback", "kiến nghị, phản ánh", "feedback"),
        )
    ],
    COMPETENT,
    SETTLED,
    Ratio(
        "petition_resolution_rate",
        "Tỷ lệ giải quyết đơn thuộc thẩm quyền (trên số đơn nhận trong kỳ)",
        "Petitions resolved (of those received within competence)",
        SETTLED,
        COMPETENT,
        "G09",
    ),
)
