"""Whether a vote is valid and what it decided, by the rules of the law that were in force when it
was opened.

The key of a rule says for which polls it can be chosen: `quorum.…` is a share of all who are
entitled that must be present; `vote.present.…` and `vote.entitled.…` are shares of those present,
or of all entitled, that must choose the option put to the vote. An operator who enacts a rule under
such a key can choose it. Integers only.
"""

from dataclasses import dataclass
from enum import StrEnum

from danchu.conference.words import Electorate
from danchu.kernel.words import gettext as _
from danchu.law.book import book
from danchu.law.rule import THRESHOLDS as SENSES
from danchu.law.rule import amount_words
from danchu.law.thresholds import Judgement, explain_judgement, judge

QUORUM = "quorum."
THRESHOLDS = {Electorate.PRESENT: "vote.present.", Electorate.ENTITLED: "vote.entitled."}


class Outcome(StrEnum):
    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NO_QUORUM = "no_quorum"
    VOID = "void"  # more votes than voters
    COUNTED = "counted"  # no rule applies: the numbers are the result


@dataclass(frozen=True)
class Verdict:
    """`quorum` and `threshold` are what was compared with the rules; None where there is no rule or
    nothing to compare.
    """

    outcome: str
    quorum: Judgement | None
    threshold: Judgement | None


def judge_poll(counts, option, present, entitled, quorum, threshold, electorate):
    """The Verdict on these counts: `quorum` and `threshold` are Rules or None, `option` the index
    of the option put to the vote.
    """
    base = entitled if electorate == Electorate.ENTITLED else present
    if electorate != Electorate.HALL and sum(counts) > base:
        return Verdict(Outcome.VOID, None, None)
    quorum_judged = _judge_share(quorum, min(present, entitled), entitled)
    if quorum and not (quorum_judged and quorum_judged.passed):
        return Verdict(Outcome.NO_QUORUM, quorum_judged, None)
    threshold_judged = _judge_share(threshold, counts[option], base)
    if not threshold:
        return Verdict(Outcome.COUNTED, quorum_judged, None)
    return Verdict(
        Outcome.PASSED if threshold_judged and threshold_judged.passed else Outcome.NOT_PASSED,
        quorum_judged,
        threshold_judged,
    )


def _judge_share(rule, part, base):
    return judge(part, base, rule) if rule and base else None


def outcome_words(outcome):
    """An Outcome in words."""
    return {
        Outcome.PASSED: _("Được thông qua."),
        Outcome.NOT_PASSED: _("Không được thông qua."),
        Outcome.NO_QUORUM: _("Không đủ số người dự để biểu quyết có giá trị."),
        Outcome.VOID: _("Không có giá trị: số phiếu nhiều hơn số người được biểu quyết."),
        Outcome.COUNTED: _("Kết quả là các con số; không có ngưỡng phải đạt."),
    }[outcome]


def explain_verdict(verdict):
    """The sentences that say what was decided and why, with the numbers and the articles."""
    return " ".join(
        [
            outcome_words(verdict.outcome),
            *(explain_judgement(step) for step in (verdict.quorum, verdict.threshold) if step),
        ]
    )


def rules_to_choose(start, day):
    """[(key, name with its source)] of the rules whose key starts with `start` and that are in
    force on the day.
    """
    law = book()
    choices = []
    for key in law.rule_keys():
        rule = (
            next((version for version in law.versions(key) if version.in_force(day)), None)
            if key.startswith(start)
            else None
        )
        if rule is not None and rule.sense in SENSES:
            choices.append((key, f"{rule.name}: {amount_words(rule)} ({rule.source})"))
    return choices
