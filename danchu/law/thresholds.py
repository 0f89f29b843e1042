"""Counts held against a threshold of the law, with the reason. Whole numbers only."""

from dataclasses import dataclass
from datetime import date

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _
from danchu.law.book import book
from danchu.law.rule import SHARE, Rule, unit_words


@dataclass(frozen=True)
class Judged:
    """`part` of `whole` held against a threshold; `needed` is the smallest part that reaches it."""

    rule: Rule
    part: int
    whole: int
    needed: int
    passed: bool


def threshold(key: str, day: date) -> Rule:
    """The threshold of this key in force on the day. Refused where there is no such rule, it is
    not in force, or it is no threshold.
    """
    return _check_threshold(book().rule(key, day))


def judge(part: int, whole: int, rule: Rule) -> Judged:
    """`part` of `whole` (all households, all villages, those present: whatever the rule is a
    share of) against the rule. Refused, on "part" or "whole", where the counts cannot be.
    """
    _check_threshold(rule)
    for number, name in ((part, "part"), (whole, "whole")):
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise Refused(_("Hãy ghi số nguyên từ 0 trở lên."), name)
    if rule.unit == SHARE:
        check_part(part, whole, "part")
        if whole == 0:
            raise Refused(_("Tổng số phải lớn hơn 0."), "whole")
    return Judged(rule, part, whole, needed(rule, whole), rule.met_by(part, whole))


def check_part(part: int, whole: int, field: str) -> None:
    """Refused, on `field`, where a part is more than the whole."""
    if part > whole:
        raise Refused(
            _("%(part)s không thể lớn hơn tổng số %(whole)s. Hãy kiểm tra lại.")
            % {"part": part, "whole": whole},
            field,
        )


def needed(rule: Rule, whole: int) -> int:
    """The smallest number that reaches the threshold (of "at_most" the largest that keeps it),
    without fractions.
    """
    over = rule.quantity.numerator * (whole if rule.unit == SHARE else 1)
    under = rule.quantity.denominator
    if rule.sense == "at_least":
        return -(-over // under)
    return over // under + (rule.sense == "more_than")


def why_judged(judged: Judged) -> str:
    """One sentence with the integers compared and the article, in the reader's language."""
    rule = judged.rule
    over = rule.quantity.numerator
    under = rule.quantity.denominator
    named = {
        "name": rule.name,
        "part": show_number(judged.part),
        "whole": show_number(judged.whole),
        "needed": show_number(judged.needed),
        "value": unit_words(rule),
        "source": rule.source,
    }
    met, not_met = {"at_least": ("≥", "<"), "more_than": (">", "≤"), "at_most": ("≤", ">")}[
        rule.sense
    ]
    sign = met if judged.passed else not_met
    if rule.unit != SHARE:
        return _("%(name)s: %(part)s %(sign)s %(value)s (%(source)s).") % {**named, "sign": sign}
    left = f"{under} × {named['part']} = {show_number(under * judged.part)}"
    right = f"{over} × {named['whole']} = {show_number(over * judged.whole)}"
    sentences = {
        "at_least": _(
            "%(name)s: %(part)s trên tổng số %(whole)s, cần ít nhất %(needed)s "
            "(%(value)s); %(sums)s (%(source)s)."
        ),
        "more_than": _(
            "%(name)s: %(part)s trên tổng số %(whole)s, cần ít nhất %(needed)s (quá "
            "%(value)s); %(sums)s (%(source)s)."
        ),
        "at_most": _(
            "%(name)s: %(part)s trên tổng số %(whole)s, nhiều nhất %(needed)s "
            "(%(value)s); %(sums)s (%(source)s)."
        ),
    }
    return sentences[rule.sense] % {**named, "sums": f"{left} {sign} {right}"}


def _check_threshold(rule: Rule) -> Rule:
    if not rule.is_threshold:
        raise Refused(_("Quy tắc “%s” không phải là một ngưỡng.") % rule.key, "key")
    return rule
