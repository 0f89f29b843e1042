"""The rules and the calendar that come with the product, into the database; what was changed
since is left alone.
"""

import tomllib
from functools import cache
from pathlib import Path

from django.db import transaction

from danchu.kernel.refusals import require
from danchu.law.actions import enact_rule, set_calendar
from danchu.law.models import CalendarVersion, LegalText, RuleVersion

SOURCES = Path(__file__).with_name("sources")


@cache
def declared(name):
    """A file of the sources as it stands."""
    return tomllib.loads((SOURCES / f"{name}.toml").read_text(encoding="utf-8"))


@transaction.atomic
def load_law(*, by):
    """(rules, years) loaded: rules there is no version of yet, years never set. Runs at every
    set-up and upgrade.
    """
    require(by.may("correct", "law", None))
    return _load_rules(by), _load_calendar(by)


def _load_rules(by):
    for text in declared("rules")["text"]:
        LegalText.objects.get_or_create(
            key=text["key"], defaults={k: v for k, v in text.items() if k != "key"}
        )
    texts, known, loaded = (
        LegalText.objects.in_bulk(),
        set(RuleVersion.objects.values_list("key", flat=True)),
        0,
    )
    for rule in declared("rules")["rule"]:
        if rule["key"] in known:
            continue
        for version in rule["version"]:
            said = {"vi": rule["vi"], "en": rule["en"], "sense": rule["sense"], **version}
            enact_rule(rule["key"], by=by, **{**said, "text": texts[said["text"]]})
            loaded += 1
    return loaded


def _load_calendar(by):
    known, loaded = set(CalendarVersion.objects.values_list("year", flat=True)), 0
    for year in declared("calendar")["year"]:
        if year["year"] not in known:
            days = [(one["day"], one["kind"], one["name"]) for one in year["days"]]
            set_calendar(year["year"], days, by=by, basis=year["basis"], mark=year["mark"])
            loaded += 1
    return loaded
