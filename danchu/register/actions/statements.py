"""What can be done with a statement: draft, edit, discard, confirm, correct, withdraw."""

from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.register.counted_once import lock_units, refuse_recorded, statable
from danchu.register.models import Attachment, State, Statement

FIELDS = ("indicator", "since", "until", "amount", "note")
MOST = 10**15


@transaction.atomic
def draft_statement(*, by, body, indicator, since, until, amount, note=""):
    """Write down what a body states on paper, as a draft; `until` exclusive. It counts nowhere
    until it is confirmed.
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
    }
    statement = _written(by, body, fields)
    record(by, "statement.drafted", statement, unit=body.unit_id, indicator=indicator)
    return statement


@transaction.atomic
def edit_statement(statement, *, by, **fields):
    """Change a draft statement in place: indicator, since, until, amount or note."""
    require(
        by.may("state", "statement", statement.unit_id), _("Ông/bà không có quyền sửa số liệu này.")
    )
    statement = _locked(
        statement, State.DRAFT, _("Chỉ sửa được bản nháp. Số liệu đã xác nhận thì đính chính.")
    )
    for name, value in _checked(statement.body, _kept(statement) | fields).items():
        setattr(statement, name, value)
    statement.save()
    record(by, "statement.edited", statement, unit=statement.unit_id, fields=sorted(fields))
    return statement


@transaction.atomic
def discard_statement(statement, *, by):
    """Throw a draft statement away: it never counted."""
    require(
        by.may("state", "statement", statement.unit_id), _("Ông/bà không có quyền bỏ số liệu này.")
    )
    statement = _locked(
        statement, State.DRAFT, _("Chỉ bỏ được bản nháp. Số liệu đã xác nhận thì rút.")
    )
    record(
        by, "statement.discarded", statement, unit=statement.unit_id, indicator=statement.indicator
    )
    Attachment.objects.filter(statement=statement).delete()
    Statement.objects.filter(pk=statement.pk).delete()


@transaction.atomic
def confirm_statement(statement, *, by):
    """Confirm a statement with its signed paper; Refused where records of the body already
    count in its time.
    """
    require(
        by.may("confirm", "statement", statement.unit_id),
        _("Ông/bà không có quyền xác nhận số liệu này."),
    )
    statement = _locked(statement, State.DRAFT, _("Chỉ xác nhận được bản nháp."))
    _confirm(statement, by)
    record(
        by, "statement.confirmed", statement, unit=statement.unit_id, indicator=statement.indicator
    )
    return statement


@transaction.atomic
def correct_statement(statement, *, by, reason, **fields):
    """Put a corrected statement in the place of a confirmed one, on the same paper; both stay
    readable.
    """
    require(
        by.may("correct", "statement", statement.unit_id),
        _("Ông/bà không có quyền đính chính số liệu này."),
    )
    statement = _locked(statement, State.CONFIRMED, _("Chỉ đính chính được số liệu đã xác nhận."))
    statement.state = State.SUPERSEDED
    statement.save(update_fields=["state"])
    corrected = _written(
        by, statement.body, _kept(statement) | fields, supersedes=statement, reason=_reason(reason)
    )
    papers = Attachment.objects.filter(statement=statement)
    Attachment.objects.bulk_create(
        Attachment(
            statement=corrected,
            paper_id=a.paper_id,
            name=a.name,
            added_by=a.added_by,
            added_at=a.added_at,
        )
        for a in papers
    )
    _confirm(corrected, by)
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
def withdraw_statement(statement, *, by, reason):
    """Take a confirmed statement out of every figure; it stays readable with the reason."""
    require(
        by.may("withdraw", "statement", statement.unit_id),
        _("Ông/bà không có quyền rút số liệu này."),
    )
    statement = _locked(statement, State.CONFIRMED, _("Chỉ rút được số liệu đã xác nhận."))
    statement.state, statement.reason = State.WITHDRAWN, _reason(reason)
    statement.save(update_fields=["state", "reason"])
    record(by, "statement.withdrawn", statement, unit=statement.unit_id)
    return statement


def _locked(statement, state, otherwise):
    rows = Statement.objects.select_related("body").select_for_update(of=("self",))
    statement = rows.filter(pk=statement.pk).first()
    if statement is None or statement.state != state:
        raise Refused(otherwise)
    return statement


def _kept(statement):
    return {name: getattr(statement, name) for name in FIELDS}


def _written(by, body, fields, **more):
    return Statement.objects.create(
        uid=uuid4(),
        body=body,
        unit_id=body.unit_id,
        recorded_by=by.key,
        recorded_at=datetime.now(UTC),
        **_checked(body, fields),
        **more,
    )


def _checked(body, fields):
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise Refused(_("Không có trường “%s”.") % min(unknown), min(unknown))
    if fields["indicator"] not in statable():
        raise Refused(
            _("Chỉ tiêu này không nhận số liệu báo cáo bằng giấy. Hãy chọn chỉ tiêu đếm từ hồ sơ."),
            "indicator",
        )
    since, until, amount = fields["since"], fields["until"], fields["amount"]
    if not isinstance(since, date) or not isinstance(until, date) or since >= until:
        raise Refused(
            _("Kỳ phải có ít nhất một ngày: ngày bắt đầu phải trước ngày kết thúc."), "until"
        )
    if until > date.fromordinal(today().toordinal() + 1):
        raise Refused(_("Kỳ chưa kết thúc. Chỉ ghi số liệu của thời gian đã qua."), "until")
    if since < body.since or (body.until and until > body.until):
        raise Refused(
            _(
                "Tổ chức này không hoạt động suốt kỳ đã chọn. Hãy chọn kỳ trong thời "
                "gian tổ chức hoạt động."
            ),
            "since",
        )
    if isinstance(amount, bool) or not isinstance(amount, int) or not 0 <= amount <= MOST:
        raise Refused(_("Số liệu phải là số nguyên từ 0 đến %s.") % show_number(MOST), "amount")
    return {**fields, "note": clean(fields["note"])}


def _confirm(statement, by):
    if not Attachment.objects.filter(statement=statement).exists():
        raise Refused(_("Hãy đính kèm văn bản có ký trước khi xác nhận."), "file")
    lock_units([statement.unit_id])
    refuse_recorded(statement)
    statement.state, statement.confirmed_by, statement.confirmed_at = (
        State.CONFIRMED,
        by.key,
        datetime.now(UTC),
    )
    try:
        with transaction.atomic():
            statement.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    except IntegrityError as error:
        if "one_statement_at_a_time" not in str(error):
            raise
        told = _(
            "Đã có số liệu được xác nhận của tổ chức này, chỉ tiêu này, trong thời gian "
            "trùng với kỳ này."
        )
        raise Refused(told, "since") from None


def _reason(text):
    if not clean(text):
        raise Refused(_("Hãy ghi lý do."), "reason")
    return clean(text)
