"""Large groups and the number of their representatives, by the law of the day."""

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.law.book import book


def is_large(people, day):
    """Whether so many people are a large group (đoàn đông người) on the day."""
    return _met("reception.large_group", people, day)


def most_representatives(people, day):
    """The Rule with the number of representatives for so many people; None without a limit."""
    if not is_large(people, day):
        return None
    return _rule(
        "reception.representatives.many"
        if _met("reception.many", people, day)
        else "reception.representatives",
        day,
    )


def check_representatives(number, people, day):
    """Refused on "representatives" where there are more than the law allows, or than people."""
    rule = most_representatives(people, day)
    if rule is not None and not rule.is_met_by(number):
        raise Refused(
            _("Đoàn %(people)s người cử nhiều nhất %(most)s người đại diện (%(source)s).")
            % {"people": people, "most": rule.value, "source": rule.source},
            "representatives",
        )
    if not 0 <= number <= people:
        raise Refused(
            _("Hãy ghi số người đại diện không lớn hơn số người của đoàn."), "representatives"
        )


def _rule(key, day):
    return next((rule for rule in book().versions(key) if rule.in_force(day)), None)


def _met(key, people, day):
    rule = _rule(key, day)
    return rule is not None and rule.is_met_by(people)
