"""Comparison of counts with a threshold of the law, with the reason. In integers only."""

from dataclasses import dataclass
from datetime import date

from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.kernel.words import gettext as _
from danchu.law.book import book
from danchu.law.rule import SHARE, Rule, unit_words


@dataclass(frozen=True)
class Judgement:
    """The comparison of `part` of `whole` with a threshold. `needed` is as in `part_needed`."""

    rule: Rule
    part: int
    whole: int
    needed: int
    passed: bool


def threshold(key: str, day: date) -> Rule:
    """The threshold with this key in force on the day. Refused where there is no such rule, it is
    not in force, or it is not a threshold.
    """
    return _check_threshold(book().rule(key, day))


def judge(part: int, whole: int, rule: Rule) -> Judgement:
    """Compare `part` of `whole` (all households, all villages or those present: whatever the rule
    is a share of) with the rule. Refused, on "part" or "whole", where the counts are impossible.
    """
    _check_threshold(rule)
    for number, name in ((part, "part"), (whole, "whole")):
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            raise Refused(_("Hãy ghi số nguyên từ 0 trở lên."), name)
    if rule.unit == SHARE:
        check_part(part, whole, "part")
        if whole == 0:
            raise Refused(_("Tổng số phải lớn hơn 0."), "whole")
    return Judgement(rule, part, whole, part_needed(rule, whole), rule.is_met_by(part, whole))


def check_part(part: int, whole: int, field: str) -> None:
    """Refused, on `field`, where the part is more than the whole."""
    if part > whole:
        raise Refused(
            _("%(part)s không thể lớn hơn tổng số %(whole)s. Hãy kiểm tra lại.")
            % {"part": part, "whole": whole},
            field,
        )


def part_needed(rule: Rule, whole: int) -> int:
    """The smallest part that meets the threshold; for "at_most" the largest part allowed."""
    numerator = rule.quantity.numerator * (whole if rule.unit == SHARE else 1)
    denominator = rule.quantity.denominator
    if rule.sense == "at_least":
        return -(-numerator // denominator)
    return numerator // denominator + (rule.sense == "more_than")


def explain_judgement(judgement: Judgement, name: object = "") -> str:
    """One sentence with the integers that were compared and the article, in the reader's
    language; `name` says what was compared where it is not what the rule is named after.
    """
    rule = judgement.rule
    numerator = rule.quantity.numerator
    denominator = rule.quantity.denominator
    words = {
        "name": name or rule.name,
        "part": show_number(judgement.part),
        "whole": show_number(judgement.whole),
        "needed": show_number(judgement.needed),
        "value": unit_words(rule),
        "source": rule.source,
    }
    met, not_met = {"at_least": ("≥", "<"), "more_than": (">", "≤"), "at_most": ("≤", ">")}[
        rule.sense
    ]
    sign = met if judgement.passed else not_met
    if rule.unit != SHARE:
        return _("%(name)s: %(part)s %(sign)s %(value)s (%(source)s).") % {**words, "sign": sign}
    left = f"{denominator} × {words['part']} = {show_number(denominator * judgement.part)}"
    right = f"{numerator} × {words['whole']} = {show_number(numerator * judgement.whole)}"
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
    return sentences[rule.sense] % {**words, "sums": f"{left} {sign} {right}"}


def _check_threshold(rule: Rule) -> Rule:
    if not rule.is_threshold:
        raise Refused(_("Quy tắc “%s” không phải là một ngưỡng.") % rule.key, "key")
    return rule
