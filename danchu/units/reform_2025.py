"""The country before and after 1 July 2025, built from the files in `sources/` (see its NOTICE.md).

Pure: the same rows in the same order with the same ids each time, so that two installations agree.
"""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from danchu.kernel.chronicle import WHOLE, UnitId
from danchu.kernel.days import DAWN, parse_day
from danchu.units.spelling import kind_and_bare

SOURCES = Path(__file__).parent / "sources"
REFORM = date(2025, 7, 1)
PROVINCES_ACT = "202/2025/QH15"
DISTRICTS_ACT = "203/2025/QH15"
NATION = 1


# A line of a source: {column: text}.
Line = dict[str, str]
# (unit, name, code, kind, parent, decree, since, until)
StandingRow = tuple[UnitId, str, str, str, UnitId | None, str | None, date, date | None]


@dataclass
class Country:
    """Rows ready for the tables, with their ids."""

    # {id: (level, since, until)}
    units: dict[UnitId, tuple[str, date, date | None]] = field(default_factory=dict)
    standings: list[StandingRow] = field(default_factory=list)
    # (before, after, share, decree), all on REFORM
    successions: list[tuple[UnitId, UnitId, int | None, str]] = field(default_factory=list)
    # (unit, lat, lon, area)
    places: list[tuple[UnitId, str, str, str | None]] = field(default_factory=list)
    # {number: (title, issued_on, source)}
    decrees: dict[str, tuple[str, date | None, str]] = field(default_factory=dict)

    def begin(self, level: str, since: date = DAWN, until: date | None = None) -> UnitId:
        """Add a unit; its id."""
        unit = len(self.units) + 1
        self.units[unit] = level, since, until
        return unit

    def stand(
        self,
        unit: UnitId,
        name: str,
        code: str,
        parent: UnitId,
        decree: str | None = None,
        since: date = DAWN,
        until: date | None = None,
    ) -> None:
        """Add a standing. The kind is written small, also where the sources have "Thành Phố"."""
        kind, bare = kind_and_bare(name, self.units[unit][0])
        name = f"{name[0]}{name[1 : -len(bare)].lower()}{bare}"
        self.standings.append((unit, name, code, kind, parent, decree, since, until))

    def succeed(self, before: UnitId, after: UnitId, share: int | None, decree: str) -> None:
        """Add a succession on the day of the reform."""
        self.successions.append((before, after, share, decree))


def read(name: str) -> list[Line]:
    """The lines of a file in `sources/`."""
    with open(SOURCES / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def country() -> Country:
    """All rows of the map from before our sources until today."""
    built = Country()
    communes = read("communes_2026")
    crosswalk = read("commune_crosswalk_2025")
    _decrees(built, communes)
    built.begin("nation")
    built.standings.append((NATION, "Việt Nam", "VN", "nuoc", None, None, DAWN, None))
    present, past = _provinces(built, read("provinces_63_to_34"))
    districts = _districts(built, crosswalk, present, past)
    _communes(built, communes, crosswalk, present, districts)
    return built


def _decrees(built: Country, communes: list[Line]) -> None:
    built.decrees[PROVINCES_ACT] = (
        "Về việc sắp xếp đơn vị hành chính cấp tỉnh",
        date(2025, 6, 12),
        "",
    )
    built.decrees[DISTRICTS_ACT] = (
        "Sửa đổi, bổ sung một số điều của Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam",
        date(2025, 6, 16),
        "",
    )
    founding: dict[str, Line] = {}
    for row in communes:
        if row["founding_resolution"]:
            founding[row["founding_resolution"]] = row
    for number, row in sorted(founding.items()):
        province = row["province"][0].lower() + row["province"][1:]
        title = f"Về việc sắp xếp các đơn vị hành chính cấp xã của {province} năm 2025"
        built.decrees[number] = (title, date.fromisoformat(row["founding_date"]), row["source"])
    for row in communes:
        if row["type_changed_by"]:
            built.decrees.setdefault(row["type_changed_by"], ("", None, row["source"]))


def _provinces(built: Country, rows: list[Line]) -> tuple[dict[str, UnitId], dict[str, UnitId]]:
    """`{code: unit}` of the present provinces and of the old ones; an unmerged one is the same
    in both.
    """
    present: dict[str, UnitId] = {}
    past: dict[str, UnitId] = {}
    for row in sorted(rows, key=lambda row: row["new_code"]):
        code = row["new_code"]
        if code not in present:
            since = DAWN if row["merged"] == "0" else REFORM
            present[code] = built.begin("province", since)
            _stand_present_province(built, present[code], row, since)
        if row["merged"] == "0":
            past[row["old_code"]] = present[code]
    for row in sorted(rows, key=lambda row: row["old_code"]):
        if row["merged"] == "1":
            unit = past[row["old_code"]] = built.begin("province", until=REFORM)
            built.stand(unit, row["old_name"], row["old_code"], NATION, until=REFORM)
            built.succeed(unit, present[row["new_code"]], WHOLE, PROVINCES_ACT)
    return present, past


def _stand_present_province(built: Country, unit: UnitId, row: Line, since: date) -> None:
    """A change of name or kind in 2026 is a standing of its own."""
    founded = PROVINCES_ACT if since == REFORM else None
    changes = [change.split(" - ") for change in row["resolution"].split("; ")[1:]]
    if not changes:
        built.stand(unit, row["new_name_2026"], row["new_code"], NATION, founded, since)
        return
    [(number, written_day)] = changes
    day = parse_day(written_day)
    built.decrees.setdefault(number, ("", None, row["source"]))
    built.stand(unit, row["new_name_2025_07"], row["new_code"], NATION, founded, since, day)
    built.stand(unit, row["new_name_2026"], row["new_code"], NATION, number, day)


def _districts(
    built: Country, crosswalk: list[Line], present: dict[str, UnitId], past: dict[str, UnitId]
) -> dict[str, UnitId]:
    """`{code: unit}`; each dissolved into its province, so its rows stay exact there and above."""
    rows = {row["old_district_code"]: row for row in crosswalk}
    islands = {row["old_district_code"] for row in crosswalk if not row["old_code"]}
    districts = {}
    for code, row in sorted(rows.items()):
        unit = districts[code] = built.begin("district", until=REFORM)
        built.stand(unit, row["old_district"], code, past[row["old_province_code"]], until=REFORM)
        if code not in islands:
            built.succeed(unit, present[row["new_province_code"]], WHOLE, DISTRICTS_ACT)
    return districts


def _communes(
    built: Country,
    communes: list[Line],
    crosswalk: list[Line],
    present: dict[str, UnitId],
    districts: dict[str, UnitId],
) -> None:
    # {old code: new codes}, {new code: old codes} and {old code: a line}; a district of islands,
    # which had no communes, stands for itself.
    targets: dict[str, set[str]] = defaultdict(set)
    origins: dict[str, set[str]] = defaultdict(set)
    old_rows: dict[str, Line] = {}
    for row in crosswalk:
        old = row["old_code"] or f"district {row['old_district_code']}"
        targets[old].add(row["new_code"])
        origins[row["new_code"]].add(old)
        old_rows[old] = row
    founding = {
        row["province_code"]: row["founding_resolution"]
        for row in communes
        if row["founding_resolution"]
    }
    # One whole origin: the same extent, so the same unit under a new standing.
    same = {
        new: next(iter(olds))
        for new, olds in origins.items()
        if len(olds) == 1
        and targets[next(iter(olds))] == {new}
        and old_rows[next(iter(olds))]["old_code"]
    }
    units: dict[str, UnitId] = {}
    decree_of: dict[str, str] = {}
    for row in sorted(communes, key=lambda row: row["code"]):
        code = row["code"]
        unit = units[code] = built.begin("commune", DAWN if code in same else REFORM)
        if code in same:
            _stand_old(built, unit, old_rows[same[code]], districts)
        decree_of[code] = founding[row["province_code"]]
        _stand_present(built, unit, row, present[row["province_code"]], decree_of[code])
        built.places.append((unit, row["lat"], row["lon"], row["area_km2"] or None))
    for old in sorted(targets.keys() - set(same.values())):
        row = old_rows[old]
        if row["old_code"]:
            unit = built.begin("commune", until=REFORM)
            _stand_old(built, unit, row, districts)
        else:
            unit = districts[row["old_district_code"]]
        share = WHOLE if len(targets[old]) == 1 else None
        for new in sorted(targets[old]):
            built.succeed(unit, units[new], share, decree_of[new])


def _stand_old(built: Country, unit: UnitId, row: Line, districts: dict[str, UnitId]) -> None:
    built.stand(
        unit, row["old_name"], row["old_code"], districts[row["old_district_code"]], until=REFORM
    )


def _stand_present(built: Country, unit: UnitId, row: Line, province: UnitId, decree: str) -> None:
    """A change of kind in 2026 is a standing of its own; a mere difference of spelling is not."""
    if not row["type_changed_on"]:
        built.stand(unit, row["name"], row["code"], province, decree, REFORM)
        return
    day = date.fromisoformat(row["type_changed_on"])
    _kind, bare = kind_and_bare(row["name"], "commune")
    _old_kind, old_bare = kind_and_bare(row["name_2025"], "commune")
    old_name = row["name_2025"].removesuffix(old_bare) + bare
    built.stand(unit, old_name, row["code"], province, decree, REFORM, day)
    built.stand(unit, row["name"], row["code"], province, row["type_changed_by"], day)
