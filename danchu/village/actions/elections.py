"""The election of a head: planned, its candidates, team and posting in time, and its votes."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.decision.actions import count_ballots, vote_in_meeting
from danchu.decision.input.household_fields import check_village
from danchu.decision.latest import latest_vote, names_in
from danchu.decision.models.decisions import Proposer
from danchu.decision.writes.proposals import put_forward
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.kernel.text import identity_key
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of
from danchu.subjects.writes import move_on, next_number
from danchu.units.models import Unit
from danchu.units.names import name_of
from danchu.village import stored
from danchu.village.lives import ELECTION_LIFE, OFFICE, ElectionState
from danchu.village.models import Candidate, CandidateCount, HeadElection
from danchu.village.models.elections import LONGEST_NAME, Source
from danchu.village.rules.counting import leading
from danchu.village.rules.days import check_age, check_before, check_term
from danchu.village.writes.owing import meet_owed, owe_by_committee, owe_by_village

LONGEST_NUMBER = 60
ITEM = 4
CANDIDATES, TEAM, POSTING = "election.candidates", "election.team", "election.posting"
NO_CANDIDATE = gettext_lazy("Chưa có người ứng cử nào.")


@transaction.atomic
def plan_election(
    *,
    by: Acting,
    unit: Unit,
    plan_on: date,
    document: str,
    planned_on: date,
    term_until: date,
    uid: UUID | None = None,
) -> HeadElection:
    """The chair of the commune decided on a day that the village elects its head on another one,
    for a term: the matter is put before the households, and what comes before the vote is owed.
    Refused by field; Denied without the right.
    """
    require(by.may("draft", OFFICE, unit), ELECTION_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            check_village(unit, plan_on, day_field="plan_on")
        with rule():
            document = line_of(document, "document", LONGEST_NUMBER, _("Hãy ghi số văn bản."))
        with rule():
            if not isinstance(planned_on, date) or planned_on < plan_on:
                raise Refused(_("Ngày bầu phải từ ngày ra kế hoạch trở đi."), "planned_on")
            check_before("election.plan", plan_on, planned_on, "planned_on")
        with rule():
            if not isinstance(term_until, date):
                raise Refused(_("Hãy ghi ngày hết nhiệm kỳ."), "term_until")
            check_term(planned_on, term_until, "term_until")
    check_unsent(HeadElection, uid)
    place = name_of(unit, plan_on)
    decision = put_forward(
        by=by,
        unit=unit,
        item=ITEM,
        title=stored.ELECTION.format(place=place),
        content=stored.ELECTION_CONTENT.format(document=document),
        proposer=Proposer.FRONT.value,
        proposed_on=plan_on,
        day_field="plan_on",
    )
    election = HeadElection.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        decision=decision,
        plan_on=plan_on,
        document=document,
        planned_on=planned_on,
        term_until=term_until,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "head_election.planned", election, unit=unit, on=planned_on.isoformat())
    for owes, key, words in (
        (owe_by_village, CANDIDATES, stored.CANDIDATES_OWED),
        (owe_by_committee, TEAM, stored.TEAM_OWED),
        (owe_by_committee, POSTING, stored.POSTING_OWED),
    ):
        owes(election, key, planned_on, words.format(place=place), by)
    return election


@transaction.atomic
def nominate(
    election: HeadElection, *, by: Acting, name: str, born_on: date, source: str
) -> HeadElection:
    """Somebody stands for head. Refused by field, also for who is too young on the day."""
    ELECTION_LIFE.require(by, "nominate", election)
    election = ELECTION_LIFE.hold(election, "nominate", "decision")
    with all_refusals() as rule:
        with rule():
            name = line_of(name, "name", LONGEST_NAME, _("Hãy ghi họ tên."))
        with rule():
            check_day(born_on, None, "born_on")
            check_age(born_on, election.planned_on, "born_on")
        with rule():
            if source not in Source.values:
                raise Refused(_("Hãy chọn trong danh sách."), "source")
            is_posted = election.state == ElectionState.POSTED
            if is_posted and source != Source.MEETING:
                raise Refused(
                    _("Đã niêm yết: chỉ còn giới thiệu tại cuộc họp, trước khi bầu."), "source"
                )
    if election.decision.state not in ("proposed", "announced", "clusters", "meeting"):
        raise Refused(_("Cuộc bầu đã qua bước giới thiệu người ứng cử."))
    same_age = election.candidates.filter(born_on=born_on).values_list("name", flat=True)
    if identity_key(name) in map(identity_key, same_age):
        raise Refused(_("Người này đã có trong danh sách."), "name")
    members = [identity_key(member) for member in election.team.splitlines()]
    if not is_posted and identity_key(name) in members:
        raise Refused(_("Người này ở trong Tổ bầu cử: hãy ghi lại Tổ bầu cử trước."), "name")
    Candidate.objects.create(
        election=election,
        number=next_number(election.candidates),
        name=name,
        born_on=born_on,
        source=source,
    )
    record(by, "head_election.nominated", election, unit=election.unit_id)
    return election


@transaction.atomic
def send_candidates(election: HeadElection, *, by: Acting, on: date) -> HeadElection:
    """The minutes of the Front's work board on the candidates came to the commune on a day."""
    ELECTION_LIFE.require(by, "send_candidates", election)
    election = ELECTION_LIFE.hold(election, "send_candidates")
    check_day(on, election.plan_on, "on")
    if not election.candidates.exists():
        raise Refused(NO_CANDIDATE)
    meet_owed(election, CANDIDATES, on, by)
    move_on(election, ELECTION_LIFE, "send_candidates", candidates_on=on)
    record(by, "head_election.candidates_sent", election, unit=election.unit_id)
    return election


@transaction.atomic
def set_team(election: HeadElection, *, by: Acting, on: date, team: str) -> HeadElection:
    """The election team was set up on a day; who stands is not in it."""
    ELECTION_LIFE.require(by, "set_team", election)
    election = ELECTION_LIFE.hold(election, "set_team")
    with all_refusals() as rule:
        with rule():
            check_day(on, election.plan_on, "on")
        with rule():
            people = names_in(team)
            if not people:
                raise Refused(_("Hãy ghi tên từng người, mỗi người một dòng."), "team")
            members = {identity_key(name) for name in people}
            for candidate in election.candidates.order_by("number"):
                if identity_key(candidate.name) in members:
                    raise Refused(
                        _("Người ứng cử không ở trong Tổ bầu cử: %s.") % candidate.name, "team"
                    )
    meet_owed(election, TEAM, on, by)
    move_on(election, ELECTION_LIFE, "set_team", team="\n".join(people), team_on=on)
    record(by, "head_election.team_set", election, unit=election.unit_id)
    return election


@transaction.atomic
def post_election(election: HeadElection, *, by: Acting, on: date) -> HeadElection:
    """The decisions, the team and the candidates were posted on a day. Refused before there are
    any; late it is done and judged late.
    """
    ELECTION_LIFE.require(by, "post", election)
    election = ELECTION_LIFE.hold(election, "post")
    if not election.candidates.exists():
        raise Refused(NO_CANDIDATE)
    if not election.team:
        raise Refused(_("Chưa lập Tổ bầu cử."))
    check_day(on, election.team_on, "on")
    meet_owed(election, POSTING, on, by)
    move_on(election, ELECTION_LIFE, "post", posted_on=on)
    record(by, "head_election.posted", election, unit=election.unit_id)
    return election


@transaction.atomic
def vote_election(
    election: HeadElection,
    *,
    by: Acting,
    chosen: Mapping[int, int],
    against: int,
    blank: int = 0,
    witnesses: str = "",
) -> HeadElection:
    """The vote of the meeting: {id of a candidate: households}, who chose nobody, blank sheets.
    Whom more than half of all households chose is elected; between two with as many nobody is.
    """
    ELECTION_LIFE.require(by, "vote", election)
    election = ELECTION_LIFE.hold(election, "vote", "decision")
    yes, others = _write_counts(election, latest_vote(election.decision), chosen, by)
    vote_in_meeting(
        election.decision,
        by=by,
        yes=yes,
        no=others + against,
        other=0,
        blank=blank,
        witnesses=witnesses,
    )
    election.refresh_from_db()
    record(by, "head_election.voted", election, unit=election.unit_id)
    return election


@transaction.atomic
def count_election(
    election: HeadElection,
    *,
    by: Acting,
    chosen: Mapping[int, int],
    against: int,
    issued: int,
    returned: int,
    blank: int = 0,
    unreadable: int = 0,
    double: int = 0,
    foreign: int = 0,
    late: int = 0,
) -> HeadElection:
    """One person's count of the ballots; a second one with the same numbers settles it."""
    ELECTION_LIFE.require(by, "count", election)
    election = ELECTION_LIFE.hold(election, "count", "decision")
    yes, others = _write_counts(election, latest_vote(election.decision), chosen, by)
    count_ballots(
        election.decision,
        by=by,
        issued=issued,
        returned=returned,
        yes=yes,
        no=others + against,
        other=0,
        blank=blank,
        unreadable=unreadable,
        double=double,
        foreign=foreign,
        late=late,
    )
    election.refresh_from_db()
    record(by, "head_election.counted", election, unit=election.unit_id)
    return election


def _write_counts(election, vote, chosen, by):
    """Write what each candidate got by this person; (the most, the sum of the others)."""
    candidates = list(election.candidates.order_by("number"))
    if {one.pk for one in candidates} != chosen.keys():
        raise Refused(_("Hãy ghi số phiếu của từng người ứng cử."))
    for one in candidates:
        CandidateCount.objects.update_or_create(
            vote=vote, candidate=one, made_by=by.key, defaults={"chosen": chosen[one.pk]}
        )
    return leading(chosen)
