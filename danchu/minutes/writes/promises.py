"""Writes shared by the acts on commitments: the row, the due day in force with its obligation, the
steps.
"""

from datetime import date, timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from danchu.kernel.codes import new_prefixed_code
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean, paragraphs
from danchu.minutes.models import Commitment, CommitmentStep, Term
from danchu.minutes.models.commitments import MARK, SUBJECT
from danchu.notices.actions import tell_holders
from danchu.obligations.actions import owe
from danchu.obligations.clock import LAW
from danchu.obligations.writes import excuse_unless_closed
from danchu.subjects.texts import LONGEST_TEXT, check_length
from danchu.subjects.writes import next_number
from danchu.units.on_day import check_unit_on

# The deadline ends before the day after the promised one. The day was chosen freely, so holidays do
# not move it.
RULE = "commitment.due"
LATEST = timedelta(days=3660)


def write_commitment(by, **fields):
    """Create a commitment from the `fields` of `checked_promise`, with its first term and step, and
    notify the body that promised. Refused, by field, as there.
    """
    promise = checked_promise(**fields)
    unit = promise["owner"].unit if promise["owner"] else promise.pop("place")
    promise.pop("place", None)
    check_unit_on(unit, promise["made_on"], "made_on")
    code = new_prefixed_code(MARK)
    uid = promise.pop("uid") or uuid4()
    # The row refers to its obligation, and the obligation to the row by its code, because the id
    # does not exist yet.
    obligation = _owe(code, unit, promise["owner"], promise["title"], promise["due_on"])
    commitment = Commitment.objects.create(
        uid=uid,
        code=code,
        unit=unit,
        obligation=obligation,
        moved_on=promise["made_on"],
        made_by=by.key,
        made_at=now(),
        **promise,
    )
    Term.objects.create(
        commitment=commitment,
        number=1,
        due_on=commitment.due_on,
        reason=commitment.due_reason,
        obligation=obligation,
        set_on=commitment.made_on,
    )
    add_step(commitment, "made", commitment.made_on, by)
    message = _("Cam kết mới %(code)s: %(title)s. Hạn %(day)s.") % {
        "code": commitment.code,
        "title": commitment.title,
        "day": show_day(commitment.due_on),
    }
    tell_owner(commitment, message)
    return commitment


def tell_owner(commitment, message):
    """Notify those who report on the commitments of the unit, with a link to this one."""
    tell_holders(
        "draft",
        "commitment_report",
        commitment.unit_id,
        message,
        by=LAW,
        link=desk_address(commitment),
    )


def checked_promise(
    *,
    title,
    text,
    made_on,
    due_on,
    due_reason="",
    place=None,
    owner=None,
    office="",
    asker=None,
    asked_by="",
    origin="hand",
    origin_uid=None,
    mark=None,
    secret="",
    uid=None,
    illustrative=False,
):
    """{name: value} of a commitment's fields, cleaned; Refused, by field, when what, who or until
    when is missing or too long.
    """
    title = clean(title)
    office = clean(office)
    asked_by = clean(asked_by)
    due_reason = clean(due_reason)
    text = paragraphs(text or "")
    _check_promise(title, text, made_on, due_on, due_reason, place, owner, office, asked_by)
    return {
        "title": title,
        "text": text,
        "made_on": made_on,
        "due_on": due_on,
        "due_reason": due_reason,
        "place": place,
        "owner": owner,
        "office": office,
        "asker": asker,
        "asked_by": asked_by,
        "origin": origin,
        "origin_uid": origin_uid,
        "mark": mark,
        "secret": secret,
        "uid": uid,
        "illustrative": illustrative,
    }


def _check_promise(title, text, made_on, due_on, due_reason, place, owner, office, asked_by):
    """Refused, by field, where one of the cleaned values does not fit."""
    with all_refusals() as rule:
        if not title or len(title) > 180:
            with rule():
                raise Refused(
                    _("Hãy ghi việc đã hứa, không quá 180 ký tự, không nêu tên công dân."), "title"
                )
        if not clean(text) or len(text) > LONGEST_TEXT:
            with rule():
                raise Refused(_("Hãy ghi nguyên văn lời hứa."), "text")
        if owner is None and (not office or place is None):
            with rule():
                raise Refused(_("Hãy ghi ai thực hiện: cơ quan hoặc chức danh."), "owner")
        for value, field, most in (
            (due_reason, "due_reason", 300),
            (office, "office", 120),
            (asked_by, "asked_by", 120),
        ):
            with rule():
                check_length(value, field, most)
        with rule():
            if not isinstance(made_on, date) or made_on > today():
                raise Refused(_("Hãy ghi ngày hứa, không ở tương lai."), "made_on")
            check_due(due_on, made_on)


def check_due(due_on, since):
    """Refused, on `due_on`, unless it is a day from `since` on, at most LATEST after it."""
    if not isinstance(due_on, date):
        raise Refused(_("Hãy ghi ngày phải làm xong."), "due_on")
    if due_on < since:
        raise Refused(_("Ngày phải làm xong phải từ %s trở đi.") % show_day(since), "due_on")
    if due_on - since > LATEST:
        raise Refused(_("Ngày phải làm xong quá xa: nhiều nhất mười năm."), "due_on")


def begin_term(commitment, due_on, reason, on):
    """Begin a term on the day `on` with a new due day and its obligation; sets them on the
    commitment without saving it.
    """
    obligation = _owe(commitment.code, commitment.unit, commitment.owner, commitment.title, due_on)
    Term.objects.create(
        commitment=commitment,
        number=next_number(Term.objects.filter(commitment=commitment)),
        due_on=due_on,
        reason=reason,
        obligation=obligation,
        set_on=on,
    )
    commitment.obligation = obligation
    commitment.due_on = due_on
    commitment.due_reason = reason


def end_term(commitment, on, excuse=""):
    """End the running term on the day `on`; with an `excuse` its obligation is excused unless
    somebody has closed it.
    """
    Term.objects.filter(commitment=commitment, ended_on=None).update(ended_on=on)
    if excuse:
        excuse_unless_closed(commitment.obligation, by=LAW, reason=excuse, on=on)


def add_step(commitment, act, on, by, text=""):
    """Add a step to the commitment's history."""
    return CommitmentStep.objects.create(
        commitment=commitment,
        number=next_number(CommitmentStep.objects.filter(commitment=commitment)),
        act=act,
        on=on,
        state=commitment.state,
        text=paragraphs(text),
        is_citizen=by.is_public,
        by=by.key,
        at=now(),
    )


def _owe(code, unit, owner, title, due_on):
    full_title = _("Cam kết %(code)s: %(title)s") % {"code": code, "title": title}
    return owe(
        by=LAW,
        unit=unit,
        body=owner,
        rule_key=RULE,
        event_on=due_on + timedelta(days=1),
        title=full_title[:200],
        subject_kind=SUBJECT,
        subject=code,
    )


def desk_address(commitment):
    """The address of the commitment's page at the desk, for notices."""
    return f"/desk/commitments/{commitment.uid}/"
