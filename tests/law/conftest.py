from datetime import date
from functools import cache

import pytest

from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.calendar import Calendar, SpecialDay
from danchu.law.deadline import due
from danchu.law.loading import load_law, read_source
from danchu.law.rule import Rule, read_value
from danchu.people.actor import Actor


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture
def by():
    return Actor.system("test")


@pytest.fixture
def law(db, by):
    """The book as the product brings it."""
    load_law(by=by)
    return book()


class DeclaredLaw:
    """The rules and the calendar in the files of the product, for tests that ask no database.
    `rule`, `due` and `calendar` are as those of a `Book`.
    """

    def __init__(self):
        texts = {text["key"]: text for text in read_source("rules")["text"]}
        self.versions = {
            rule["key"]: [_rule(rule, version, texts) for version in rule["version"]]
            for rule in read_source("rules")["rule"]
        }
        years = read_source("calendar")["year"]
        days = [SpecialDay(**day) for year in years for day in year["days"]]
        self.calendar = Calendar(days, [year["year"] for year in years], len(years))

    def rule(self, key, day):
        """The last version that began by the day, unless it has ended."""
        versions = [rule for rule in self.versions[key] if rule.since <= day]
        if not versions or not versions[-1].in_force(day):
            raise Refused(f"{key} {day}", "event")
        return versions[-1]

    def due(self, key, event):
        return due(self.rule(key, event), event, self.calendar)


def _rule(rule, version, texts):
    text = texts[version["text"]]
    return Rule(
        rule["key"],
        rule["vi"],
        rule["en"],
        rule["sense"],
        read_value(str(version["value"]), version["unit"]),
        version["unit"],
        version.get("article", ""),
        text["vi"],
        version.get("since", date.min),
        version.get("until"),
        version.get("mark", "operator"),
        text_en=text["en"],
    )


@cache
def _declared_law():
    return DeclaredLaw()


@pytest.fixture
def declared_law():
    """The law as declared in the files, without a database; shared, so never change it."""
    return _declared_law()
