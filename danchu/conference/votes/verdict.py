"""Whether a vote is valid and what it decided, by the rules of the law book that were in force when
it was opened.

Which rules may be chosen for a poll is told by their keys: `quorum.…` is a share of all who are
entitled that must be there; `vote.present.…` and `vote.entitled.…` are shares of those present, or
of all entitled, that must choose the option put to the vote. An operator who enacts a rule under
such a key can choose it. Integers only.
"""

from dataclasses import dataclass
from enum import StrEnum

from danchu.conference.words import Electorate
from danchu.kernel.words import gettext as _
from danchu.law.book import book
from danchu.law.rule import THRESHOLDS as SENSES
from danchu.law.rule import unit_words
from danchu.law.thresholds import Judged, judge, why_judged

QUORUM = "quorum."
THRESHOLDS = {Electorate.PRESENT: "vote.present.", Electorate.ENTITLED: "vote.entitled."}


class Outcome(StrEnum):
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NO_QUORUM = "no_quorum"
    VOID = "void"  # more votes than people who had one
    COUNTED = "counted"  # no rule decides: the numbers are the result


@dataclass(frozen=True)
class Verdict:
    """`quorum` and `threshold` are what was held against the rules; None where there is none,
    or nothing to hold against it.
    """

    outcome: str
    quorum: Judged | None
    threshold: Judged | None


def judged(counts, option, present, entitled, quorum, threshold, electorate):
    """The Verdict on these counts: `quorum` and `threshold` are Rules or None, `option` the
    place of the option put to the vote.
    """
    whole = entitled if electorate == Electorate.ENTITLED else present
    if electorate != Electorate.HALL and sum(counts) > whole:
        return Verdict(Outcome.VOID, None, None)
    held = _held(quorum, min(present, entitled), entitled)
    if quorum and not (held and held.passed):
        return Verdict(Outcome.NO_QUORUM, held, None)
    reached = _held(threshold, counts[option], whole)
    if not threshold:
        return Verdict(Outcome.COUNTED, held, None)
    return Verdict(
        Outcome.PASSED if reached and reached.passed else Outcome.NOT_PASSED, held, reached
    )


def _held(rule, part, whole):
    return judge(part, whole, rule) if rule and whole else None


def outcome_words(outcome):
    """An outcome in words."""
    return {
        Outcome.PASSED: _("Được thông qua."),
        Outcome.NOT_PASSED: _("Không được thông qua."),
        Outcome.NO_QUORUM: _("Không đủ số người dự để biểu quyết có giá trị."),
        Outcome.VOID: _("Không có giá trị: số phiếu nhiều hơn số người được biểu quyết."),
        Outcome.COUNTED: _("Kết quả là các con số; không có ngưỡng phải đạt."),
    }[outcome]


def why(verdict):
    """The sentences that say what was decided and why, with the numbers compared and the
    articles.
    """
    return " ".join(
        [
            outcome_words(verdict.outcome),
            *(why_judged(step) for step in (verdict.quorum, verdict.threshold) if step),
        ]
    )


def choosable(start, day):
    """[(key, name with its source)] of the rules under a key that begins so, in force on the
    day.
    """
    law = book()
    found = []
    for key in law.names():
        rule = (
            next((one for one in law.versions(key) if one.in_force(day)), None)
            if key.startswith(start)
            else None
        )
        if rule is not None and rule.sense in SENSES:
            found.append((key, f"{rule.name}: {unit_words(rule)} ({rule.source})"))
    return found
