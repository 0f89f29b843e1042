"""A meeting by clusters: planned, approved, attended and counted in each, and added up over one
roll.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.latest import LONGEST_NAME, latest_vote
from danchu.decision.lives import DECISION_LIFE
from danchu.decision.models import Cluster, ClusterPlan, Household, HouseholdDecision, RollEntry
from danchu.decision.rules.clusters import check_may_divide, read_clusters
from danchu.decision.rules.outcomes import is_short
from danchu.decision.rules.procedure import checked_count, checked_procedure
from danchu.decision.writes.attendance import count_clusters_of
from danchu.decision.writes.settling import settle_vote
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on

LONGEST_NUMBER = 60
LONGEST_GROUND = 200
SUMS = ("yes", "no", "other", "blank")


@transaction.atomic
def plan_clusters(
    decision: HouseholdDecision,
    *,
    by: Acting,
    on: date,
    clusters: str,
    aggregator: str,
    ground: str = "",
) -> HouseholdDecision:
    """Send the plan of a meeting by clusters to the People's Committee, in place of an earlier one:
    a cluster on each line, and who adds up. Refused by field, also for a village that is too small
    and not scattered.
    """
    DECISION_LIFE.require(by, "plan_clusters", decision)
    decision = DECISION_LIFE.hold(decision, "plan_clusters", "unit")
    vote = latest_vote(decision)
    households = Household.objects.on_roll(vote.unit_id, vote.planned_on).count()
    with all_refusals() as rule:
        with rule():
            check_day(on, decision.proposed_on, "on")
        with rule():
            ground = line_of(ground, "ground", LONGEST_GROUND)
            check_may_divide(households, ground, vote.planned_on)
        with rule():
            rows = read_clusters(clusters, vote.planned_on)
        with rule():
            aggregator = line_of(
                aggregator, "aggregator", LONGEST_NAME, _("Hãy ghi người tổng hợp kết quả.")
            )
    values = {"households": households, "ground": ground, "aggregator": aggregator, "sent_on": on}
    values |= {"approved_on": None, "document": ""}
    ClusterPlan.objects.update_or_create(vote=vote, defaults=values)
    Cluster.objects.filter(vote=vote).delete()
    Cluster.objects.bulk_create(
        Cluster(vote=vote, number=number, **row) for number, row in enumerate(rows, 1)
    )
    move_on(decision, DECISION_LIFE, "plan_clusters")
    record(by, "household_decision.clusters_planned", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def approve_clusters(
    decision: HouseholdDecision, *, by: Acting, on: date, document: str
) -> HouseholdDecision:
    """The People's Committee decided, after agreeing with the Front, that the village may meet by
    these clusters.
    """
    DECISION_LIFE.require(by, "approve_clusters", decision)
    decision = DECISION_LIFE.hold(decision, "approve_clusters")
    plan = latest_vote(decision).cluster_plan
    with all_refusals() as rule:
        with rule():
            check_day(on, plan.sent_on, "on")
        with rule():
            document = line_of(document, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
    plan.approved_on, plan.document = on, document
    plan.save(update_fields=["approved_on", "document"])
    move_on(decision, DECISION_LIFE, "approve_clusters")
    record(by, "household_decision.clusters_approved", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def refuse_clusters(decision: HouseholdDecision, *, by: Acting, document: str) -> HouseholdDecision:
    """The People's Committee does not agree to the clusters: the village meets in one place, or
    sends another plan.
    """
    DECISION_LIFE.require(by, "refuse_clusters", decision)
    decision = DECISION_LIFE.hold(decision, "refuse_clusters")
    plan = latest_vote(decision).cluster_plan
    plan.document = line_of(document, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
    plan.save(update_fields=["document"])
    Cluster.objects.filter(vote=plan.vote_id).delete()
    move_on(decision, DECISION_LIFE, "refuse_clusters")
    record(by, "household_decision.clusters_refused", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def attend_cluster(
    decision: HouseholdDecision, *, by: Acting, cluster: int, entries: Iterable[int]
) -> HouseholdDecision:
    """Write down that the representatives of these households (ids of entries of the frozen roll)
    came to a cluster (its number). Who is at another one already stays there: a household takes
    part once.
    """
    DECISION_LIFE.require(by, "attend_cluster", decision)
    decision = DECISION_LIFE.hold(decision, "attend_cluster")
    vote = latest_vote(decision)
    there = _open_cluster(vote, cluster)
    chosen = RollEntry.objects.filter(vote=vote, pk__in=list(entries), present_at=None)
    number = chosen.filter(issued_at=None).update(present_at=now(), cluster=there)
    count_clusters_of(vote)
    record(by, "household_decision.attended", decision, unit=decision.unit_id, number=number)
    return decision


@transaction.atomic
def choose_in_cluster(
    decision: HouseholdDecision,
    *,
    by: Acting,
    cluster: int,
    secretary: str,
    secretary_yes: int,
    way: str,
    way_yes: int,
    team: str,
    team_yes: int,
) -> HouseholdDecision:
    """As in a meeting, by those who attend the cluster (its number)."""
    DECISION_LIFE.require(by, "choose_cluster", decision)
    decision = DECISION_LIFE.hold(decision, "choose_cluster")
    there = _open_cluster(latest_vote(decision), cluster)
    values = checked_procedure(
        there.attending,
        there.meets_on,
        secretary=secretary,
        secretary_yes=secretary_yes,
        way=way,
        way_yes=way_yes,
        team=team,
        team_yes=team_yes,
    )
    for name, value in values.items():
        setattr(there, name, value)
    there.save(update_fields=list(values))
    record(by, "household_decision.chosen", decision, unit=decision.unit_id, way=way)
    return decision


@transaction.atomic
def count_cluster(
    decision: HouseholdDecision,
    *,
    by: Acting,
    cluster: int,
    yes: int,
    no: int,
    other: int,
    blank: int = 0,
    witnesses: str = "",
) -> HouseholdDecision:
    """The vote of those who attend a cluster (its number); its count never changes afterwards."""
    DECISION_LIFE.require(by, "count_cluster", decision)
    decision = DECISION_LIFE.hold(decision, "count_cluster")
    there = _open_cluster(latest_vote(decision), cluster)
    if not there.way:
        raise Refused(_("Hãy ghi việc chọn thư ký, cách biểu quyết và ban kiểm phiếu trước."))
    counts = dict(zip(SUMS, (yes, no, other, blank), strict=True))
    names = checked_count(there.attending, there.way, there.meets_on, counts, witnesses)
    for name, value in counts.items():
        setattr(there, name, value)
    there.witnesses = "\n".join(names)
    there.counted_on = today()
    there.save(update_fields=[*SUMS, "witnesses", "counted_on"])
    record(by, "household_decision.cluster_counted", decision, unit=decision.unit_id)
    return decision


@transaction.atomic
def close_clusters(decision: HouseholdDecision, *, by: Acting) -> HouseholdDecision:
    """Add up the clusters over the one frozen roll. Where fewer came to all of them together than
    are needed, the meeting fell short, whatever they voted; else Refused until each has counted.
    """
    DECISION_LIFE.require(by, "close_clusters", decision)
    decision = DECISION_LIFE.hold(decision, "close_clusters", "unit")
    vote = latest_vote(decision)
    clusters = list(Cluster.objects.filter(vote=vote).order_by("number"))
    last = max(one.meets_on for one in clusters)
    if today() < last:
        raise Refused(_("Có cụm còn họp ngày %s: chưa tổng hợp được.") % show_day(last))
    counts = {}
    if not is_short(decision, vote):
        waiting = [one.name for one in clusters if one.counted_on is None and one.attending]
        if waiting:
            raise Refused(_("Chưa có kết quả của: %s.") % ", ".join(waiting))
        counts = {name: sum(getattr(one, name) for one in clusters) for name in SUMS}
        counts |= {"returned": sum(counts.values()), "issued": vote.attending}
    settled = settle_vote(decision, vote, by, until=last, **counts)
    for name, value in settled.items():
        setattr(decision, name, value)
    move_on(decision, DECISION_LIFE, "close_clusters", **settled)
    record(
        by,
        "household_decision.clusters_closed",
        decision,
        unit=decision.unit_id,
        outcome=decision.outcome,
    )
    return decision


def _open_cluster(vote, number):
    """The cluster of the number, on its day or later and before it counted; Refused otherwise."""
    there = Cluster.objects.filter(vote=vote, number=number).first()
    if there is None:
        raise Refused(_("Hãy chọn trong danh sách."), "cluster")
    if there.counted_on is not None:
        raise Refused(_("Cụm này đã kiểm phiếu xong."), "cluster")
    if there.meets_on > today():
        raise Refused(_("Cụm này họp ngày %s.") % show_day(there.meets_on), "cluster")
    return there
