"""A conference is prepared, convened within the law's notice, postponed, called off."""

from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.conference.access.codes import new_shared_code
from danchu.conference.input.fields import checked
from danchu.conference.models import Conference
from danchu.conference.models.programme import HALL
from danchu.conference.rules import BEFORE, CONFERENCE_LIFE, may_convene
from danchu.conference.words import Entry, State
from danchu.conference.writes import frames
from danchu.conference.writes.letters import CALLED_OFF, MOVED, tell_change
from danchu.conference.writes.seats import move_up
from danchu.journal.actions import record
from danchu.kernel.days import day_of, now, today
from danchu.kernel.refusals import Refused, require
from danchu.obligations.actions import meet_obligation, owe
from danchu.obligations.clock import LAW
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import reason_of
from danchu.subjects.writes import move_on


@transaction.atomic
def draft_conference(
    *, by, unit, title, starts_at, body=None, uid=None, illustrative=False, **fields
):
    """A conference of `body` at `unit`, being prepared: nobody outside hears of it yet."""
    require(
        by.may("draft", HALL, unit), _("Ông/bà không có quyền chuẩn bị hội nghị của đơn vị này.")
    )
    kept = checked({"title": title, "starts_at": starts_at, **fields})
    if body is not None and body.unit_id != unit.pk:
        raise Refused(
            _("Cơ quan này không thuộc đơn vị đã chọn. Hãy chọn cơ quan của đơn vị."), "body"
        )
    check_unsent(Conference, uid, _("Biểu này đã được gửi trước đó: hội nghị đã có."))
    made = Conference.objects.create(
        uid=uid or uuid4(),
        unit=unit,
        body=body,
        illustrative=illustrative,
        made_by=by.key,
        made_at=now(),
        **_coded(kept),
        **kept,
    )
    record(by, "conference.drafted", made, unit=unit)
    return made


def _coded(fields, has_code=False):
    """A shared code for who registers by one; none where nobody does."""
    if "entry" not in fields:
        return {}
    shared = fields["entry"] in (Entry.LINK, Entry.OPEN)
    return {} if shared and has_code else {"entry_code": new_shared_code() if shared else ""}


@transaction.atomic
def edit_conference(conference, *, by, **fields):
    """Change what is named. Of a convened one the new day is notified anew, and who was invited
    is told; places that are added go to who waits first.
    """
    CONFERENCE_LIFE.require(by, "edit", conference)
    found = CONFERENCE_LIFE.hold(conference, "edit", "unit", "body")
    kept = checked(fields)
    if found.state not in BEFORE and "starts_at" in kept and kept["starts_at"] != found.starts_at:
        raise Refused(_("Hội nghị đã khai mạc: không đổi được giờ bắt đầu."), "starts_at")
    if 0 < kept.get("capacity", 0) < found.taken:
        raise Refused(
            _("Đã có %s người giữ chỗ: số chỗ không thể ít hơn.") % found.taken, "capacity"
        )
    new_hour = kept.get("starts_at", found.starts_at) != found.starts_at
    moved_to = day_of(kept.get("starts_at", found.starts_at)) != day_of(found.starts_at)
    for name, value in {**kept, **_coded(kept, bool(found.entry_code))}.items():
        setattr(found, name, value)
    if found.state == State.CONVENED and (moved_to or "notice_rule" in kept):
        require(
            may_convene(by, found),
            _("Hội nghị đã triệu tập: chỉ người có quyền triệu tập đổi ngày."),
        )
        found.notice = _notified(found)
        found.convened_on = today()
    found.save()
    told = move_up(found)
    if found.state == State.CONVENED and new_hour:
        tell_change(found, MOVED)
    frames.wake(found, "programme")
    record(by, "conference.edited", found, unit=found.unit_id, fields=sorted(fields), moved_up=told)
    return found


@transaction.atomic
def renew_entry_code(conference, *, by):
    """Another shared code in the place of the one on the posters, which opens nothing from now
    on.
    """
    CONFERENCE_LIFE.require(by, "renew", conference)
    found = CONFERENCE_LIFE.hold(conference, "renew", "unit", "body")
    if not found.entry_code:
        raise Refused(_("Hội nghị này không có mã chung: đại biểu vào theo danh sách."))
    found.entry_code = new_shared_code()
    found.save(update_fields=["entry_code"])
    record(by, "conference.code_renewed", found, unit=found.unit_id)
    return found


@transaction.atomic
def convene_conference(conference, *, by):
    """Delegates and everyone may know of it from now on; whether the law's notice was kept is
    worked out and stays.
    """
    CONFERENCE_LIFE.require(by, "convene", conference)
    found = CONFERENCE_LIFE.hold(conference, "convene", "unit", "body")
    if not found.items.exists():
        raise Refused(_("Chương trình chưa có mục nào. Hãy thêm ít nhất một mục."))
    notice = _notified(found)
    move_on(found, CONFERENCE_LIFE, "convene", convened_on=today(), notice=notice)
    frames.wake(found, "programme")
    record(
        by,
        "conference.convened",
        found,
        unit=found.unit_id,
        in_time=found.notice.state == "met" if found.notice else None,
    )
    return found


def _notified(conference):
    """The obligation to convene in time, met today; None where no rule asks for notice."""
    if not conference.notice_rule:
        return None
    owed = owe(
        by=LAW,
        unit=conference.unit,
        body=conference.body,
        rule_key=conference.notice_rule,
        event_on=day_of(conference.starts_at),
        title=_("Triệu tập: %s") % conference.title[:150],
        subject_kind="conference_hall",
        subject=conference.pk,
    )
    return meet_obligation(owed, by=LAW, on=today())


@transaction.atomic
def cancel_conference(conference, *, by, reason):
    """It will not be held, for the reason that everyone reads; who was invited is told."""
    CONFERENCE_LIFE.require(by, "cancel", conference)
    found = CONFERENCE_LIFE.hold(conference, "cancel", "unit", "body")
    move_on(found, CONFERENCE_LIFE, "cancel", said=reason_of(reason, most=300))
    tell_change(found, CALLED_OFF)
    frames.wake(found, "programme")
    record(by, "conference.cancelled", found, unit=found.unit_id)
    return found
