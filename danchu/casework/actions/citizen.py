"""What senders do themselves, with the code and the secret of their petition and no account."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.input.form_token import lock_token
from danchu.casework.models import Petition
from danchu.casework.moves import PETITION_LIFE, SENDER_ACTS, is_of_sender
from danchu.casework.natures import Channel, Nature, Stage
from danchu.casework.rules.routing import superior_of
from danchu.casework.rules.timebars import decision_sent_on, may_complain_again
from danchu.casework.writes.entry import Submission, create_petition, persons_of
from danchu.casework.writes.paper_books import NOTHING_STATED, refuse_counted_on_paper
from danchu.casework.writes.trail import advance
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import matches
from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, require

MOST_REOPENED = 3
WRONG = gettext_lazy("Mã bí mật không đúng.")


@transaction.atomic
def citizen_step(
    petition: Petition, act: str, *, by: Acting, secret: str, text: str = ""
) -> Petition:
    """One of the sender's acts, today: "withdraw", "retract", "close" (it is solved) or "reopen"
    (it is not). Denied with a wrong secret; Refused where the act may not follow, or when the
    petition was reopened MOST_REOPENED times before.
    """
    require(act in SENDER_ACTS and matches(secret, petition.secret), WRONG)
    if not is_of_sender(petition, act):
        raise Refused(
            _(
                "Đơn này đang ở bước không làm được việc này. Hãy tải lại trang để "
                "xem các bước còn làm được."
            )
        )
    petition = PETITION_LIFE.hold(petition, act, "unit", "body", "matter")
    if act == "reopen" and petition.reopened >= MOST_REOPENED:
        raise Refused(
            _("Đơn đã được mở lại %s lần. Hãy gửi đơn khiếu nại hoặc gặp người tiếp công dân.")
            % MOST_REOPENED
        )
    values: dict[str, Any] = {
        "text": text or (_("Người gửi xác nhận đã được giải quyết.") if act == "close" else "")
    }
    if act == "close":
        values["is_solved"] = True
    advance(petition, act, by, max(today(), petition.moved_on), values)
    record(by, f"petition.{act}_by_sender", petition, unit=petition.unit_id, state=petition.state)
    return petition


@transaction.atomic
def complain_again(
    first: Petition,
    *,
    by: Acting,
    secret: str,
    content: str,
    received_on: date | None = None,
    once: UUID | str | None = None,
) -> tuple[Petition, str]:
    """(petition, secret) of a second complaint about a first one, at the level above, by the
    same persons, within its time bar (Law on Complaints, article 33).

    `received_on` is the day on which the sender received the decision on the first one; it may be
    left out within the time bar counted from the day of sending. It is kept as `known_on`.

    Denied with a wrong secret of the first one; Refused, on "received_on", outside the time bar or
    for an impossible day, and when the form with the token `once` is sent again.
    """
    require(matches(secret, first.secret), WRONG)
    if once:
        lock_token(once)
    first = (
        Petition.objects.select_related("unit", "matter", "place")
        .select_for_update(of=("self",))
        .get(pk=first.pk)
    )
    sent_on = decision_sent_on(first)
    _check_receipt(received_on, sent_on)
    _check_time_bar(first, received_on)
    unit, body = superior_of(first.unit_id, today())
    petition, new_secret = create_petition(
        by,
        Submission(first.title, content, persons=persons_of(first), once=once),
        nature=Nature.COMPLAINT,
        channel=Channel.PORTAL,
        matter=first.matter,
        unit=unit,
        body=body,
        place=first.place,
        received_on=today(),
        known_on=received_on or sent_on,
        stage=Stage.SECOND,
        follows=first,
        people=first.people,
        is_remote=first.is_remote,
    )
    refuse_counted_on_paper(petition, NOTHING_STATED, by)
    record(by, "petition.complained_again", petition, unit=unit, first=first.code)
    return petition, new_secret


def _check_time_bar(first, received_on):
    """Refused outside the time bar, and where the day of receipt is needed to count it."""
    bar = may_complain_again(first, today(), received_on)
    if bar is None:
        raise Refused(
            _(
                "Đơn này chưa hoặc không còn khiếu nại lần hai được: đã hết thời hiệu, "
                "đã khiếu nại, hoặc đang được giải quyết trong hạn."
            ),
            "received_on" if received_on else "",
        )
    if bar.due_on is None:
        raise Refused(
            _("Hãy ghi ngày nhận được quyết định: thời hiệu tính từ ngày ấy."), "received_on"
        )


def _check_receipt(received_on, sent_on):
    """Refused where the stated day of receipt lies before the decision was sent or in the future,
    or where there is no decision that could have been received.
    """
    if received_on is None:
        return
    if sent_on is None:
        raise Refused(
            _("Đơn này chưa có quyết định giải quyết: hãy để trống ngày nhận."), "received_on"
        )
    if not sent_on <= received_on <= today():
        raise Refused(
            _("Ngày nhận quyết định phải từ ngày gửi %s đến hôm nay.") % show_day(sent_on),
            "received_on",
        )
