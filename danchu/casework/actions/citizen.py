"""What senders do themselves, with the code and the secret of their petition and no account."""

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
from danchu.casework.rules.timebars import may_complain_again
from danchu.casework.writes.entry import Submission, create_petition, persons_of
from danchu.casework.writes.paper_books import refuse_counted_on_paper
from danchu.casework.writes.trail import advance
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import matches
from danchu.kernel.days import today
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
        raise Refused(_("Không làm được việc này với đơn này."))
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
    first: Petition, *, by: Acting, secret: str, content: str, once: UUID | str | None = None
) -> tuple[Petition, str]:
    """(petition, secret) of a second complaint about a first one, at the level above, by the
    same persons, within its time bar (Law on Complaints, article 33).

    Denied with a wrong secret of the first one; Refused outside the time bar, and when the form
    with the token `once` is sent again.
    """
    require(matches(secret, first.secret), WRONG)
    if once:
        lock_token(once)
    first = (
        Petition.objects.select_related("unit", "matter", "place")
        .select_for_update(of=("self",))
        .get(pk=first.pk)
    )
    if may_complain_again(first, today()) is None:
        raise Refused(
            _(
                "Đơn này chưa hoặc không còn khiếu nại lần hai được: đã hết thời hiệu, "
                "đã khiếu nại, hoặc đang được giải quyết trong hạn."
            )
        )
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
        known_on=first.resolved_on,
        stage=Stage.SECOND,
        follows=first,
        people=first.people,
        is_remote=first.is_remote,
    )
    refuse_counted_on_paper(petition, {}, by)
    record(by, "petition.complained_again", petition, unit=unit, first=first.code)
    return petition, new_secret
