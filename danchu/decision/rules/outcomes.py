"""The outcome of a vote under the law of its day, and why in whole numbers."""

from django.utils.translation import gettext as _

from danchu.decision.lives import PART, scope_of
from danchu.decision.models import OnlinePoll, Step
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.law.book import book
from danchu.law.decision import Form, Outcome, Vote, decide_on
from danchu.law.thresholds import explain_judgement, judge, threshold


def day_of_law(vote):
    """The day whose law judges the vote: that of the meeting, or the last of the ballots."""
    return vote.until or vote.held_on


def judged(decision, vote):
    """The Decision of the law on the vote, with the reason in sentences."""
    is_meeting = vote.form == Form.MEETING
    return decide_on(
        day_of_law(vote),
        Vote(
            item=decision.item,
            households=vote.households,
            yes=vote.yes,
            attending=vote.attending if is_meeting else None,
            form=vote.form,
            agreed=agreed_online(vote) if vote.form == Form.ONLINE else None,
            after_meeting=not is_meeting and vote.number > 1,
            by_commune=scope_of(decision) == PART,
        ),
    )


def agreed_online(vote):
    """How many households agreed to vote on line."""
    polls = OnlinePoll.objects.filter(vote=vote, step=Step.FORM)
    return polls.values_list("yes", flat=True).first() or 0


def is_short(decision, vote):
    """Whether fewer attend the meeting than are needed to pass the matter."""
    return judged(decision, vote).outcome == Outcome.TOO_FEW_PRESENT


PAPERS = "meeting.papers"


def check_notice(key, noticed_on, day, field):
    """Refused, by field, where the notice, or the papers, came later than the rule of the day
    allows.
    """
    if not book().is_in_force(key, day):
        return
    due = book().due(key, day)
    if noticed_on > due.day:
        sentence = _("Phải thông báo chậm nhất ngày %(day)s: %(rule)s (%(source)s).")
        if key == PAPERS:
            sentence = _("Phải gửi tài liệu chậm nhất ngày %(day)s: %(rule)s (%(source)s).")
        raise Refused(
            sentence % {"day": show_day(due.day), "rule": due.rule.name, "source": due.rule.source},
            field,
        )


def check_number(key, number, day, field):
    """Refused, by field, where so many people or households do not meet the rule of the day."""
    if not book().is_in_force(key, day):
        return
    judgement = judge(number, number, threshold(key, day))
    if not judgement.passed:
        raise Refused(explain_judgement(judgement), field)


def check_chosen(yes, attending, day, field):
    """Refused, by field, unless more than half of those who attend chose so by show of hands."""
    if not book().is_in_force("threshold.procedure", day):
        return
    rule = threshold("threshold.procedure", day)
    if yes > attending:
        raise Refused(
            _("%(part)s không thể lớn hơn số đại diện hộ đang dự %(whole)s.")
            % {"part": yes, "whole": attending},
            field,
        )
    judgement = judge(yes, attending, rule)
    if not judgement.passed:
        raise Refused(explain_judgement(judgement), field)
