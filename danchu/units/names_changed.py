"""Changes of names and kinds before and after the reform of 2025, with the days of their acts."""

import csv
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from danchu.kernel.days import parse_day, show_day

SOURCES = Path(__file__).parent / "sources"
# The sources are a snapshot of the eve of the reform. The last mergers of communes before it took
# effect on this day; they are not in the sources, so an earlier map may show a later state.
SNAPSHOT = date(2025, 1, 1)
# Why a successor of the same level may be older than the succession.
ABSORBED = "nhập vào đơn vị đang có"
HA_TAY_ENDED = date(2008, 8, 1)
HA_TAY_ACT = "15/2008/QH12"
HA_TAY_DECREE = (
    "Về việc điều chỉnh địa giới hành chính thành phố Hà Nội và một số tỉnh có liên quan",
    date(2008, 5, 29),
    "",
)
HUE_RENAMED = date(2025, 1, 1)
HUE_ACT = "175/2024/QH15"
HUE_DECREE = ("Về việc thành lập thành phố Huế trực thuộc trung ương", date(2024, 11, 30), "")

# A line of a source: {column: text}.
Line = dict[str, str]


def read(name: str) -> list[Line]:
    """The lines of a file in `sources/`."""
    with open(SOURCES / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def note_of_map(day: date) -> str:
    """What a reader of a map of the day must know of its sources; "" for a day they cover."""
    if day >= SNAPSHOT:
        return ""
    sentence = _(
        "Nguồn chỉ có địa giới sát ngày 01/07/2025: các đợt sáp nhập trước ngày %(day)s không có "
        "trong nguồn, nên bản đồ này có thể khác thực tế của ngày ấy."
    )
    return sentence % {"day": show_day(SNAPSHOT)}


def changes_of_2026() -> list[tuple[str, date, date]]:
    """[(decree, day of signature, day in force)] of the changes of names and kinds in 2026. Until
    the sources had both days, the day of signature was taken for the day in force.
    """
    days = set()
    for row in read("provinces_63_to_34"):
        days |= {change for text in later_changes(row) if (change := change_of(text))}
    for row in read("communes_2026"):
        if row["type_changed_by"]:
            signed, in_force = row["type_changed_signed_on"], row["type_changed_in_force_on"]
            days.add(
                (row["type_changed_by"], date.fromisoformat(signed), date.fromisoformat(in_force))
            )
    return sorted(days)


def source_of_day(in_force: date) -> str:
    """Where the day in force comes from: several public sources, the text itself was not seen."""
    return f"có hiệu lực {show_day(in_force)} theo nhiều nguồn công khai, chưa đối chiếu"


def later_changes(row: Line) -> list[str]:
    """What changed a province after the reform: ["NUMBER signed DAY in force DAY"]."""
    return row["resolution"].split("; ")[1:]


def change_of(text: str) -> tuple[str, date, date]:
    """(decree, day of signature, day in force) of "NUMBER signed DAY in force DAY"."""
    number, days = text.split(" signed ")
    signed, in_force = days.split(" in force ")
    return number, parse_day(signed), parse_day(in_force)
