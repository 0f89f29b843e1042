"""Acts that end a body together with what it has: its members and the terms of its board."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.bodies.lives import BODY_LIFE
from danchu.bodies.models import BodyMember
from danchu.inspection.models import BoardTerm
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.units.actions import close_body, succeed_body
from danchu.units.models import Body


@transaction.atomic
def end_body(
    body: Body, *, by: Acting, on: date, decision: str = "", decided_on: date | None = None
) -> Body:
    """Close the body with its terms and memberships; its last day is the one before `on`. Refused
    by field, also where a term or membership begins later; Denied without the right.
    """
    BODY_LIFE.require(by, "close", body)
    body = close_body(body, by=by, on=on, decision=decision, decided_on=decided_on)
    terms = _end_terms(body, on)
    members = _end_members(body, on)
    if terms or members:
        record(by, "body.emptied", body, unit=body.unit_id, terms=terms, members=members, on=on)
    return body


@transaction.atomic
def merge_body(
    body: Body,
    *,
    by: Acting,
    after: Body,
    on: date,
    decision: str = "",
    decided_on: date | None = None,
) -> Body:
    """Record that the body is succeeded by `after` on the day, and close it as `end_body` unless it
    ended on that day. Refused by field; Denied without the right at both places.
    """
    BODY_LIFE.require(by, "merge", body)
    succession = succeed_body(body, after, by=by, on=on, decision=decision, decided_on=decided_on)
    body = succession.before
    terms = _end_terms(body, on)
    members = _end_members(body, on)
    if terms or members:
        record(by, "body.emptied", body, unit=body.unit_id, terms=terms, members=members, on=on)
    return body


def _end_terms(body, on):
    """End the terms of a board that last beyond the day. Returns how many."""
    later = BoardTerm.objects.filter(board=body, since__gte=on).order_by("since").first()
    if later is not None:
        raise Refused(
            _("Ban có nhiệm kỳ bắt đầu ngày %s. Hãy ghi ngày kết thúc sau ngày ấy.")
            % show_day(later.since),
            "on",
        )
    return BoardTerm.objects.filter(board=body, until__gt=on).update(until=on)


def _end_members(body, on):
    """End the memberships that last beyond the day. Returns how many."""
    later = BodyMember.objects.filter(body=body, since__gte=on).order_by("since").first()
    if later is not None:
        raise Refused(
            _("Tổ chức có thành viên vào ngày %s. Hãy ghi ngày kết thúc sau ngày ấy.")
            % show_day(later.since),
            "on",
        )
    return BodyMember.objects.filter(body=body).after(on).update(until=on)
