"""The units before and after the reform of 1 July 2025, from the files in `sources/` (see its
NOTICE.md).

Deterministic: every run yields the same rows in the same order with the same ids, so that all
installations agree.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from danchu.kernel.chronicle import WHOLE, UnitId
from danchu.kernel.days import DAWN
from danchu.units.names_changed import (
    ABSORBED,
    HA_TAY_ACT,
    HA_TAY_DECREE,
    HA_TAY_ENDED,
    HUE_ACT,
    HUE_DECREE,
    HUE_RENAMED,
    Line,
    change_of,
    changes_of_2026,
    later_changes,
    read,
    source_of_day,
)
from danchu.units.spelling import kind_and_bare

REFORM = date(2025, 7, 1)
PROVINCES_ACT = "202/2025/QH15"
DISTRICTS_ACT = "203/2025/QH15"
NATION = 1


# (unit, name, code, kind, parent, decree, since, until)
StandingRow = tuple[UnitId, str, str, str, UnitId | None, str | None, date, date | None]


@dataclass
class Country:
    """The rows of the tables of units, with their ids."""

    # {id: (level, since, until)}
    units: dict[UnitId, tuple[str, date, date | None]] = field(default_factory=dict)
    standings: list[StandingRow] = field(default_factory=list)
    # (before, after, on, share, basis, decree)
    successions: list[tuple[UnitId, UnitId, date, int | None, str, str]] = field(
        default_factory=list
    )
    # (unit, lat, lon, area)
    places: list[tuple[UnitId, str, str, str | None]] = field(default_factory=list)
    # {number: (title, issued_on, source)}
    decrees: dict[str, tuple[str, date | None, str]] = field(default_factory=dict)

    def add_unit(self, level: str, since: date = DAWN, until: date | None = None) -> UnitId:
        """Add a unit. Returns its id."""
        unit = len(self.units) + 1
        self.units[unit] = level, since, until
        return unit

    def add_standing(
        self,
        unit: UnitId,
        name: str,
        code: str,
        parent: UnitId,
        decree: str | None = None,
        since: date = DAWN,
        until: date | None = None,
    ) -> None:
        """Add a standing. The kind is written in lower case, also where the sources have "Thành
        Phố".
        """
        kind, bare = kind_and_bare(name, self.units[unit][0])
        name = f"{name[0]}{name[1 : -len(bare)].lower()}{bare}"
        self.standings.append((unit, name, code, kind, parent, decree, since, until))

    def add_succession(self, before: UnitId, after: UnitId, share: int | None, decree: str) -> None:
        """Add a succession on the day of the reform."""
        self.successions.append((before, after, REFORM, share, "", decree))


def country() -> Country:
    """All rows of the map, from before our sources until today."""
    tables = Country()
    communes = read("communes_2026")
    crosswalk = read("commune_crosswalk_2025")
    _decrees(tables, communes)
    tables.add_unit("nation")
    tables.standings.append((NATION, "Việt Nam", "VN", "nuoc", None, None, DAWN, None))
    present, past = _provinces(tables, read("provinces_63_to_34"))
    districts = _districts(tables, crosswalk, present, past)
    _communes(tables, communes, crosswalk, present, districts)
    _ha_tay(tables, present)
    return tables


def _ha_tay(tables: Country, present: dict[str, UnitId]) -> None:
    """Hà Tây, so that its name can be searched. Hà Nội is not divided at that day: no record of our
    sources is older.
    """
    tables.decrees[HA_TAY_ACT] = HA_TAY_DECREE
    unit = tables.add_unit("province", until=HA_TAY_ENDED)
    tables.add_standing(unit, "Tỉnh Hà Tây", "28", NATION, until=HA_TAY_ENDED)
    tables.successions.append((unit, present["01"], HA_TAY_ENDED, WHOLE, ABSORBED, HA_TAY_ACT))


def _decrees(tables: Country, communes: list[Line]) -> None:
    tables.decrees[PROVINCES_ACT] = (
        "Về việc sắp xếp đơn vị hành chính cấp tỉnh",
        date(2025, 6, 12),
        "",
    )
    tables.decrees[DISTRICTS_ACT] = (
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
        tables.decrees[number] = (title, date.fromisoformat(row["founding_date"]), row["source"])
    tables.decrees[HUE_ACT] = HUE_DECREE
    for number, signed, in_force in changes_of_2026():
        tables.decrees[number] = ("", signed, source_of_day(in_force))


def _provinces(tables: Country, rows: list[Line]) -> tuple[dict[str, UnitId], dict[str, UnitId]]:
    """`{code: unit}` of the present and of the former provinces; a province that was not merged is
    the same unit in both.
    """
    present: dict[str, UnitId] = {}
    past: dict[str, UnitId] = {}
    for row in sorted(rows, key=lambda row: row["new_code"]):
        code = row["new_code"]
        if code not in present:
            since = DAWN if row["merged"] == "0" else REFORM
            present[code] = tables.add_unit("province", since)
            _add_present_province(tables, present[code], row, since)
        if row["merged"] == "0":
            past[row["old_code"]] = present[code]
    for row in sorted(rows, key=lambda row: row["old_code"]):
        if row["merged"] == "1":
            unit = past[row["old_code"]] = tables.add_unit("province", until=REFORM)
            tables.add_standing(unit, row["old_name"], row["old_code"], NATION, until=REFORM)
            tables.add_succession(unit, present[row["new_code"]], WHOLE, PROVINCES_ACT)
    return present, past


def _add_present_province(tables: Country, unit: UnitId, row: Line, since: date) -> None:
    """Add the standings of a present province; a change of name or kind in 2026 begins a second
    one.
    """
    decree = PROVINCES_ACT if since == REFORM else None
    name = row["new_name_2025_07"]
    code = row["new_code"]
    if code == "46":
        tables.add_standing(unit, "Tỉnh Thừa Thiên Huế", code, NATION, decree, since, HUE_RENAMED)
        decree = HUE_ACT
        since = HUE_RENAMED
    changes = later_changes(row)
    if not changes:
        tables.add_standing(unit, row["new_name_2026"], code, NATION, decree, since)
        return
    [(number, _signed, day)] = map(change_of, changes)
    tables.add_standing(unit, name, code, NATION, decree, since, day)
    tables.add_standing(unit, row["new_name_2026"], code, NATION, number, day)


def _districts(
    tables: Country, crosswalk: list[Line], present: dict[str, UnitId], past: dict[str, UnitId]
) -> dict[str, UnitId]:
    """`{code: unit}` of the districts. Each is succeeded by its province, so rows recorded at a
    district still count exactly there and above.
    """
    rows = {row["old_district_code"]: row for row in crosswalk}
    islands = {row["old_district_code"] for row in crosswalk if not row["old_code"]}
    districts = {}
    for code, row in sorted(rows.items()):
        unit = districts[code] = tables.add_unit("district", until=REFORM)
        tables.add_standing(
            unit, row["old_district"], code, past[row["old_province_code"]], until=REFORM
        )
        if code not in islands:
            tables.add_succession(unit, present[row["new_province_code"]], WHOLE, DISTRICTS_ACT)
    return districts


def _communes(
    tables: Country,
    communes: list[Line],
    crosswalk: list[Line],
    present: dict[str, UnitId],
    districts: dict[str, UnitId],
) -> None:
    # {old code: new codes}, {new code: old codes} and {old code: a line}. A district of islands had
    # no communes, so it stands here in place of one.
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
    # A single origin that went wholly into it: the same territory, so the same unit with a new
    # standing.
    continued = {
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
        unit = units[code] = tables.add_unit("commune", DAWN if code in continued else REFORM)
        if code in continued:
            _add_old_standing(tables, unit, old_rows[continued[code]], districts)
        decree_of[code] = founding[row["province_code"]]
        _add_present_standings(tables, unit, row, present[row["province_code"]], decree_of[code])
        tables.places.append((unit, row["lat"], row["lon"], row["area_km2"] or None))
    for old in sorted(targets.keys() - set(continued.values())):
        row = old_rows[old]
        if row["old_code"]:
            unit = tables.add_unit("commune", until=REFORM)
            _add_old_standing(tables, unit, row, districts)
        else:
            unit = districts[row["old_district_code"]]
        share = WHOLE if len(targets[old]) == 1 else None
        for new in sorted(targets[old]):
            tables.add_succession(unit, units[new], share, decree_of[new])


def _add_old_standing(
    tables: Country, unit: UnitId, row: Line, districts: dict[str, UnitId]
) -> None:
    tables.add_standing(
        unit, row["old_name"], row["old_code"], districts[row["old_district_code"]], until=REFORM
    )


def _add_present_standings(
    tables: Country, unit: UnitId, row: Line, province: UnitId, decree: str
) -> None:
    """Add the standings of a present commune; a change of kind in 2026 begins a second one, a mere
    difference of spelling does not.
    """
    if not row["type_changed_by"]:
        tables.add_standing(unit, row["name"], row["code"], province, decree, REFORM)
        return
    day = date.fromisoformat(row["type_changed_in_force_on"])
    _kind, bare = kind_and_bare(row["name"], "commune")
    _old_kind, old_bare = kind_and_bare(row["name_2025"], "commune")
    old_name = row["name_2025"].removesuffix(old_bare) + bare
    tables.add_standing(unit, old_name, row["code"], province, decree, REFORM, day)
    tables.add_standing(unit, row["name"], row["code"], province, row["type_changed_by"], day)
