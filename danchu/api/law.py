"""GET api/v1/rules, rules/{key}/due and rules/{key}/judge: rules of the law, due dates and
thresholds, each with its reason.
"""

from typing import Annotated

from ninja import Router
from pydantic import Field

from danchu.api.parameters import DayText, RuleKey
from danchu.api.schemas import DueRow, JudgementRow, RuleRow, answers
from danchu.kernel.days import parse_day, today
from danchu.law.book import book
from danchu.law.thresholds import explain_judgement, judge, threshold
from danchu.law.why import explain_due

law = Router()
Count = Annotated[int, Field(ge=0, le=10**12)]


def rule_json(rule):
    """A version of a rule. `value` is exact text, `valid_to` exclusive."""
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


def due_json(due, calendar):
    """A due date with the rule and calendar it was derived from, and the reason in words."""
    return {
        "key": due.rule.key,
        "event": due.event,
        "due": due.day,
        "rule": rule_json(due.rule),
        "rule_version": due.rule.number,
        "calendar_version": due.calendar_version,
        "calendar_complete": due.complete,
        "why": explain_due(due, calendar),
    }


def judgement_json(judgement):
    """Whether a count reaches a threshold, the smallest count that would (`needed`), and the reason
    in words.
    """
    return {
        "key": judgement.rule.key,
        "part": judgement.part,
        "whole": judgement.whole or None,
        "needed": judgement.needed,
        "passed": judgement.passed,
        "rule": rule_json(judgement.rule),
        "why": explain_judgement(judgement),
    }


@law.get("rules", response=answers(list[RuleRow]), operation_id="rules")
def rules(request, on: DayText = ""):
    """Every version of every rule; with `on` only those in force on the day."""
    law_book = book()
    day = parse_day(on) if on else None
    versions = (rule for key in law_book.rule_keys() for rule in law_book.versions(key))
    return [rule_json(rule) for rule in versions if day is None or rule.in_force(day)]


@law.get("rules/{key}/due", response=answers(DueRow), operation_id="due")
def rule_due(request, key: RuleKey, event: DayText, on: DayText = ""):
    """The due date of an event on the day `event`, as of the day `on` (today by default): a law
    that has changed by then is applied if it governs running cases.
    """
    law_book = book()
    due = law_book.due(key, parse_day(event), parse_day(on) if on else None)
    return due_json(due, law_book.calendar)


@law.get("rules/{key}/judge", response=answers(JudgementRow), operation_id="judge")
def rule_judge(request, key: RuleKey, part: Count, whole: Count = 0, on: DayText = ""):
    """Whether `part` (of `whole`, if the rule is a share) reaches a threshold by the law of the day
    `on`, today by default.
    """
    day = parse_day(on) if on else today()
    return judgement_json(judge(part, whole, threshold(key, day)))
