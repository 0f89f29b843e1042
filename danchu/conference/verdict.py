"""Whether a vote is valid and what it decided, by the rules of the law book that were in force when it was opened.

Which rules may be chosen for a poll is told by their keys: `quorum.…` is a share of all who are entitled that must be there;
`vote.present.…` and `vote.entitled.…` are shares of those present, or of all entitled, that must choose the option put to the
vote. An operator who enacts a rule under such a key can choose it. Integers only.
"""

from dataclasses import dataclass
from enum import StrEnum

from danchu.conference.words import Electorate
from danchu.kernel.words import gettext as _
from danchu.law.rule import Rule, unit_words

QUORUM = "quorum."
THRESHOLDS = {Electorate.PRESENT: "vote.present.", Electorate.ENTITLED: "vote.entitled."}


class Outcome(StrEnum):
    PASSED, NOT_PASSED, NO_QUORUM = "passed", "not_passed", "no_quorum"
    VOID = "void"  # more votes than people who had one
    COUNTED = "counted"  # no rule decides: the numbers are the result


@dataclass(frozen=True)
class Step:
    """`part` of `whole` held against a rule; `needed` is the least that reaches it."""

    rule: Rule
    part: int
    whole: int

    @property
    def is_reached(self):
        return self.rule.met_by(self.part, self.whole)

    @property
    def needed(self):
        over, under = self.rule.value.numerator * (self.whole if self.rule.unit == "share" else 1), self.rule.value.denominator
        return over // under + 1 if self.rule.sense == "more_than" else -(-over // under)


@dataclass(frozen=True)
class Verdict:
    """`quorum` and `threshold` are Steps, or None where the poll has no such rule."""

    outcome: str
    quorum: Step | None
    threshold: Step | None


def judged(counts, option, present, entitled, quorum, threshold, electorate):
    """The Verdict on these counts: `quorum` and `threshold` are Rules or None, `option` the place of the option put to the vote."""
    whole = entitled if electorate == Electorate.ENTITLED else present
    held = Step(quorum, present, entitled) if quorum else None
    reached = Step(threshold, counts[option], whole) if threshold else None
    return Verdict(_outcome(sum(counts), whole, held, reached, electorate), held, reached)


def _outcome(cast, whole, held, reached, electorate):
    if electorate != Electorate.HALL and cast > whole:
        return Outcome.VOID
    if held and (held.whole == 0 or not held.is_reached):
        return Outcome.NO_QUORUM
    if reached is None:
        return Outcome.COUNTED
    return Outcome.PASSED if reached.whole and reached.is_reached else Outcome.NOT_PASSED


def outcome_words(outcome):
    """An outcome in words."""
    return {
        Outcome.PASSED: _("Được thông qua."), Outcome.NOT_PASSED: _("Không được thông qua."),
        Outcome.NO_QUORUM: _("Không đủ số người dự để biểu quyết có giá trị."),
        Outcome.VOID: _("Không có giá trị: số phiếu nhiều hơn số người được biểu quyết."),
        Outcome.COUNTED: _("Kết quả là các con số; không có ngưỡng phải đạt."),
    }[outcome]  # fmt: skip


def why(verdict, option):
    """The sentences that say what was decided and why, with the numbers compared and the articles; `option` is its text."""
    told = [outcome_words(verdict.outcome)]
    if verdict.quorum:
        told.append(_step(verdict.quorum, _("có mặt %(part)s trên %(whole)s người có quyền")))
    if verdict.threshold and verdict.outcome not in (Outcome.NO_QUORUM, Outcome.VOID):
        told.append(_step(verdict.threshold, _("%(part)s trên %(whole)s chọn “%(option)s”"), option))
    return " ".join(told)


def _step(step, sentence, option=""):
    rule = step.rule
    part = sentence % {"part": step.part, "whole": step.whole, "option": option}
    over, under = rule.value.numerator, rule.value.denominator
    sign = {"at_least": ("<", "≥"), "more_than": ("≤", ">"), "at_most": (">", "≤")}[rule.sense][step.is_reached]
    sums = f"{under} × {step.part} = {under * step.part} {sign} {over} × {step.whole} = {over * step.whole}" if rule.unit == "share" else f"{step.part} {sign} {over}"
    return _("%(name)s: %(part)s; cần ít nhất %(needed)s (%(value)s): %(sums)s (%(source)s).") % {
        "name": rule.name, "part": part, "needed": step.needed, "value": unit_words(rule), "sums": sums, "source": rule.source,
    }  # fmt: skip
