"""What a poll needs to be valid and to pass, as numbers, before its votes are counted.

The hall shows it while the poll is open (live/view_model/needs.py puts it into words); the verdict
compares the votes with the same rules (verdict.py).
"""

from typing import Any

from danchu.conference.models import Poll
from danchu.conference.votes.count import frozen_rule
from danchu.conference.words import Electorate, Franchise
from danchu.kernel.days import today
from danchu.kernel.words import gettext as _
from danchu.law.book import book
from danchu.law.rule import SHARE, Rule, amount_words
from danchu.law.thresholds import part_needed


def rules_of(poll: Poll) -> tuple[Rule | None, Rule | None]:
    """The rules for its quorum and its threshold: as frozen when it was opened, before that as they
    are in force today; None for none.
    """
    if poll.basis:
        return frozen_rule(poll.basis["quorum"]), frozen_rule(poll.basis["threshold"])
    law, day = book(), today()
    quorum, threshold = (
        law.rule_if_any(key, day) if key else None
        for key in (poll.quorum_rule, poll.threshold_rule)
    )
    return quorum, threshold


def named_rules(poll: Poll) -> list[tuple[str, Rule, str]]:
    """[(what it decides, rule, what it requires)] of the rules there are."""
    words = (_("Số người phải có mặt"), _("Ngưỡng được thông qua"))
    return [
        (word, rule, amount_words(rule))
        for word, rule in zip(words, rules_of(poll), strict=True)
        if rule
    ]


def needed(poll: Poll) -> dict[str, Any]:
    """{option, of, quorum, threshold}: the index of the option that must reach the threshold, of
    whom it is a share (an Electorate), and each rule as in `_part`.
    """
    quorum, threshold = rules_of(poll)
    entitled, whole = _bases(poll)
    return {
        "option": poll.threshold_option,
        "of": poll.electorate,
        "quorum": _part(quorum, entitled),
        "threshold": _part(threshold, whole),
    }


def _bases(poll):
    """How many are entitled, and how many the threshold is a share of; None while that is not
    known, as before the opening and, of those present, until rooms have counted their heads.
    """
    if not poll.basis:
        return None, None
    entitled = poll.basis["entitled"]
    if poll.electorate == Electorate.ENTITLED:
        return entitled, entitled
    return entitled, poll.basis["present"] if poll.franchise == Franchise.DELEGATES else None


def _part(rule, whole):
    """{sense, value, is_share, number, whole} of a rule: `number` of `whole` meet it, both None
    while the whole is not known.
    """
    if rule is None:
        return None
    is_share = rule.unit == SHARE
    is_known = whole is not None or not is_share
    return {
        "sense": rule.sense,
        "value": rule.value_text,
        "is_share": is_share,
        "number": part_needed(rule, whole or 0) if is_known else None,
        "whole": whole if is_share else None,
    }
