"""Loads the rules, the calendar and the open points that come with the product, and corrects those
rows of earlier versions that were wrong; never overwrites what was changed since.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.law.actions import (
    correct_rule,
    enact_earlier_rule,
    enact_rule,
    join_rules,
    raise_point,
    set_calendar,
)
from danchu.law.models import CalendarVersion, JoinedKey, LegalText, OpenPoint, RuleVersion

SOURCES = Path(__file__).with_name("sources")


@cache
def read_source(name: str) -> dict[str, Any]:
    """The tables of `sources/<name>.toml`; `name` is "rules", "corrections", "calendar" or
    "open_points".
    """
    return tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load_law(*, by: Acting) -> tuple[int, int]:
    """Load the rules that have no version yet, the open points and the years that were never set,
    and correct the rows of earlier versions of the product that nobody changed.

    Returns the numbers of (rows loaded or corrected, years). Runs at every set-up and upgrade;
    idempotent. Denied without the right to correct the law.
    """
    require(by.may("correct", "law", None))
    texts = _load_texts()
    sources = {rule["key"]: rule for rule in read_source("rules")["rule"]}
    corrections = _correct_rules(by, sources, texts) + _join_keys(by)
    versions = _load_rules(by, sources, texts)
    return versions + corrections + _load_points(by), _load_calendar(by)


def _load_texts() -> dict[str, LegalText]:
    texts = LegalText.objects.in_bulk()
    for text in read_source("rules")["text"]:
        if text["key"] not in texts:
            texts[text["key"]] = LegalText.objects.create(**text)
    return texts


def _fields(
    rule: Mapping[str, Any], version: Mapping[str, Any], texts: Mapping[str, LegalText]
) -> dict[str, Any]:
    """The columns of one version of a rule as the source writes them."""
    fields = {**{name: rule[name] for name in ("vi", "en", "sense")}, **version}
    return {**fields, "text": texts[fields["text"]]}


def _correct_rules(
    by: Acting, sources: Mapping[str, Mapping[str, Any]], texts: Mapping[str, LegalText]
) -> int:
    """Correct what an earlier version of the product wrote wrongly: rows whose wrong columns still
    have the values of `was`.
    """
    corrections = read_source("corrections")["correction"]
    rows = RuleVersion.objects.uncorrected().order_by("since")
    by_key_and_day = {
        (row.key, row.since): row
        for row in rows.filter(key__in={correction["key"] for correction in corrections})
    }
    last_days = dict(rows.values_list("key", "since"))
    count = 0
    for correction in corrections:
        key = correction["key"]
        since = correction["since"]
        row = by_key_and_day.get((key, correction.get("was_since", since)))
        version = next(one for one in sources[key]["version"] if one["since"] == since)
        if row is None or not _is_as_loaded(row, correction, sources[key], version):
            continue
        fields = _fields(sources[key], version, texts)
        if row.since != last_days[key]:
            fields["until"] = row.until  # a later version of this place has ended it
        correct_rule(row, by=by, reason=correction["reason"], **fields)
        count += 1
    return count


def _is_as_loaded(
    row: RuleVersion,
    correction: Mapping[str, Any],
    rule: Mapping[str, Any],
    version: Mapping[str, Any],
) -> bool:
    """Whether a row is what an earlier version of the product loaded: its wrong columns as in
    `was`, the others as they are still right.
    """
    right = {name: rule[name] for name in ("vi", "en", "sense")} | dict(version)
    names = ("vi", "en", "sense", "value", "unit", "article", "mark")
    before = {name: right.get(name, "") for name in (*names, "text")} | correction["was"]
    is_moved = "was_since" in correction
    return (
        all(getattr(row, name) == before[name] for name in names)
        and row.text_id == before["text"]
        and bool(correction["was"] or is_moved)
    )


def _join_keys(by: Acting) -> int:
    """Join the keys of rules that an earlier version of the product wrote twice, unless the values
    of the two differ by now.
    """
    count = 0
    pairs = read_source("corrections")["joined"]
    values: dict[str, set[tuple[object, ...]]] = defaultdict(set)
    keys = {key for pair in pairs for key in (pair["key"], pair["into"])}
    for row in RuleVersion.objects.uncorrected().filter(key__in=keys):
        values[row.key].add((row.since, row.value, row.unit))
    for pair in pairs:
        if values[pair["key"]] and values[pair["key"]] == values[pair["into"]]:
            join_rules(pair["key"], pair["into"], by=by, reason=pair["reason"])
            count += 1
    return count


def _load_rules(
    by: Acting, sources: Mapping[str, Mapping[str, Any]], texts: Mapping[str, LegalText]
) -> int:
    """Enact the rules that have no version, and the versions that earlier versions of the product
    did not have: for days before the earliest row, or after the last row as the product knew it.
    """
    rows_of: dict[str, list[tuple[date, date | None]]] = defaultdict(list)
    rows = RuleVersion.objects.uncorrected().order_by("since")
    for key, since, until in rows.values_list("key", "since", "until"):
        rows_of[key].append((since, until))
    joined = set(JoinedKey.objects.values_list("key", flat=True))
    count = 0
    for key, rule in sources.items():
        spans = rows_of[key]
        for version in rule["version"]:
            if key in joined or any(since == version["since"] for since, _until in spans):
                continue
            fields = _fields(rule, version, texts)
            if not spans or spans[-1][1] == version["since"]:
                enact_rule(key, by=by, **fields)
            elif version.get("until") and version["until"] <= spans[0][0]:
                enact_earlier_rule(key, by=by, **fields)
            else:
                continue
            count += 1
    return count


def _load_calendar(by: Acting) -> int:
    years = set(CalendarVersion.objects.values_list("year", flat=True))
    count = 0
    for year in read_source("calendar")["year"]:
        if year["year"] not in years:
            days = [(special["day"], special["kind"], special["name"]) for special in year["days"]]
            set_calendar(year["year"], days, by=by, basis=year["basis"], mark=year["mark"])
            count += 1
    return count


def _load_points(by: Acting) -> int:
    names = set(OpenPoint.objects.exclude(name="").values_list("name", flat=True))
    points = [one for one in read_source("open_points")["point"] if one["name"] not in names]
    for point in points:
        raise_point(
            point["key"],
            by=by,
            vi=point["vi"],
            en=point["en"],
            name=point["name"],
            on=point["opened_on"],
        )
    return len(points)
