"""The writing half of every way a promise is made, put off or moved on: its row, the day in
force as an obligation, its steps.
"""

from datetime import date, timedelta
from uuid import uuid4

from django.utils.translation import gettext as _

from danchu.kernel.codes import new_prefixed_code
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.minutes.models import Commitment, CommitmentStep, Term
from danchu.minutes.models.commitments import MARK, SUBJECT
from danchu.notices.actions import tell_holders
from danchu.obligations.actions import excuse_obligation, owe
from danchu.obligations.clock import LAW
from danchu.subjects.texts import LONGEST_TEXT, check_length

# The rule a promise is judged by: before the day after the one that was promised. It is chosen
# freely, so no day off moves it.
RULE = "commitment.due"
LATEST = timedelta(days=3660)


def write_commitment(by, **given):
    """A new promise with its first term and step; what was given is checked. The owner's office
    is told.
    """
    promise = checked_promise(**given)
    unit = promise["owner"].unit if promise["owner"] else promise.pop("place")
    promise.pop("place", None)
    code = new_prefixed_code(MARK)
    uid = promise.pop("uid") or uuid4()
    # The row names its obligation and the obligation names the row: the promise's own number is
    # known to neither before.
    owed = _owe(code, unit, promise["owner"], promise["title"], promise["due_on"])
    made = Commitment.objects.create(
        uid=uid,
        code=code,
        unit=unit,
        obligation=owed,
        moved_on=promise["made_on"],
        made_by=by.key,
        made_at=now(),
        **promise,
    )
    Term.objects.create(
        commitment=made,
        number=1,
        due_on=made.due_on,
        reason=made.due_reason,
        obligation=owed,
        set_on=made.made_on,
    )
    add_step(made, "made", made.made_on, by)
    told = _("Cam kết mới %(code)s: %(title)s. Hạn %(day)s.") % {
        "code": made.code,
        "title": made.title,
        "day": show_day(made.due_on),
    }
    tell_holders(
        "draft",
        "commitment_report",
        made.unit_id,
        told,
        by=LAW,
        link=f"/desk/commitments/{made.uid}/",
    )
    return made


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
    """The fields of a promise; Refused by field where it says not what, who or until when."""
    title = clean(title)
    office = clean(office)
    asked_by = clean(asked_by)
    due_reason = clean(due_reason)
    text = str(text or "").strip()
    if not title or len(title) > 180:
        raise Refused(
            _("Hãy ghi việc đã hứa, không quá 180 ký tự, không nêu tên công dân."), "title"
        )
    if not clean(text) or len(text) > LONGEST_TEXT:
        raise Refused(_("Hãy ghi nguyên văn lời hứa."), "text")
    if owner is None and (not office or place is None):
        raise Refused(_("Hãy ghi ai thực hiện: cơ quan hoặc chức danh."), "owner")
    check_length(due_reason, "due_reason", 300)
    check_length(office, "office", 120)
    check_length(asked_by, "asked_by", 120)
    if not isinstance(made_on, date) or made_on > today():
        raise Refused(_("Hãy ghi ngày hứa, không ở tương lai."), "made_on")
    check_due(due_on, made_on)
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


def check_due(due_on, since):
    if not isinstance(due_on, date):
        raise Refused(_("Hãy ghi ngày phải làm xong."), "due_on")
    if due_on < since:
        raise Refused(_("Ngày phải làm xong phải từ %s trở đi.") % show_day(since), "due_on")
    if due_on - since > LATEST:
        raise Refused(_("Ngày phải làm xong quá xa: nhiều nhất mười năm."), "due_on")


def begin_term(found, due_on, reason, on):
    """From the day on another day is in force: a new clock, and the promise's own day with it."""
    last = (
        Term.objects.filter(commitment=found)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    owed = _owe(found.code, found.unit, found.owner, found.title, due_on)
    Term.objects.create(
        commitment=found, number=last + 1, due_on=due_on, reason=reason, obligation=owed, set_on=on
    )
    found.obligation = owed
    found.due_on = due_on
    found.due_reason = reason


def end_term(found, on, excuse=""):
    """The day in force runs no longer; with an excuse its clock is excused, else it was met."""
    Term.objects.filter(commitment=found, ended_on=None).update(ended_on=on)
    if excuse:
        excuse_obligation(found.obligation, by=LAW, reason=excuse)


def add_step(found, act, on, by, text=""):
    """One more line of its life."""
    last = (
        CommitmentStep.objects.filter(commitment=found)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
        or 0
    )
    return CommitmentStep.objects.create(
        commitment=found,
        number=last + 1,
        act=act,
        on=on,
        state=found.state,
        text=str(text).strip(),
        is_citizen=by.is_public,
        by=by.key,
        at=now(),
    )


def _owe(code, unit, owner, title, due_on):
    named = _("Cam kết %(code)s: %(title)s") % {"code": code, "title": title}
    return owe(
        by=LAW,
        unit=unit,
        body=owner,
        rule_key=RULE,
        event_on=due_on + timedelta(days=1),
        title=named[:200],
        subject_kind=SUBJECT,
        subject=code,
    )
