"""The acts on a commitment of those who promised and of those who record it, by the table in
moves.py.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import check_day, now, show_day
from danchu.kernel.refusals import Refused, require
from danchu.minutes.models import Commitment, CommitmentContact, CommitmentPaper, Term
from danchu.minutes.moves import COMMITMENT, COMMITMENT_LIFE
from danchu.minutes.writes.promises import (
    add_step,
    begin_term,
    check_due,
    desk_address,
    end_term,
    write_commitment,
)
from danchu.notices.actions import tell_holders, tell_person
from danchu.obligations.clock import LAW
from danchu.obligations.writes import in_time, meet_unless_closed
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import content_of, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit

MOST_FILES = 10


@transaction.atomic
def make_commitment(
    *, by: Acting, unit: Unit, contact: tuple[str, str] | None = None, **fields: Any
) -> Commitment:
    """Record a commitment by hand, or from a written answer of a room above (`origin`,
    `origin_uid`). It counts at the unit of `owner`.

    `fields`: title, text, made_on, due_on, due_reason, owner and/or office, asker and/or asked_by,
    and `secret`, the digest by which those who asked may confirm. `contact` (channel, address) is
    notified when it is fulfilled, and deleted at the end. Refused, by field, when one is missing or
    does not fit; Denied without the right.
    """
    require(by.may("draft", COMMITMENT, unit), _("Ông/bà không có quyền ghi cam kết ở đơn vị này."))
    owner = fields.get("owner")
    if owner is not None and owner.unit_id != unit.pk:
        raise Refused(
            _("Tổ chức này không thuộc đơn vị đã chọn. Hãy chọn tổ chức của đơn vị."), "owner"
        )
    check_unsent(Commitment, fields.get("uid"))
    commitment = write_commitment(by, place=unit, **fields)
    if contact:
        CommitmentContact.objects.create(
            commitment=commitment, channel=contact[0], target=contact[1]
        )
    record(
        by,
        "commitment.made",
        commitment,
        unit=commitment.unit_id,
        origin=commitment.origin,
        due=commitment.due_on.isoformat(),
    )
    return commitment


@transaction.atomic
def fulfil_commitment(
    commitment: Commitment,
    *,
    by: Acting,
    on: date,
    text: str,
    files: Sequence[tuple[BinaryIO, str]] = (),
    is_public: bool = False,
) -> Commitment:
    """Report, for the body that promised, that it was done on a day: `text` is public, `files` are
    (file, name), public if `is_public`. The deadline stops and those who asked are notified.
    Refused, by field, for a day before the last step, without text or with too many files; Denied
    without the right.
    """
    COMMITMENT_LIFE.require(by, "fulfil", commitment)
    commitment = COMMITMENT_LIFE.hold(commitment, "fulfil", "unit")
    check_day(on, commitment.moved_on, "on")
    text = content_of(text, "text")
    if len(files) > MOST_FILES:
        raise Refused(_("Gửi nhiều nhất %s tệp.") % MOST_FILES, "files")
    commitment.obligation = meet_unless_closed(commitment.obligation, by=LAW, on=on)
    end_term(commitment, on)
    move_on(
        commitment,
        COMMITMENT_LIFE,
        "fulfil",
        moved_on=on,
        fulfilled_on=on,
        fulfilled_by=by.key,
        in_time=in_time(commitment.obligation, on) and not commitment.missed,
    )
    step = add_step(commitment, "fulfil", on, by, text)
    for file, name in files:
        paper = keep_paper(file, name, by=by, is_anonymous=bool(is_public))
        CommitmentPaper.objects.get_or_create(
            step=step,
            paper=paper,
            defaults={
                "commitment": commitment,
                "name": clean_name(name),
                "is_public": bool(is_public),
                "added_at": now(),
            },
        )
    record(
        by,
        "commitment.fulfilled",
        commitment,
        unit=commitment.unit_id,
        on=on.isoformat(),
        in_time=commitment.in_time,
        papers=len(files),
    )
    _notify_askers(commitment)
    return commitment


@transaction.atomic
def postpone_commitment(
    commitment: Commitment, *, by: Acting, on: date, due_on: date, reason: str
) -> Commitment:
    """Promise a later day, with the reason, on the day `on`. The old day stays readable; when it
    has passed, the commitment no longer counts as in time. Refused, by field, for a day that is not
    later or without a reason; Denied without the right.
    """
    COMMITMENT_LIFE.require(by, "postpone", commitment)
    commitment = COMMITMENT_LIFE.hold(commitment, "postpone", "unit")
    check_day(on, commitment.moved_on, "on")
    reason = reason_of(reason, most=300)
    check_due(due_on, commitment.made_on)
    if due_on <= max(commitment.due_on, on):
        raise Refused(
            _("Ngày mới phải sau ngày đã hứa %s và sau hôm dời.") % show_day(commitment.due_on),
            "due_on",
        )
    missed = commitment.missed or on > commitment.due_on
    old = commitment.due_on
    end_term(
        commitment,
        on,
        excuse=_("Dời sang ngày %(day)s: %(why)s") % {"day": show_day(due_on), "why": reason},
    )
    begin_term(commitment, due_on, reason, on)
    move_on(
        commitment,
        COMMITMENT_LIFE,
        "postpone",
        moved_on=on,
        obligation=commitment.obligation,
        due_on=due_on,
        due_reason=reason,
        postponed=commitment.postponed + 1,
        missed=missed,
    )
    add_step(
        commitment,
        "postpone",
        on,
        by,
        _("Từ %(old)s sang %(new)s: %(why)s")
        % {"old": show_day(old), "new": show_day(due_on), "why": reason},
    )
    record(
        by,
        "commitment.postponed",
        commitment,
        unit=commitment.unit_id,
        old=old.isoformat(),
        due=due_on.isoformat(),
    )
    return commitment


@transaction.atomic
def withdraw_commitment(commitment: Commitment, *, by: Acting, on: date, reason: str) -> Commitment:
    """Withdraw a commitment that was recorded by mistake: it no longer counts and stays readable
    with the reason. Refused without a reason or once it was confirmed; Denied without the right at
    the body that asked.
    """
    COMMITMENT_LIFE.require(by, "withdraw", commitment)
    commitment = COMMITMENT_LIFE.hold(commitment, "withdraw", "unit")
    check_day(on, commitment.moved_on, "on")
    reason = reason_of(reason)
    if Term.objects.filter(commitment=commitment, ended_on=None).exists():
        end_term(commitment, on, excuse=_("Cam kết đã rút: %s") % reason)
    move_on(commitment, COMMITMENT_LIFE, "withdraw", moved_on=on, fulfilled_on=None, in_time=None)
    add_step(commitment, "withdraw", on, by, reason)
    CommitmentContact.objects.filter(commitment=commitment).delete()
    record(by, "commitment.withdrawn", commitment, unit=commitment.unit_id, on=on.isoformat())
    return commitment


def _notify_askers(commitment):
    message = (
        _("Cam kết %s: đã được báo là thực hiện xong. Xin xác nhận hoặc cho biết chưa đạt.")
        % commitment.code
    )
    tell_holders(
        "confirm",
        "commitment_result",
        commitment.asker.unit_id if commitment.asker_id else commitment.unit_id,
        message,
        by=LAW,
        link=desk_address(commitment),
    )
    contact = CommitmentContact.objects.filter(commitment=commitment).first()
    if contact:
        tell_person(contact.channel, contact.target, message, by=LAW)
