"""The acts on a statement: draft, edit, discard, confirm, correct, withdraw."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, raise_all, require
from danchu.kernel.text import clean
from danchu.register.actions.attachments import attach_paper
from danchu.register.counted_once import lock_units, refuse_recorded
from danchu.register.lives import STATEMENT_LIFE
from danchu.register.models import Attachment, Statement
from danchu.register.stated_parts import (
    beside_statement,
    excesses,
    refuse_beyond_records,
    refuse_grown,
)
from danchu.register.statement_rules import broken_rules, refuse_uneven
from danchu.register.writes.attached import copy_attachments
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import LONGEST_TEXT, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Body

FIELDS = ("indicator", "since", "until", "amount", "note", "is_apart")


@transaction.atomic
def draft_statement(
    *,
    by: Acting,
    body: Body,
    indicator: str,
    since: date,
    until: date,
    amount: int,
    note: str = "",
    file: File | None = None,
    uid: UUID | None = None,
    is_apart: bool = False,
) -> Statement:
    """Write down what a body states on paper, as a draft: it counts nowhere until it is confirmed.

    `until` is exclusive; `amount` is in the indicator's unit of measure; `file` is the signed paper
    when it is at hand; `uid` the idempotency key of a form. `is_apart`: the part has a book on
    paper of its own, so that records of the whole do not hold it. Refused, by field, when one does
    not fit; Denied without the right.
    """
    require(
        by.may("state", "statement", body.unit_id),
        _("Ông/bà không có quyền ghi số liệu báo cáo của đơn vị này."),
    )
    fields = {
        "indicator": indicator,
        "since": since,
        "until": until,
        "amount": amount,
        "note": note,
        "is_apart": is_apart,
    }
    check_unsent(Statement, uid)
    statement = _create(by, body, fields, uid=uid or uuid4())
    record(by, "statement.drafted", statement, unit=body.unit_id, indicator=indicator)
    if file:
        attach_paper(statement, file, file.name, by=by)
    return statement


@transaction.atomic
def edit_statement(statement: Statement, *, by: Acting, **fields: Any) -> Statement:
    """Change a draft statement in place: any of FIELDS; the others stay. Refused, by field, as in
    `draft_statement`, and once it is confirmed; Denied without the right.
    """
    STATEMENT_LIFE.require(by, "edit", statement)
    statement = STATEMENT_LIFE.hold(statement, "edit", "body")
    for name, value in _clean_fields(statement.body, _fields_of(statement) | fields).items():
        setattr(statement, name, value)
    refuse_uneven(statement)
    refuse_beyond_records(statement)
    statement.save()
    record(by, "statement.edited", statement, unit=statement.unit_id, fields=sorted(fields))
    return statement


@transaction.atomic
def discard_statement(statement: Statement, *, by: Acting) -> None:
    """Delete a draft statement with its attachments. Refused once it is confirmed; Denied without
    the right.
    """
    STATEMENT_LIFE.require(by, "discard", statement)
    statement = STATEMENT_LIFE.hold(statement, "discard", "body")
    record(
        by, "statement.discarded", statement, unit=statement.unit_id, indicator=statement.indicator
    )
    Attachment.objects.filter(statement=statement).delete()
    Statement.objects.filter(pk=statement.pk).delete()


@transaction.atomic
def confirm_statement(statement: Statement, *, by: Acting) -> Statement:
    """Confirm a draft statement. Refused, by field, without its signed paper, and where events of
    the body or another statement count in its period; Denied without the right.
    """
    STATEMENT_LIFE.require(by, "confirm", statement)
    statement = STATEMENT_LIFE.hold(statement, "confirm", "body")
    _confirm(statement, by)
    record(
        by, "statement.confirmed", statement, unit=statement.unit_id, indicator=statement.indicator
    )
    return statement


@transaction.atomic
def correct_statement(statement: Statement, *, by: Acting, reason: str, **fields: Any) -> Statement:
    """Replace a confirmed statement by a corrected one with the same papers, which it returns; both
    stay readable. Refused, by field, as in `draft_statement` and `confirm_statement`, and without a
    reason; Denied without the right.
    """
    STATEMENT_LIFE.require(by, "correct", statement)
    statement = STATEMENT_LIFE.hold(statement, "correct", "body")
    lock_units([statement.unit_id])
    parts_before = excesses(beside_statement(statement))
    move_on(statement, STATEMENT_LIFE, "correct")
    corrected = _create(
        by,
        statement.body,
        _fields_of(statement) | fields,
        uid=uuid4(),
        supersedes=statement,
        reason=reason_of(reason, most=LONGEST_TEXT),
    )
    copy_attachments(statement, corrected)
    _confirm(corrected, by, parts_before)
    record(
        by,
        "statement.corrected",
        corrected,
        unit=statement.unit_id,
        supersedes=statement.pk,
        fields=sorted(fields),
    )
    return corrected


@transaction.atomic
def withdraw_statement(statement: Statement, *, by: Acting, reason: str) -> Statement:
    """Remove a confirmed statement from every figure; it stays readable with the reason. Refused
    without a reason, for a draft, or where another stated part would be more than what records give
    of the whole; Denied without the right.
    """
    STATEMENT_LIFE.require(by, "withdraw", statement)
    statement = STATEMENT_LIFE.hold(statement, "withdraw", "body")
    lock_units([statement.unit_id])
    parts_before = excesses(beside_statement(statement))
    move_on(statement, STATEMENT_LIFE, "withdraw", reason=reason_of(reason, most=LONGEST_TEXT))
    refuse_grown(parts_before, "")
    record(by, "statement.withdrawn", statement, unit=statement.unit_id)
    return statement


def _fields_of(statement):
    return {name: getattr(statement, name) for name in FIELDS}


def _create(by, body, fields, **more):
    statement = Statement(
        body=body,
        unit_id=body.unit_id,
        recorded_by=by.key,
        recorded_at=now(),
        **_clean_fields(body, fields),
        **more,
    )
    refuse_uneven(statement)
    refuse_beyond_records(statement)
    statement.save(force_insert=True)
    return statement


def _clean_fields(body, fields):
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise Refused(_("Không có trường “%s”.") % min(unknown), min(unknown))
    raise_all(broken_rules(body, fields))
    return {**fields, "note": clean(fields["note"])}


def _confirm(statement, by, parts_before=None):
    """Let the draft count; `parts_before` are the `excesses` beside the one that it replaces."""
    if not Attachment.objects.filter(statement=statement).exists():
        raise Refused(_("Hãy đính kèm văn bản có ký trước khi xác nhận."), "file")
    if statement.until > today():  # drafted by an earlier version, or while the clock was wrong
        raise Refused(_("Kỳ chưa kết thúc. Hãy xác nhận sau ngày cuối kỳ."), "until")
    lock_units([statement.unit_id])
    refuse_recorded(statement)
    refuse_uneven(statement)
    refuse_beyond_records(statement)
    before = excesses(beside_statement(statement)) | (parts_before or {})
    try:
        with transaction.atomic():
            move_on(
                statement,
                STATEMENT_LIFE,
                "confirm",
                confirmed_by=by.key,
                confirmed_at=now(),
            )
    except IntegrityError as error:
        if "one_statement_at_a_time" not in str(error):
            raise
        message = _(
            "Đã có số liệu được xác nhận của tổ chức này, chỉ tiêu này, trong thời gian "
            "trùng với kỳ này."
        )
        raise Refused(message, "since") from None
    refuse_grown(before, "amount")
