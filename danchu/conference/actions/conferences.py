"""A conference is drafted, edited, convened within the period of notice, and cancelled."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.access.codes import new_shared_code
from danchu.conference.input.fields import clean_conference
from danchu.conference.models import Conference
from danchu.conference.models.programme import HALL
from danchu.conference.rules import ANNOUNCED, BEFORE, CONFERENCE_LIFE, may_convene
from danchu.conference.words import Entry, State
from danchu.conference.writes import frames
from danchu.conference.writes.letters import CALLED_OFF, MOVED, notify_of_change
from danchu.conference.writes.seats import promote_waiting
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import day_of, now, today
from danchu.kernel.refusals import Refused, all_refusals, require
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Body, Unit


@transaction.atomic
def draft_conference(
    *,
    by: Acting,
    unit: Unit,
    title: str,
    starts_at: datetime,
    body: Body | None = None,
    uid: UUID | None = None,
    illustrative: bool = False,
    **fields: Any,
) -> Conference:
    """Draft a conference of `body` at `unit`, not visible to the public. `fields` are any others of
    `clean_conference`. Refused, on its field, where a value is bad, the body belongs to another
    unit or `uid` was used before; Denied without the right.
    """
    require(
        by.may("draft", HALL, unit), _("Ông/bà không có quyền chuẩn bị hội nghị của đơn vị này.")
    )
    with all_refusals() as rule:
        with rule():
            values = clean_conference({"title": title, "starts_at": starts_at, **fields})
        if body is not None and body.unit_id != unit.pk:
            with rule():
                raise Refused(
                    _("Cơ quan này không thuộc đơn vị đã chọn. Hãy chọn cơ quan của đơn vị."),
                    "body",
                )
    check_unsent(Conference, uid, _("Biểu này đã được gửi trước đó: hội nghị đã có."))
    conference = Conference.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        body=body,
        illustrative=illustrative,
        made_by=by.key,
        made_at=now(),
        **_entry_code(values),
        **values,
    )
    record(by, "conference.drafted", conference, unit=unit)
    return conference


def _entry_code(fields, has_code=False):
    """{"entry_code": new code} where delegates register by a shared code, {"entry_code": ""} where
    they do not, {} where nothing changes.
    """
    if "entry" not in fields:
        return {}
    is_shared = fields["entry"] in (Entry.LINK, Entry.OPEN)
    return {} if is_shared and has_code else {"entry_code": new_shared_code() if is_shared else ""}


@transaction.atomic
def edit_conference(conference: Conference, *, by: Acting, **fields: Any) -> Conference:
    """Change the named `fields`. A convened conference that moves to another day is checked against
    the period of notice again and its invited delegates are notified; new places go to the waiting
    list. Refused, on its field, where a value is bad, the conference is over, or fewer places are
    set than are taken; Denied without the right.
    """
    CONFERENCE_LIFE.require(by, "edit", conference)
    conference = CONFERENCE_LIFE.hold(conference, "edit", "unit", "body")
    values = clean_conference(fields)
    if (
        conference.state not in BEFORE
        and "starts_at" in values
        and values["starts_at"] != conference.starts_at
    ):
        raise Refused(_("Hội nghị đã khai mạc: không đổi được giờ bắt đầu."), "starts_at")
    if 0 < values.get("capacity", 0) < conference.taken:
        raise Refused(
            _("Đã có %s người giữ chỗ: số chỗ không thể ít hơn.") % conference.taken, "capacity"
        )
    is_rescheduled = values.get("starts_at", conference.starts_at) != conference.starts_at
    is_other_day = day_of(values.get("starts_at", conference.starts_at)) != day_of(
        conference.starts_at
    )
    for name, value in {**values, **_entry_code(values, bool(conference.entry_code))}.items():
        setattr(conference, name, value)
    if conference.state == State.CONVENED and (is_other_day or "notice_rule" in values):
        require(
            may_convene(by, conference),
            _("Hội nghị đã triệu tập: chỉ người có quyền triệu tập đổi ngày."),
        )
        conference.notice = _meet_notice(conference)
        conference.convened_on = today()
    conference.save()
    moved_up = promote_waiting(conference)
    if conference.state == State.CONVENED and is_rescheduled:
        notify_of_change(conference, MOVED)
    frames.wake(conference, "programme")
    record(
        by,
        "conference.edited",
        conference,
        unit=conference.unit_id,
        fields=sorted(fields),
        moved_up=moved_up,
    )
    return conference


@transaction.atomic
def renew_entry_code(conference: Conference, *, by: Acting) -> Conference:
    """Replace the shared code; the old one is void from now on. Refused when the conference has
    none or is over; Denied without the right.
    """
    CONFERENCE_LIFE.require(by, "renew", conference)
    conference = CONFERENCE_LIFE.hold(conference, "renew", "unit", "body")
    if not conference.entry_code:
        raise Refused(_("Hội nghị này không có mã chung: đại biểu vào theo danh sách."))
    conference.entry_code = new_shared_code()
    conference.save(update_fields=["entry_code"])
    record(by, "conference.code_renewed", conference, unit=conference.unit_id)
    return conference


@transaction.atomic
def convene_conference(conference: Conference, *, by: Acting) -> Conference:
    """Convene: the conference becomes public and delegates may enter. Whether the period of notice
    was kept is computed once and stored. Refused when the programme is empty or it was convened
    before; Denied without the right.
    """
    CONFERENCE_LIFE.require(by, "convene", conference)
    conference = CONFERENCE_LIFE.hold(conference, "convene", "unit", "body")
    if not conference.items.exists():
        raise Refused(_("Chương trình chưa có mục nào. Hãy thêm ít nhất một mục."))
    notice = _meet_notice(conference)
    move_on(conference, CONFERENCE_LIFE, "convene", convened_on=today(), notice=notice)
    frames.wake(conference, "programme")
    record(
        by,
        "conference.convened",
        conference,
        unit=conference.unit_id,
        in_time=conference.notice.state == "met" if conference.notice else None,
    )
    return conference


def _meet_notice(conference):
    """The obligation to convene in time, met today; None where no rule asks for notice."""
    if not conference.notice_rule:
        return None
    obligation = owe(
        by=LAW,
        unit=conference.unit,
        body=conference.body,
        rule_key=conference.notice_rule,
        event_on=day_of(conference.starts_at),
        title=_("Triệu tập: %s") % conference.title[:150],
        subject_kind="conference_hall",
        subject=conference.pk,
    )
    return meet_obligation(obligation, by=LAW, on=today())


@transaction.atomic
def cancel_conference(conference: Conference, *, by: Acting, reason: str) -> Conference:
    """Call the conference off, for a reason that everyone reads; who counts on coming is notified.
    Refused without a reason or once it was opened; Denied without the right.
    """
    CONFERENCE_LIFE.require(by, "cancel", conference)
    conference = CONFERENCE_LIFE.hold(conference, "cancel", "unit", "body")
    was_announced = conference.state in ANNOUNCED
    move_on(conference, CONFERENCE_LIFE, "cancel", said=reason_of(reason, most=300))
    if was_announced:
        notify_of_change(conference, CALLED_OFF)
    frames.wake(conference, "programme")
    record(by, "conference.cancelled", conference, unit=conference.unit_id)
    return conference
