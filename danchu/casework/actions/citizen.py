"""What the sender does himself, with the code and the secret of his petition and no account."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.casework.input.form_token import hold
from danchu.casework.models import Petition
from danchu.casework.moves import OF_CITIZEN, PETITION_LIFE, is_of_sender
from danchu.casework.natures import Channel, Nature, Stage
from danchu.casework.rules.routing import superior_of
from danchu.casework.rules.timebars import may_complain_again
from danchu.casework.writes.entry import enter, persons_of
from danchu.casework.writes.trail import advance
from danchu.journal.actions import record
from danchu.kernel.codes import matches
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require

MOST_REOPENED = 3
WRONG = gettext_lazy("Mã bí mật không đúng.")


@transaction.atomic
def citizen_step(petition, act, *, by, secret, text=""):
    """Withdraw it, say that it is solved ("close") or that it is not ("reopen"); today."""
    require(act in OF_CITIZEN and matches(secret, petition.secret), WRONG)
    if not is_of_sender(petition, act):
        raise Refused(_("Không làm được việc này với đơn này."))
    found = PETITION_LIFE.hold(petition, act, "unit", "body", "matter")
    if act == "reopen" and found.reopened >= MOST_REOPENED:
        raise Refused(
            _("Đơn đã được mở lại %s lần. Hãy gửi đơn khiếu nại hoặc gặp người tiếp công dân.")
            % MOST_REOPENED
        )
    given = {
        "text": text or (_("Người gửi xác nhận đã được giải quyết.") if act == "close" else "")
    }
    advance(
        found,
        act,
        by,
        max(today(), found.moved_on),
        {**given, "is_solved": True} if act == "close" else given,
    )
    record(by, f"petition.{act}_by_sender", found, unit=found.unit_id, state=found.state)
    return found


@transaction.atomic
def complain_again(first, *, by, secret, content, once=None):
    """(petition, secret) of a second complaint about a first one, at the level above, by the
    same persons, within its time bar.
    """
    require(matches(secret, first.secret), WRONG)
    if once:
        hold(once)
    found = (
        Petition.objects.select_related("unit", "matter", "place")
        .select_for_update(of=("self",))
        .get(pk=first.pk)
    )
    if may_complain_again(found, today()) is None:
        raise Refused(
            _(
                "Đơn này chưa hoặc không còn khiếu nại lần hai được: đã hết thời hiệu, "
                "đã khiếu nại, hoặc đang được giải quyết trong hạn."
            )
        )
    unit, body = superior_of(found.unit_id, today())
    made, fresh = enter(
        by,
        {"title": found.title, "content": content},
        persons_of(found),
        [],
        once=once,
        nature=Nature.COMPLAINT,
        channel=Channel.PORTAL,
        matter=found.matter,
        unit=unit,
        body=body,
        place=found.place,
        received_on=today(),
        known_on=found.resolved_on,
        stage=Stage.SECOND,
        follows=found,
        people=found.people,
        is_remote=found.is_remote,
    )
    record(by, "petition.complained_again", made, unit=unit, first=found.code)
    return made, fresh
