"""The yearly conference of a village: planned, convened, held in nine steps, reported."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.decision.input.household_fields import check_village
from danchu.decision.models import Household, HouseholdDecision
from danchu.inspection.actions import elect_member
from danchu.inspection.models import BoardTerm
from danchu.inspection.rules.membership import COMMUNE, Declaration
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of, line_of, reason_of, text_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit
from danchu.units.names import name_of
from danchu.units.on_day import check_unit_on, unit_above
from danchu.village import stored
from danchu.village.lives import CONFERENCE, CONFERENCE_LIFE, ConferenceState
from danchu.village.models import ConferenceStep, ElectedMember, VillageConference
from danchu.village.rules.days import check_before
from danchu.village.rules.electing import decisions_electing
from danchu.village.rules.steps import LAST_STEP
from danchu.village.writes.owing import excuse_owed, meet_owed, owe_by_village
from danchu.village.writes.yearly import meet_year

LONGEST_NAME = 120
NOTICE = "conference.notice"


@transaction.atomic
def plan_conference(
    *,
    by: Acting,
    unit: Unit,
    year: int,
    plan: str,
    plan_on: date,
    planned_on: date,
    uid: UUID | None = None,
) -> VillageConference:
    """The conference of a village for a year is planned for a day; its convocation in time is owed.
    Refused by field, also where the village has one for the year; Denied without the right.
    """
    require(by.may("draft", CONFERENCE, unit), CONFERENCE_LIFE.no_right)
    with all_refusals() as rule:
        with rule():
            check_village(unit, plan_on, day_field="plan_on")
        with rule():
            plan = content_of(plan, "plan")
        with rule():
            if not isinstance(planned_on, date) or planned_on < plan_on:
                raise Refused(_("Ngày họp phải từ ngày lập kế hoạch trở đi."), "planned_on")
            if not planned_on.year - 1 <= year <= planned_on.year:
                raise Refused(_("Hội nghị họp vào cuối năm ấy hoặc đầu năm sau."), "year")
    check_unsent(VillageConference, uid)
    others = VillageConference.objects.filter(unit=unit, year=year)
    if others.exclude(state=ConferenceState.CANCELLED).exists():
        raise Refused(_("Thôn, tổ dân phố này đã có hội nghị của năm ấy."), "year")
    conference = VillageConference.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        year=year,
        plan=plan,
        plan_on=plan_on,
        planned_on=planned_on,
        made_by=by.key,
        made_at=now(),
    )
    record(by, "village_conference.planned", conference, unit=unit, year=year)
    title = stored.NOTICE_OWED.format(place=name_of(unit, plan_on))
    owe_by_village(conference, NOTICE, planned_on, title, by)
    return conference


@transaction.atomic
def send_conference_plan(
    conference: VillageConference, *, by: Acting, on: date
) -> VillageConference:
    """The commune, the Front and the inspection board had the plan on a day."""
    CONFERENCE_LIFE.require(by, "send_plan", conference)
    conference = CONFERENCE_LIFE.hold(conference, "send_plan")
    check_day(on, conference.plan_on, "on")
    move_on(conference, CONFERENCE_LIFE, "send_plan", plan_sent_on=on)
    record(by, "village_conference.plan_sent", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def convene_conference(
    conference: VillageConference, *, by: Acting, on: date, planned_on: date, venue: str
) -> VillageConference:
    """The households were convened on a day, for a day and a place. Refused where that is too late
    for the day, or the plan was not sent.
    """
    CONFERENCE_LIFE.require(by, "convene", conference)
    conference = CONFERENCE_LIFE.hold(conference, "convene", "unit")
    if conference.plan_sent_on is None:
        raise Refused(_("Hãy ghi ngày gửi kế hoạch cho cấp xã, Mặt trận và Ban trước."))
    with all_refusals() as rule:
        with rule():
            check_day(on, conference.plan_on, "on")
            if not isinstance(planned_on, date):
                raise Refused(_("Hãy ghi ngày."), "planned_on")
            check_before(NOTICE, on, planned_on, "planned_on")
        with rule():
            venue = line_of(venue, "venue", 200, _("Hãy ghi địa điểm."))
    meet_owed(conference, NOTICE, on, by)
    move_on(
        conference,
        CONFERENCE_LIFE,
        "convene",
        convened_on=on,
        planned_on=planned_on,
        venue=venue,
    )
    record(by, "village_conference.convened", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def hold_conference(
    conference: VillageConference,
    *,
    by: Acting,
    on: date,
    chair: str,
    secretary: str,
    attending: int,
) -> VillageConference:
    """The conference was held on a day, with so many representatives of the households that the
    roll had on it.
    """
    CONFERENCE_LIFE.require(by, "hold", conference)
    conference = CONFERENCE_LIFE.hold(conference, "hold", "unit")
    with all_refusals() as rule:
        with rule():
            check_day(on, conference.planned_on, "on")
            check_unit_on(conference.unit, on, "on")
        with rule():
            chair = line_of(chair, "chair", LONGEST_NAME, _("Hãy ghi người chủ trì cuộc họp."))
        with rule():
            secretary = line_of(secretary, "secretary", LONGEST_NAME, _("Hãy ghi thư ký."))
    households = Household.objects.on_roll(conference.unit_id, on).count()
    if not households:
        raise Refused(_("Danh sách hộ gia đình của nơi này chưa có hộ nào. Hãy ghi danh sách."))
    if attending > households:
        raise Refused(
            _("%(part)s không thể lớn hơn tổng số hộ %(whole)s.")
            % {"part": attending, "whole": households},
            "attending",
        )
    move_on(
        conference,
        CONFERENCE_LIFE,
        "hold",
        held_on=on,
        chair=chair,
        secretary=secretary,
        attending=attending,
        households=households,
    )
    meet_year(conference)
    record(by, "village_conference.held", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def write_steps(
    conference: VillageConference, *, by: Acting, texts: Mapping[int, str]
) -> VillageConference:
    """What was said and settled in each of the nine steps, {number: text}; "" is not written."""
    CONFERENCE_LIFE.require(by, "minute", conference)
    conference = CONFERENCE_LIFE.hold(conference, "minute")
    for number, text in texts.items():
        text = text_of(text, f"step_{number}")
        rows = ConferenceStep.objects.filter(conference=conference, number=number)
        if not text:
            rows.delete()
        elif not rows.update(text=text):
            ConferenceStep.objects.create(conference=conference, number=number, text=text)
    record(by, "village_conference.minuted", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def elect_to_board(
    conference: VillageConference,
    *,
    by: Acting,
    decision: HouseholdDecision,
    name: str,
    is_official: bool = False,
) -> VillageConference:
    """Whom the households elected by a decision of matter 5 becomes a member of the inspection
    board of the commune, in the term that sits or is being formed. Refused as the boards refuse.
    """
    CONFERENCE_LIFE.require(by, "elect", conference)
    conference = CONFERENCE_LIFE.hold(conference, "elect", "unit")
    if decision is None or decision not in decisions_electing(conference):
        raise Refused(_("Hãy chọn việc số 5 mà các hộ của nơi này đã thông qua."), "decision")
    commune = unit_above(conference.unit, decision.settled_on)
    terms = BoardTerm.objects.filter(
        unit=commune, board__kind=COMMUNE, until__gt=decision.settled_on
    )
    term = terms.order_by("since").first()
    if term is None:
        raise Refused(_("Xã chưa mở nhiệm kỳ của Ban Thanh tra nhân dân."))
    member = elect_member(
        term,
        by=by,
        name=name,
        elected_on=decision.settled_on,
        village=conference.unit,
        declaration=Declaration(is_official=is_official),
    )
    ElectedMember.objects.create(conference=conference, decision=decision, member=member)
    record(by, "village_conference.elected", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def report_conference(conference: VillageConference, *, by: Acting, on: date) -> VillageConference:
    """The written report was sent to the commune and the Front. Refused before each of the nine
    steps is written.
    """
    CONFERENCE_LIFE.require(by, "report", conference)
    conference = CONFERENCE_LIFE.hold(conference, "report")
    check_day(on, conference.held_on, "on")
    missing = LAST_STEP - conference.steps.count()
    if missing:
        raise Refused(_("Còn %s bước của hội nghị chưa ghi.") % missing)
    move_on(conference, CONFERENCE_LIFE, "report", reported_on=on)
    record(by, "village_conference.reported", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def cancel_conference(
    conference: VillageConference, *, by: Acting, reason: str
) -> VillageConference:
    """The conference is not held as planned; another one may be planned for the year."""
    CONFERENCE_LIFE.require(by, "cancel", conference)
    conference = CONFERENCE_LIFE.hold(conference, "cancel")
    reason = reason_of(reason)
    excuse_owed(conference, reason)
    move_on(conference, CONFERENCE_LIFE, "cancel", reason=reason)
    record(by, "village_conference.cancelled", conference, unit=conference.unit_id)
    return conference
