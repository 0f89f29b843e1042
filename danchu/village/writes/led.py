"""What this room does at each step of the matters that it leads to their vote."""

from datetime import timedelta

from django.utils.translation import gettext as _

from danchu.decision.led import Step, judge_by, listen_to
from danchu.decision.writes.settling import RECOGNISE, SEND
from danchu.journal.actions import record
from danchu.kernel.days import check_day, today
from danchu.kernel.refusals import Refused
from danchu.law.decision import Outcome
from danchu.units.on_day import check_unit_on
from danchu.village import stored
from danchu.village.lives import ConventionState, ElectionState
from danchu.village.models import Convention, HeadElection, HeadRelease, VillageHead
from danchu.village.rules.counting import check_candidate_counts, chosen_in
from danchu.village.rules.days import check_lasted
from danchu.village.writes.conventions import begin_force, check_attendance, end_force
from danchu.village.writes.heads import begin_head, end_head, meet_election_again, restore_head
from danchu.village.writes.owing import excuse_owed

OF_ELECTIONS = {RECOGNISE: "election.recognise"}
OF_CONVENTIONS = {SEND: "convention.send", RECOGNISE: "convention.recognise"}


def listen():
    """Be told of the steps of matters."""
    listen_to(Step.FREEZING, _freezing)
    listen_to(Step.SETTLING, _settling)
    listen_to(Step.SENDING, _sending)
    listen_to(Step.RECOGNISED, _recognised)
    listen_to(Step.REFUSED, _refused)
    listen_to(Step.ANNULLED, _annulled)
    listen_to(Step.WITHDRAWN, _withdrawn)
    judge_by(own_rules)


def own_rules(decision):
    """The rules of Decrees 59 and 61 of 2023 on elections and conventions in place of the general
    ones of the Law.
    """
    if HeadElection.objects.filter(decision=decision).exists():
        return OF_ELECTIONS
    return OF_CONVENTIONS if Convention.objects.filter(decision=decision).exists() else {}


def _election(decision):
    rows = HeadElection.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.filter(decision=decision).first()


def _convention(decision):
    rows = Convention.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.filter(decision=decision).first()


def _freezing(decision, vote, by):
    """An election begins once it was posted, with a team and a candidate; ballots of a convention
    that was posted long enough.
    """
    election = _election(decision)
    if election is not None and election.posted_on is None:
        raise Refused(
            _("Chưa niêm yết người ứng cử, Tổ bầu cử: hãy ghi ở trang bầu trưởng thôn, tổ trưởng.")
        )
    if election is not None and election.state != ElectionState.POSTED:
        _move(election, ElectionState.POSTED, by)  # its vote is held again
    convention = _convention(decision)
    if convention is not None:
        check_lasted("convention.posting", convention.posted_on, vote.planned_on, "")


def _settling(decision, vote, by):
    """What each candidate got must agree with the result; who attends a meeting on a convention
    must be enough for it.
    """
    is_short = vote.outcome == Outcome.TOO_FEW_PRESENT.value
    is_passed = vote.outcome == Outcome.PASSED.value
    election, convention = _election(decision), _convention(decision)
    if is_short:
        return
    if election is not None:
        check_candidate_counts(election, vote)
        state = ElectionState.ELECTED if is_passed else ElectionState.NOT_ELECTED
        _move(election, state, by)
    if convention is not None:
        check_attendance(vote)
        state = ConventionState.ADOPTED if is_passed else ConventionState.NOT_ADOPTED
        _move(convention, state, by)


def _sending(decision, vote, by):
    """A convention goes with its whole file, on the day of it or later: the days for recognising it
    are counted from a full file (Decree 61/2023 article 11).
    """
    convention = _convention(decision)
    if convention is not None and convention.filed_on is None:
        raise Refused(
            _("Hồ sơ đề nghị công nhận chưa đủ: hãy lập hồ sơ ở trang hương ước, quy ước.")
        )
    if convention is not None:
        check_day(decision.sent_on, convention.filed_on, "on")


def _recognised(decision, vote, by):
    election, convention = _election(decision), _convention(decision)
    on = decision.in_force_on
    if election is not None:
        check_unit_on(election.unit, on, "on")
        leader = chosen_in(election, decision)
        begin_head(
            unit=election.unit,
            name=leader.name,
            since=on,
            term_until=election.term_until,
            by=by,
            election=election,
            document=decision.document,
        )
        meet_election_again(election.unit, decision.settled_on, by)
        _move(election, ElectionState.RECOGNISED, by)
    release = HeadRelease.objects.select_related("head__unit").filter(decision=decision).first()
    if release is not None and release.head.until is None:
        end_head(release.head, on, "released", by, end_document=decision.document)
        record(by, "village_head.released", release.head, unit=release.head.unit_id)
    if convention is not None:
        check_unit_on(convention.unit, on, "on")
        begin_force(convention, on, decision.document, by)


def _refused(decision, vote, by):
    for row, state in (
        (_election(decision), ElectionState.REFUSED),
        (_convention(decision), ConventionState.REFUSED),
    ):
        if row is not None:
            _move(row, state, by)


def _annulled(decision, vote, by):
    """A head whose election is annulled ends, and so does a convention in force; whose release is
    annulled is head again.
    """
    election, convention = _election(decision), _convention(decision)
    if election is not None:
        head = getattr(election, "head", None)
        if head is not None and head.until is None:
            # Who began today ends with it.
            on = max(today(), head.since + timedelta(days=1))
            end_head(head, on, "annulled", by, reason=decision.reason)
            record(by, "village_head.ended", head, unit=head.unit_id)
        _move(election, ElectionState.CANCELLED, by)
    release = HeadRelease.objects.filter(decision=decision).first()
    if release is not None:
        _take_back(release, decision, by)
    if convention is not None and convention.in_force_on is not None:
        end_force(convention, today(), by, document=decision.document, reason=decision.reason)
    elif convention is not None:
        _move(convention, ConventionState.NOT_ADOPTED, by)


def _take_back(release, decision, by):
    """The head whom this release ended serves on; one who ended in another way does not."""
    rows = VillageHead.objects.select_for_update(of=("self",)).select_related("unit")
    head = rows.get(pk=release.head_id)
    if head.ending == "released" and head.until == decision.in_force_on:
        restore_head(head, by, decision.reason)
        record(by, "village_head.restored", head, unit=head.unit_id)


def _withdrawn(decision, vote, by):
    election, convention = _election(decision), _convention(decision)
    if election is not None:
        excuse_owed(election, stored.ELECTION_WITHDRAWN)
        _move(election, ElectionState.CANCELLED, by)
    if convention is not None:
        _move(convention, ConventionState.NOT_ADOPTED, by)


def _move(row, state, by):
    row.state = state
    row.save(update_fields=["state"])
    record(by, f"{row.journal_kind}.moved", row, unit=row.unit_id, state=str(state))
