"""Votes on line (Decree 59/2023 article 5): planned and reported, first on using it, then on the
matter; counted from the sealed choices.
"""

from datetime import date
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.latest import latest_vote, names_in
from danchu.decision.lives import DECISION_LIFE
from danchu.decision.models import (
    Conduct,
    HouseholdDecision,
    OnlineChoice,
    OnlineOpinion,
    OnlinePoll,
    Step,
)
from danchu.decision.online_file import file_lines
from danchu.decision.rules.conduct import check_leader
from danchu.decision.rules.outcomes import check_number, judged
from danchu.decision.writes.choices import OTHER, open_choices
from danchu.decision.writes.freezing import FROZEN, freeze_roll
from danchu.decision.writes.settling import settle_vote
from danchu.decision.writes.votes import begin_vote, change_vote
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.law.decision import Form, Outcome
from danchu.subjects.writes import move_on
from danchu.vault import merkle
from danchu.vault.signatures import public_key, sign_result
from danchu.vault.signed_file import file_text
from danchu.vault.urn import destroy_urn, make_urn


@transaction.atomic
def plan_online(
    decision: HouseholdDecision,
    *,
    by: Acting,
    on: date,
    reported_on: date,
    since: date,
    until: date,
    team: str,
    leader: str,
) -> HouseholdDecision:
    """Write down that a vote on line was noticed on a day and reported to the commune before it
    begins; `until` is the last day of the first poll, on whether to vote on line. `leader` is whom
    the leader of the team represents. Refused by field, and where the law does not allow it.
    """
    DECISION_LIFE.require(by, "plan_online", decision)
    decision = DECISION_LIFE.hold(decision, "plan_online")
    plan, leader = _checked_plan(decision, on, reported_on, since, until, team, leader)
    vote = begin_vote(decision, Form.ONLINE, by, **plan)
    Conduct.objects.create(vote=vote, leader=leader)
    OnlinePoll.objects.create(
        uid=uuid4(), vote=vote, step=Step.FORM, reported_on=reported_on, until=until
    )
    move_on(decision, DECISION_LIFE, "plan_online", outcome="")
    record(by, "household_decision.online_planned", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def plan_online_again(
    decision: HouseholdDecision,
    *,
    by: Acting,
    on: date,
    reported_on: date,
    since: date,
    until: date,
    team: str,
    leader: str,
) -> HouseholdDecision:
    """A new notice in place of one that was given, before the first poll opens. Refused, by field,
    as the first.
    """
    DECISION_LIFE.require(by, "plan_online_again", decision)
    decision = DECISION_LIFE.hold(decision, "plan_online_again")
    plan, leader = _checked_plan(decision, on, reported_on, since, until, team, leader)
    vote = latest_vote(decision)
    change_vote(vote, leader, plan)
    poll = OnlinePoll.objects.get(vote=vote, step=Step.FORM)
    poll.reported_on, poll.until = reported_on, until
    poll.save(update_fields=["reported_on", "until"])
    record(by, "household_decision.online_planned_again", decision, unit=decision.unit_id)
    return decision


def _checked_plan(decision, on, reported_on, since, until, team, leader):
    """({column of the vote: value}, whom the leader represents), checked."""
    people = names_in(team)
    with all_refusals() as rule:
        with rule():
            check_day(on, decision.proposed_on, "on")
        with rule():
            check_day(reported_on, decision.proposed_on, "reported_on")
            if isinstance(since, date) and reported_on > since:
                raise Refused(_("Phải báo cáo cấp xã trước khi bắt đầu."), "reported_on")
        with rule():
            _check_days(since, until)
        for key in ("ballot.team_least", "ballot.team_most"):
            with rule():
                check_number(key, len(people), today(), "team")
        with rule():
            leader = check_leader(leader, decision.item, today(), "online")
    plan = {"noticed_on": on, "planned_on": since, "until": until, "team": "\n".join(people)}
    return plan, leader


@transaction.atomic
def open_online(decision: HouseholdDecision, *, by: Acting) -> HouseholdDecision:
    """Open the first poll: the roll of the day is frozen as the denominator. Refused before its
    first day and after its last.
    """
    DECISION_LIFE.require(by, "open_online", decision)
    decision = DECISION_LIFE.hold(decision, "open_online", "unit")
    vote = latest_vote(decision)
    if not vote.planned_on <= today() <= vote.until:
        raise Refused(
            _("Biểu quyết từ ngày %(since)s đến hết ngày %(until)s.")
            % {"since": show_day(vote.planned_on), "until": show_day(vote.until)}
        )
    freeze_roll(vote, today())
    vote.save(update_fields=list(FROZEN))
    _open(OnlinePoll.objects.get(vote=vote, step=Step.FORM))
    move_on(decision, DECISION_LIFE, "open_online")
    record(
        by,
        "household_decision.online_opened",
        decision,
        unit=decision.unit_id,
        households=vote.households,
    )
    return decision


@transaction.atomic
def close_form(decision: HouseholdDecision, *, by: Acting, until: date) -> HouseholdDecision:
    """Close the first poll. Where enough households agreed to vote on line, the poll on the matter
    opens until the end of a day; else a meeting or ballots follow.
    """
    DECISION_LIFE.require(by, "close_form", decision)
    decision = DECISION_LIFE.hold(decision, "close_form", "unit")
    vote = latest_vote(decision)
    poll = _close(vote, Step.FORM)
    if judged(decision, vote).outcome == Outcome.FORM_NOT_AGREED:
        changes = settle_vote(decision, vote, by)
    else:
        _check_days(today(), until)
        changes = {"outcome": ""}
        vote.until = until
        vote.save(update_fields=["until"])
        matter = OnlinePoll.objects.create(
            uid=uuid4(), vote=vote, step=Step.MATTER, reported_on=poll.reported_on, until=until
        )
        _open(matter)
    _write_outcome(decision, "close_form", changes)
    record(
        by,
        "household_decision.online_agreed",
        decision,
        unit=decision.unit_id,
        agreed=poll.yes,
        root=poll.root,
    )
    return decision


@transaction.atomic
def close_online(decision: HouseholdDecision, *, by: Acting) -> HouseholdDecision:
    """Close the poll on the matter and settle the vote."""
    DECISION_LIFE.require(by, "close_online", decision)
    decision = DECISION_LIFE.hold(decision, "close_online", "unit")
    vote = latest_vote(decision)
    poll = _close(vote, Step.MATTER)
    vote.until = min(vote.until, today())
    vote.save(update_fields=["until"])
    changes = settle_vote(
        decision,
        vote,
        by,
        issued=poll.cast,
        returned=poll.cast,
        yes=poll.yes,
        no=poll.no,
        other=poll.other,
    )
    _write_outcome(decision, "close_online", changes)
    record(
        by,
        "household_decision.online_closed",
        decision,
        unit=decision.unit_id,
        outcome=decision.outcome,
        root=poll.root,
    )
    return decision


def _open(poll):
    """Make the key of the urn and let choices in."""
    make_urn(poll.uid)
    poll.opened_at = now()
    poll.save(update_fields=["opened_at"])


def _close(vote, step):
    """Count the poll, write its signed file, erase the sealed choices; the key is destroyed after
    the commit. A choice that is being written is waited for. Refused while time is left and not all
    have voted.
    """
    poll = OnlinePoll.objects.select_for_update().get(vote=vote, step=step)
    opened = open_choices(poll)
    if today() <= poll.until and len(opened) < vote.households:
        raise Refused(_("Còn nhận phiếu đến hết ngày %s.") % show_day(poll.until))
    choices = [choice for choice, _code, _opinion in opened]
    poll.vote = vote
    lines = file_lines(poll, choices, [code for _choice, code, _opinion in opened])
    poll.cast = len(choices)
    poll.yes, poll.no, poll.other = (choices.count(place) for place in range(3))
    poll.size = len(lines)
    poll.root = merkle.root(lines)
    poll.public_key = public_key()
    poll.signature = sign_result(poll.uid, poll.size, poll.root)
    poll.content = file_text(lines, poll.root, poll.public_key, poll.signature)
    poll.closed_at = now()
    poll.save()
    opinions = sorted(text for choice, _code, text in opened if choice == OTHER and text)
    OnlineOpinion.objects.bulk_create(OnlineOpinion(poll=poll, text=text) for text in opinions)
    OnlineChoice.objects.filter(poll=poll).update(sealed=None)
    transaction.on_commit(lambda: destroy_urn(poll.uid))
    return poll


def _check_days(since, until):
    if not isinstance(since, date):
        raise Refused(_("Hãy ghi ngày."), "since")
    if not isinstance(until, date) or until < since:
        raise Refused(_("Ngày cuối phải từ ngày bắt đầu trở đi."), "until")


def _write_outcome(decision, act, changes):
    for name, value in changes.items():
        setattr(decision, name, value)
    move_on(decision, DECISION_LIFE, act, **changes)
