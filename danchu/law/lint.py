"""The linter of the law: what cannot be right in a set of versions of rules, whoever wrote them.

It reads rows and writes nothing. `danchu check` and the tests run it; a hole of a single day is the
usual sign of an `until` taken for the last day in force, whereas it is the first one after.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, groupby, pairwise
from operator import attrgetter
from typing import NamedTuple

from django.utils.translation import gettext as _

from danchu.kernel.days import DAWN, show_day
from danchu.law.models import JoinedKey, RuleVersion

ONE_DAY = timedelta(days=1)


class Fault(NamedTuple):
    """What is wrong with the rule of the key: `kind` is one of "hole", "boundary", "overlap",
    "older", "outlived", "article", "empty", "twice"; `what` says it in a sentence.
    """

    key: str
    kind: str
    what: str


def faults_of(
    versions: Iterable[RuleVersion], joined: Mapping[str, str] | None = None
) -> Iterator[Fault]:
    """The faults of uncorrected versions, with their texts selected. `joined` are the keys that
    were joined into others: {key: the other}.
    """
    rows = sorted(versions, key=attrgetter("key", "since"))
    by_key = {key: list(group) for key, group in groupby(rows, key=attrgetter("key"))}
    for key, group in by_key.items():
        yield from _faults_in_time(key, group)
        for row in group:
            yield from _faults_of_source(row)
    yield from _written_twice(by_key)
    for key, into in sorted((joined or {}).items()):
        if key in by_key:
            yield Fault(key, "twice", _("Khóa này đã nhập vào “%s” mà vẫn còn phiên bản.") % into)


def faults_in_force() -> list[Fault]:
    """The faults of the law of this installation."""
    rows = RuleVersion.objects.uncorrected().select_related("text")
    return list(faults_of(rows, dict(JoinedKey.objects.values_list("key", "into"))))


def _faults_in_time(key: str, rows: list[RuleVersion]) -> Iterator[Fault]:
    """Versions that end before they begin, and days between two that belong to none or to both."""
    for row in rows:
        if row.until is not None and row.until <= row.since:
            yield Fault(key, "empty", _("Phiên bản từ %s không có ngày nào.") % show_day(row.since))
    for earlier, later in pairwise(rows):
        if earlier.until is None or earlier.until > later.since:
            yield Fault(
                key, "overlap", _("Hai phiên bản cùng áp dụng từ %s.") % show_day(later.since)
            )
        elif earlier.until == later.since - ONE_DAY:
            yield Fault(
                key, "boundary", _("Ngày %s không thuộc phiên bản nào.") % show_day(earlier.until)
            )
        elif earlier.until < later.since:
            yield Fault(
                key,
                "hole",
                _("Từ %(first)s đến %(last)s không có phiên bản nào.")
                % {
                    "first": show_day(earlier.until),
                    "last": show_day(later.since - ONE_DAY),
                },
            )


def _faults_of_source(row: RuleVersion) -> Iterator[Fault]:
    """A version older than its text or in force after it, or checked against no article."""
    words = {"since": show_day(row.since), "text": row.text.vi}
    if DAWN < row.since < row.text.since:
        yield Fault(
            row.key,
            "older",
            _("Phiên bản từ %(since)s có trước văn bản của nó (%(text)s).") % words,
        )
    ended_on = row.text.until
    if ended_on is not None and (row.until is None or row.until > ended_on):
        yield Fault(
            row.key,
            "outlived",
            _("Phiên bản từ %(since)s còn áp dụng sau khi văn bản (%(text)s) hết hiệu lực.")
            % words,
        )
    if row.mark == "verified" and not row.article.strip():
        yield Fault(
            row.key,
            "article",
            _("Phiên bản từ %(since)s ghi là đã đối chiếu mà không nêu điều luật.") % words,
        )


def _written_twice(by_key: Mapping[str, list[RuleVersion]]) -> Iterator[Fault]:
    """Pairs of keys that say the same by the same article on every day on which both are in force.
    Versions without an article are not compared.
    """
    keys_of: dict[tuple[object, ...], set[str]] = {}
    for key, rows in by_key.items():
        for row in rows:
            if row.article.strip():
                keys_of.setdefault(_content(row), set()).add(key)
    pairs = {pair for keys in keys_of.values() for pair in combinations(sorted(keys), 2)}
    for first, second in sorted(pairs):
        meeting = [
            _content(one) == _content(other)
            for one in by_key[first]
            for other in by_key[second]
            if _meet(one, other)
        ]
        if meeting and all(meeting):
            yield Fault(first, "twice", _("Cùng một quy tắc với khóa “%s”.") % second)


def _content(row: RuleVersion) -> tuple[object, ...]:
    """What makes two versions say the same."""
    return (row.sense, row.value, row.unit, row.text_id, " ".join(row.article.split()).lower())


def _meet(one: RuleVersion, other: RuleVersion) -> bool:
    """Whether both are in force on some day."""
    return one.since < (other.until or date.max) and other.since < (one.until or date.max)
