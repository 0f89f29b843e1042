"""Loads the rules and the calendar that come with the product; never overwrites what was changed
since.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from django.db import transaction

from danchu.kernel.actor import Acting
from danchu.kernel.refusals import require
from danchu.law.actions import enact_rule, set_calendar
from danchu.law.models import CalendarVersion, LegalText, RuleVersion

SOURCES = Path(__file__).with_name("sources")


@cache
def read_source(name: str) -> dict[str, Any]:
    """The tables of `sources/<name>.toml`; `name` is "rules" or "calendar"."""
    return tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load_law(*, by: Acting) -> tuple[int, int]:
    """Load the rules that have no version yet and the years that were never set. Returns the
    numbers of (versions, years) loaded. Runs at every set-up and upgrade; idempotent. Denied
    without the right to correct the law.
    """
    require(by.may("correct", "law", None))
    return _load_rules(by), _load_calendar(by)


def _load_rules(by: Acting) -> int:
    for text in read_source("rules")["text"]:
        LegalText.objects.get_or_create(
            key=text["key"], defaults={k: v for k, v in text.items() if k != "key"}
        )
    texts = LegalText.objects.in_bulk()
    keys = set(RuleVersion.objects.values_list("key", flat=True))
    count = 0
    for rule in read_source("rules")["rule"]:
        if rule["key"] in keys:
            continue
        for version in rule["version"]:
            fields = {name: rule[name] for name in ("vi", "en", "sense")} | version
            enact_rule(rule["key"], by=by, **{**fields, "text": texts[fields["text"]]})
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
