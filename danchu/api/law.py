"""GET api/v1/rules, rules/{key}/due and rules/{key}/judge: the law as data, a due date, a
threshold, each with its reason.
"""

from ninja import Router

from danchu.kernel.days import parse_day, today
from danchu.law.book import book
from danchu.law.thresholds import explain_judgement, judge, threshold
from danchu.law.why import explain_due

law = Router()


def of_rule(rule):
    """A version of a rule as a machine reads it; `value` exact text, `valid_to` exclusive."""
    return {
        "key": rule.key,
        "version": rule.number,
        "name": {"vi": rule.vi, "en": rule.en},
        "sense": rule.sense,
        "value": rule.value_text,
        "unit": rule.unit,
        "article": rule.article,
        "document": rule.text,
        "valid_from": rule.since,
        "valid_to": rule.until,
        "mark": rule.mark,
        "verified": rule.is_verified,
        "transition": rule.transition,
    }


def of_due(found, calendar):
    """A due date with the rule and calendar it was worked out under, and why."""
    return {
        "key": found.rule.key,
        "event": found.event,
        "due": found.day,
        "rule": of_rule(found.rule),
        "rule_version": found.rule.number,
        "calendar_version": found.calendar_version,
        "calendar_complete": found.complete,
        "why": explain_due(found, calendar),
    }


def of_judged(found):
    """Whether counts reach a threshold, the smallest that would, and why."""
    return {
        "key": found.rule.key,
        "part": found.part,
        "whole": found.whole or None,
        "needed": found.needed,
        "passed": found.passed,
        "rule": of_rule(found.rule),
        "why": explain_judgement(found),
    }


@law.get("rules")
def rules(request, on: str = ""):
    """Every version of every rule; with `on` only those in force on the day."""
    now = book()
    day = parse_day(on) if on else None
    found = (rule for key in now.rule_keys() for rule in now.versions(key))
    return [of_rule(rule) for rule in found if day is None or rule.in_force(day)]


@law.get("rules/{key}/due")
def rule_due(request, key: str, event: str, on: str = ""):
    """The due date of what happened on `event`; `on` sees it from another day, where a new law
    governs running cases.
    """
    now = book()
    return of_due(now.due(key, parse_day(event), parse_day(on) if on else None), now.calendar)


@law.get("rules/{key}/judge")
def rule_judge(request, key: str, part: int, whole: int = 0, on: str = ""):
    """Whether `part` (of `whole`, where the rule is a share) reaches a threshold, by the law of
    the day `on` (today).
    """
    return of_judged(judge(part, whole, threshold(key, parse_day(on) if on else today())))
