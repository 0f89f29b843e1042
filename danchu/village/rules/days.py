"""Days before an election, a conference or a decision, by the law of the day, and ages and terms of
heads.
"""

from django.utils.translation import gettext as _

from danchu.decision.models import Household
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.deadline import months_from
from danchu.law.thresholds import explain_judgement, judge, threshold


def last_day(key, event):
    """The last day that the rule leaves before (or after) the event; None where none is in force
    then.
    """
    return book().due(key, event).day if book().is_in_force(key, event) else None


def check_before(key, on, event, field):
    """Refused, by field, where `on` comes later than the rule leaves before the day of the
    event.
    """
    last = last_day(key, event)
    if last is not None and on > last:
        rule = book().rule(key, event)
        raise Refused(
            _("Phải làm chậm nhất ngày %(day)s: %(rule)s (%(source)s).")
            % {"day": show_day(last), "rule": rule.name, "source": rule.source},
            field,
        )


def check_lasted(key, since, until, field):
    """Refused, by field, where fewer days lie between the two than the rule asks for."""
    first = last_day(key, since)
    if first is not None and until < first:
        rule = book().rule(key, since)
        raise Refused(
            _("Chỉ từ ngày %(day)s: %(rule)s (%(source)s).")
            % {"day": show_day(first), "rule": rule.name, "source": rule.source},
            field,
        )


def check_age(born_on, day, field):
    """Refused, by field, where the person is younger on the day than the law of it asks for."""
    rule = book().rule_if_any("head.age", day)
    if rule is not None and months_from(born_on, rule.quantity.numerator) > day:
        raise Refused(
            _("Chưa đủ %(years)s tuổi vào ngày %(day)s (%(source)s).")
            % {
                "years": rule.quantity.numerator // 12,
                "day": show_day(day),
                "source": rule.source,
            },
            field,
        )


def check_term(since, until, field):
    """Refused, by field, where a term that begins on the day would be longer than its rule and the
    margin allow. It may be shorter: who is elected in a term serves the rest of it.
    """
    if until <= since:
        raise Refused(_("Nhiệm kỳ phải hết sau ngày bắt đầu."), field)
    term = book().rule_if_any("head.term", since)
    margin = book().rule_if_any("head.term_margin", since)
    if term is None:
        return
    months = term.quantity.numerator + (margin.quantity.numerator if margin else 0)
    if months_from(since, months) < until:
        raise Refused(
            _("Nhiệm kỳ dài nhất đến %(day)s (%(source)s).")
            % {"day": show_day(months_from(since, months)), "source": term.source},
            field,
        )


def check_asking(key, asking, village, day, field):
    """The number of households of the village on the day. Refused, by field, where `asking` of
    them are fewer than the rule of the day asks for.
    """
    households = Household.objects.on_roll(village, day).count()
    if asking > households:
        raise Refused(
            _("%(part)s không thể lớn hơn tổng số hộ %(whole)s.")
            % {"part": asking, "whole": households},
            field,
        )
    if book().is_in_force(key, day):
        judgement = judge(asking, households, threshold(key, day))
        if not judgement.passed:
            raise Refused(explain_judgement(judgement), field)
    return households
