"""Ballots that are handed out to the households: planned, issued, counted by two people apart."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.latest import latest_vote, names_in
from danchu.decision.led import Step, tell_leaders
from danchu.decision.lives import DECISION_LIFE
from danchu.decision.models import BallotCount, Conduct, HouseholdDecision, RollEntry
from danchu.decision.models.conduct import Leader
from danchu.decision.models.votes import COUNTED, SHEETS
from danchu.decision.rules.conduct import check_leader
from danchu.decision.rules.outcomes import check_notice, check_number
from danchu.decision.writes.freezing import FROZEN, freeze_roll
from danchu.decision.writes.settling import (
    PLAN,
    owe_of_village,
    owe_plan_again,
    settle_vote,
)
from danchu.decision.writes.votes import begin_vote, change_vote
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.law.decision import Form
from danchu.subjects.writes import move_on


@transaction.atomic
def plan_ballot(
    decision: HouseholdDecision,
    *,
    by: Acting,
    on: date,
    since: date,
    until: date,
    team: str,
    leader: str = Leader.FRONT,
) -> HouseholdDecision:
    """Write down that ballots were noticed on a day, to be handed out from `since` on and given
    back by the day `until`. The first of the team of three to five is its leader, `leader` says
    whom that one represents. A copy of the plan is owed to the chairs of the commune.
    """
    DECISION_LIFE.require(by, "plan_ballot", decision)
    decision = DECISION_LIFE.hold(decision, "plan_ballot", "unit")
    plan, leader = _checked_plan(decision, latest_vote(decision), on, since, until, team, leader)
    vote = begin_vote(decision, Form.BALLOT, by, **plan)
    Conduct.objects.create(vote=vote, leader=leader)
    owe_of_village(decision, PLAN, on, by)
    move_on(decision, DECISION_LIFE, "plan_ballot", outcome="")
    record(
        by,
        "household_decision.ballot_planned",
        decision,
        unit=decision.unit_id,
        until=until.isoformat(),
    )
    return decision


@transaction.atomic
def plan_ballot_again(
    decision: HouseholdDecision,
    *,
    by: Acting,
    on: date,
    since: date,
    until: date,
    team: str,
    leader: str = Leader.FRONT,
) -> HouseholdDecision:
    """A new notice and plan in place of one that was given, before the first ballot is handed out:
    its days have passed, or somebody of the team is ill. Refused, by field, as the first; a copy of
    this plan is owed anew.
    """
    DECISION_LIFE.require(by, "plan_ballot_again", decision)
    decision = DECISION_LIFE.hold(decision, "plan_ballot_again", "unit")
    vote = latest_vote(decision)
    before = decision.votes.exclude(pk=vote.pk).order_by("-number").first()
    plan, leader = _checked_plan(decision, before, on, since, until, team, leader)
    change_vote(vote, leader, plan)
    owe_plan_again(decision, on, by)
    record(
        by,
        "household_decision.ballot_planned_again",
        decision,
        unit=decision.unit_id,
        until=until.isoformat(),
    )
    return decision


def _checked_plan(decision, before, on, since, until, team, leader):
    """({column of the vote: value}, whom the leader represents) of ballots that follow the vote
    `before`, checked.
    """
    earliest = before.held_on if before and before.held_on else decision.proposed_on
    people = names_in(team)
    day = on if isinstance(on, date) else today()
    with all_refusals() as rule:
        with rule():
            check_day(on, earliest, "on")
            if not isinstance(since, date):
                raise Refused(_("Hãy ghi ngày."), "since")
            check_notice("ballot.notice", on, since, "since")
        with rule():
            if not isinstance(until, date) or isinstance(since, date) and until < since:
                raise Refused(_("Ngày cuối nhận phiếu phải từ ngày phát phiếu trở đi."), "until")
        for key in ("ballot.team_least", "ballot.team_most"):
            with rule():
                check_number(key, len(people), day, "team")
        with rule():
            leader = check_leader(leader, decision.item, day)
    plan = {"noticed_on": on, "planned_on": since, "until": until, "team": "\n".join(people)}
    return plan, leader


@transaction.atomic
def issue_ballots(decision: HouseholdDecision, *, by: Acting, on: date) -> HouseholdDecision:
    """The first ballot is handed out on a day, whose roll is frozen as the denominator."""
    DECISION_LIFE.require(by, "issue", decision)
    decision = DECISION_LIFE.hold(decision, "issue", "unit")
    vote = latest_vote(decision)
    check_day(on, vote.planned_on, "on")
    if on > vote.until:
        raise Refused(_("Hạn nhận phiếu là %s: đã qua.") % show_day(vote.until), "on")
    tell_leaders(Step.FREEZING, decision, vote, by)
    freeze_roll(vote, on)
    vote.save(update_fields=list(FROZEN))
    move_on(decision, DECISION_LIFE, "issue")
    record(
        by,
        "household_decision.issued",
        decision,
        unit=decision.unit_id,
        households=vote.households,
    )
    return decision


@transaction.atomic
def hand_out_ballots(
    decision: HouseholdDecision, *, by: Acting, entries: Iterable[int]
) -> HouseholdDecision:
    """Write down that these households (ids of entries of the frozen roll) were handed a ballot.
    Who has one already gets no second: two clerks may write at the same time.
    """
    DECISION_LIFE.require(by, "hand_out", decision)
    decision = DECISION_LIFE.hold(decision, "hand_out")
    chosen = RollEntry.objects.filter(vote=latest_vote(decision), pk__in=list(entries))
    number = chosen.filter(issued_at=None).update(issued_at=now())
    record(by, "household_decision.handed_out", decision, unit=decision.unit_id, number=number)
    return decision


@transaction.atomic
def take_back_ballot(decision: HouseholdDecision, *, by: Acting, entry: int) -> HouseholdDecision:
    """Strike that a household was handed a ballot, where it was written by mistake."""
    DECISION_LIFE.require(by, "take_back", decision)
    decision = DECISION_LIFE.hold(decision, "take_back")
    issued = RollEntry.objects.filter(vote=latest_vote(decision), pk=entry, issued_at__isnull=False)
    if not issued.update(issued_at=None):
        raise Refused(_("Hãy chọn một hộ đang ghi là đã nhận phiếu."), "entry")
    record(by, "household_decision.taken_back", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def count_ballots(
    decision: HouseholdDecision,
    *,
    by: Acting,
    issued: int,
    returned: int,
    yes: int,
    no: int,
    other: int,
    blank: int,
    unreadable: int,
    double: int,
    foreign: int,
    late: int,
) -> HouseholdDecision:
    """Write one person's count of the ballots, in place of an earlier one of theirs. When two
    people have come to the same numbers the vote is settled; until then nothing is.
    """
    DECISION_LIFE.require(by, "count", decision)
    decision = DECISION_LIFE.hold(decision, "count", "unit")
    vote = latest_vote(decision)
    counts = dict(
        zip(
            COUNTED,
            (issued, returned, yes, no, other, blank, unreadable, double, foreign, late),
            strict=True,
        )
    )
    _check_counts(vote, counts)
    BallotCount.objects.update_or_create(
        vote=vote,
        made_by=by.key,
        defaults={**counts, "households": vote.households, "made_at": now()},
    )
    same = BallotCount.objects.filter(vote=vote, **counts).exclude(made_by=by.key)
    settled = {}
    if same.exists():
        settled = settle_vote(decision, vote, by, **counts)
        for name, value in settled.items():
            setattr(decision, name, value)
    move_on(decision, DECISION_LIFE, "count", **settled)
    record(
        by,
        "household_decision.counted",
        decision,
        unit=decision.unit_id,
        outcome=decision.outcome,
    )
    return decision


def _check_counts(vote, counts):
    """Refused by field where the ballots were not due yet, or the numbers cannot be."""
    if today() < vote.until:
        raise Refused(_("Chỉ kiểm phiếu từ ngày cuối nhận phiếu %s.") % show_day(vote.until))
    with all_refusals() as rule:
        handed_out = RollEntry.objects.filter(vote=vote, issued_at__isnull=False).count()
        if counts["issued"] != handed_out:
            with rule():
                raise Refused(
                    _("Danh sách ghi %s hộ đã nhận phiếu. Hãy ghi đủ danh sách, hoặc kiểm lại.")
                    % handed_out,
                    "issued",
                )
        if counts["returned"] > counts["issued"]:
            with rule():
                raise Refused(_("Thu về nhiều phiếu hơn số phát ra."), "returned")
        total = sum(counts[name] for name in SHEETS)
        if total != counts["returned"]:
            with rule():
                raise Refused(
                    _("Các loại phiếu cộng lại là %(total)s, số thu về là %(returned)s.")
                    % {"total": total, "returned": counts["returned"]},
                    "returned",
                )
