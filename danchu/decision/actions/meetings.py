"""The meeting of the households of a village: noticed, opened, attended, and its vote."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.latest import latest_vote
from danchu.decision.led import Step, tell_leaders
from danchu.decision.lives import DECISION_LIFE
from danchu.decision.models import Conduct, HouseholdDecision, RollEntry
from danchu.decision.rules.conduct import check_convener, lawful_conveners
from danchu.decision.rules.outcomes import PAPERS, check_notice, is_short
from danchu.decision.rules.procedure import checked_count, checked_procedure
from danchu.decision.writes.attendance import count_clusters_of
from danchu.decision.writes.freezing import FROZEN, freeze_roll
from danchu.decision.writes.settling import settle_vote
from danchu.decision.writes.votes import begin_vote
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.law.decision import Form
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on

LONGEST_NAME = 120


@transaction.atomic
def announce_meeting(
    decision: HouseholdDecision,
    *,
    by: Acting,
    on: date,
    planned_on: date,
    papers_on: date | None = None,
) -> HouseholdDecision:
    """Write down that the meeting was noticed on a day, for a day. Refused, by field, where it came
    too late for that day.
    """
    DECISION_LIFE.require(by, "announce", decision)
    decision = DECISION_LIFE.hold(decision, "announce", "unit")
    days = _days_of_notice(decision, on, planned_on, papers_on)
    begin_vote(decision, Form.MEETING, by, **days)
    move_on(decision, DECISION_LIFE, "announce")
    record(
        by,
        "household_decision.announced",
        decision,
        unit=decision.unit_id,
        meeting=planned_on.isoformat(),
    )
    return decision


@transaction.atomic
def announce_again(
    decision: HouseholdDecision,
    *,
    by: Acting,
    on: date,
    planned_on: date,
    papers_on: date | None = None,
) -> HouseholdDecision:
    """A new notice in place of one that was given: the meeting is on another day, or the papers
    were sent since. Refused, by field, as the first notice, and for a day after that of a cluster.
    """
    DECISION_LIFE.require(by, "announce_again", decision)
    decision = DECISION_LIFE.hold(decision, "announce_again", "unit")
    vote = latest_vote(decision)
    days = _days_of_notice(decision, on, planned_on, papers_on)
    for cluster in vote.clusters.filter(meets_on__lt=planned_on).order_by("meets_on", "number")[:1]:
        raise Refused(
            _("%(name)s họp ngày %(day)s: hãy gửi kế hoạch họp theo cụm dân cư mới trước.")
            % {"name": cluster.name, "day": show_day(cluster.meets_on)},
            "planned_on",
        )
    for name, day in days.items():
        setattr(vote, name, day)
    vote.save(update_fields=list(days))
    record(
        by,
        "household_decision.announced_again",
        decision,
        unit=decision.unit_id,
        meeting=planned_on.isoformat(),
    )
    return decision


def _days_of_notice(decision, on, planned_on, papers_on):
    """{column of the vote: day}, checked."""
    with all_refusals() as rule:
        with rule():
            check_day(on, decision.proposed_on, "on")
            if not isinstance(planned_on, date):
                raise Refused(_("Hãy ghi ngày."), "planned_on")
            check_notice("meeting.notice", on, planned_on, "planned_on")
        with rule():
            if papers_on is not None:
                check_day(papers_on, decision.proposed_on, "papers_on")
                check_notice(PAPERS, papers_on, planned_on, "papers_on")
    return {"noticed_on": on, "planned_on": planned_on, "papers_on": papers_on}


@transaction.atomic
def open_meeting(
    decision: HouseholdDecision, *, by: Acting, chair: str, convener: str = ""
) -> HouseholdDecision:
    """Open the meeting: the roll of its day is frozen as the denominator. `convener` is the office
    that convened and chairs it, by default the ordinary one of the matter. Refused before that day,
    where the village is there no more, and where the law lets others convene.
    """
    DECISION_LIFE.require(by, "open", decision)
    decision = DECISION_LIFE.hold(decision, "open", "unit")
    vote = latest_vote(decision)
    if vote.planned_on > today():
        raise Refused(_("Cuộc họp vào ngày %s: chưa mở được.") % show_day(vote.planned_on))
    vote.chair = line_of(chair, "chair", LONGEST_NAME, _("Hãy ghi người chủ trì cuộc họp."))
    day = vote.planned_on
    ordinary = next(iter(lawful_conveners(decision.item, day)), "")
    convener = check_convener(convener or ordinary, decision.item, day)
    tell_leaders(Step.FREEZING, decision, vote, by)
    freeze_roll(vote, day)
    vote.save(update_fields=["chair", *FROZEN])
    Conduct.objects.update_or_create(vote=vote, defaults={"convener": convener})
    move_on(decision, DECISION_LIFE, "open")
    record(
        by,
        "household_decision.opened",
        decision,
        unit=decision.unit_id,
        households=vote.households,
    )
    return decision


@transaction.atomic
def attend_meeting(
    decision: HouseholdDecision, *, by: Acting, entries: Iterable[int]
) -> HouseholdDecision:
    """Write down that the representatives of these households (ids of entries of the frozen roll)
    came. Who is there already stays there: two clerks may write at the same time.
    """
    DECISION_LIFE.require(by, "attend", decision)
    decision = DECISION_LIFE.hold(decision, "attend")
    vote = latest_vote(decision)
    chosen = RollEntry.objects.filter(vote=vote, pk__in=list(entries))
    number = chosen.filter(present_at=None).update(present_at=now())
    _count_attending(vote)
    record(by, "household_decision.attended", decision, unit=decision.unit_id, number=number)
    return decision


@transaction.atomic
def strike_attendance(decision: HouseholdDecision, *, by: Acting, entry: int) -> HouseholdDecision:
    """Take back that a household attends, where it was written by mistake."""
    DECISION_LIFE.require(by, "strike", decision)
    decision = DECISION_LIFE.hold(decision, "strike")
    vote = latest_vote(decision)
    struck = RollEntry.objects.filter(vote=vote, pk=entry, present_at__isnull=False)
    if not struck.filter(cluster__counted_on=None).update(present_at=None, cluster=None):
        raise Refused(_("Hãy chọn một hộ đang ghi là dự họp."), "entry")
    count_clusters_of(vote)
    record(by, "household_decision.struck", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def choose_procedure(
    decision: HouseholdDecision,
    *,
    by: Acting,
    secretary: str,
    secretary_yes: int,
    way: str,
    way_yes: int,
    team: str,
    team_yes: int,
) -> HouseholdDecision:
    """The secretary, the way of voting and the counting board, each by show of hands of more than
    half of those who attend.
    """
    DECISION_LIFE.require(by, "choose", decision)
    decision = DECISION_LIFE.hold(decision, "choose")
    vote = latest_vote(decision)
    values = checked_procedure(
        vote.attending,
        vote.held_on,
        secretary=secretary,
        secretary_yes=secretary_yes,
        way=way,
        way_yes=way_yes,
        team=team,
        team_yes=team_yes,
    )
    for name, value in values.items():
        setattr(vote, name, value)
    vote.save(update_fields=list(values))
    record(by, "household_decision.chosen", decision, unit=decision.unit_id, way=way)
    return decision


@transaction.atomic
def vote_in_meeting(
    decision: HouseholdDecision,
    *,
    by: Acting,
    yes: int,
    no: int,
    other: int,
    blank: int = 0,
    witnesses: str = "",
) -> HouseholdDecision:
    """The vote of those who attend. Refused where too few attend to pass the matter: then the
    meeting is closed and ballots may be handed out.
    """
    DECISION_LIFE.require(by, "vote", decision)
    decision = DECISION_LIFE.hold(decision, "vote", "unit")
    vote = latest_vote(decision)
    if is_short(decision, vote):
        raise Refused(_("Không đủ người dự để có thể thông qua: hãy kết thúc cuộc họp."))
    counts = {"yes": yes, "no": no, "other": other, "blank": blank}
    names = checked_count(vote.attending, vote.way, vote.held_on, counts, witnesses)
    settled = settle_vote(
        decision,
        vote,
        by,
        **counts,
        returned=sum(counts.values()),
        issued=vote.attending,
        witnesses="\n".join(names),
    )
    _write_outcome(decision, "vote", settled)
    record(
        by,
        "household_decision.voted",
        decision,
        unit=decision.unit_id,
        yes=yes,
        households=vote.households,
        outcome=decision.outcome,
    )
    return decision


@transaction.atomic
def close_short_meeting(decision: HouseholdDecision, *, by: Acting) -> HouseholdDecision:
    """Close a meeting to which fewer came than are needed to pass the matter: it has no result, and
    ballots may be handed out. Refused where enough came.
    """
    DECISION_LIFE.require(by, "close_short", decision)
    decision = DECISION_LIFE.hold(decision, "close_short", "unit")
    vote = latest_vote(decision)
    if not is_short(decision, vote):
        raise Refused(_("Đủ người dự để có thể thông qua: hãy biểu quyết."))
    settled = settle_vote(decision, vote, by)
    _write_outcome(decision, "close_short", settled)
    record(
        by,
        "household_decision.fell_short",
        decision,
        unit=decision.unit_id,
        attending=vote.attending,
        households=vote.households,
    )
    return decision


def _count_attending(vote):
    vote.attending = RollEntry.objects.filter(vote=vote, present_at__isnull=False).count()
    vote.save(update_fields=["attending"])


def _write_outcome(decision, act, settled):
    for name, value in settled.items():
        setattr(decision, name, value)
    move_on(decision, DECISION_LIFE, act, **settled)
