"""What Hà Nội's published report counts from 2021 to 12/12/2023: the rows that the demo spreads
over these days, and the numbers they add up to.
"""

from datetime import date

LAST = date(2023, 12, 12)
INSPECTION = "steering_inspection"
# kind, form, rows, first day, level of the recording unit, {number: total over all rows}
HA_NOI = (
    (
        "critique",
        "conference",
        2480,
        date(2021, 1, 4),
        "commune",
        {"participants": 99200, "opinions": 12400, "opinions_accepted": 9300},
    ),
    (
        "opinion_conference",
        "",
        4215,
        date(2021, 1, 4),
        "commune",
        {"participants": 210750, "opinions": 53324, "opinions_accepted": 41012},
    ),
    (
        "supervision_217",
        "delegation",
        24624,
        date(2021, 1, 4),
        "commune",
        {"participants": 123120, "recommended": 18468, "accepted": 15710},
    ),
    (
        "dialogue",
        "periodic",
        1682,
        date(2021, 1, 4),
        "commune",
        {"participants": 134560, "opinions": 16820, "opinions_accepted": 14297},
    ),
    (
        "reception",
        "regular",
        3920,
        date(2022, 1, 4),
        "commune",
        {"participants": 6694, "people": 7312, "matters_first": 5400, "matters_repeat": 1294},
    ),
    ("inspection_round", "", 12567, date(2022, 1, 4), "commune", {"participants": 62835}),
    ("communication", "", 1830, date(2021, 1, 4), "commune", {"participants": 164700}),
    ("training", "", 412, date(2021, 1, 4), "district", {"participants": 28840}),
    ("document", "plan", 655, date(2021, 1, 4), "district", {}),
    ("steering_inspection", "", 148, date(2021, 1, 4), "district", {}),
    ("emulation_launch", "", 36, date(2021, 6, 1), "district", {"participants": 7200}),
)
# Records with files of their own: (first day, last day, petitions, eligible, competent, resolved,
# violations found, violations resolved).
FILES = (date(2022, 1, 4), LAST, (5079, 4622, 3907, 3471, 1566, 1446))
