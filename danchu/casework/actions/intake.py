"""How petitions come in: at the counter, from the portal, from other bodies."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.steps import NO_RIGHT
from danchu.casework.entry import check_start, enter
from danchu.casework.models import Petition
from danchu.casework.moves import FILE
from danchu.casework.natures import Channel, Nature, Stage
from danchu.casework.once import hold, sent_key
from danchu.casework.routing import handler_of
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.register.counted_once import refuse_file_where_stated
from danchu.units.models import Body

OPEN_CHANNELS = (Channel.PORTAL, Channel.OPEN311)


@transaction.atomic
def register_petition(
    *, by, nature, channel, matter, title, content, place=None, unit=None, received_on=None, known_on=None, persons=(), secret_text="",
    files=(), open_files=(), once=None, people=None, stage=Stage.FIRST, is_remote=False, several_places=False, same_as=None, follows=None,
):  # fmt: skip
    """(petition, secret). Anyone, today and by an open channel, at the unit that answers the matter at `place`; officials at their `unit`.

    Sent twice with one token `once` it is refused the second time (once.received_before tells it again). The secret is never kept.
    """
    received_on = received_on or today()
    check_start(nature, channel, received_on, known_on, stage)
    if unit is None:
        if place is None:
            raise Refused(_("Hãy ghi nơi xảy ra việc."), "place")
        unit, body = handler_of(matter, place, received_on)
    else:
        body = Body.objects.on(received_on).filter(unit=unit, kind=matter.body).order_by("pk").first()
    open_to_all = by.is_public and channel in OPEN_CHANNELS and received_on == today()
    require(open_to_all or by.may("draft", FILE, unit), NO_RIGHT)
    if once:
        hold(once)
        if Petition.objects.filter(sent_key=sent_key(once)).exists():
            raise Refused(_("Biểu này đã được gửi trước đó: đơn đã được nhận."), "once")
    if not by.is_public:
        refuse_file_where_stated("petitions_received", unit, received_on)
    if follows is not None and (follows.nature, nature) != (Nature.COMPLAINT, Nature.COMPLAINT):
        raise Refused(_("Chỉ khiếu nại lần hai mới nối tiếp một đơn khiếu nại."), "follows")
    given = {"people": people} if people else {}
    made, secret = enter(
        by, {"title": title, "content": content, "secret_text": secret_text}, list(persons), list(files), list(open_files), once, nature=nature, channel=channel,
        matter=matter, unit=unit, body=body, place=place, received_on=received_on, known_on=known_on, stage=stage, is_remote=is_remote,
        several_places=several_places, same_as=same_as, follows=follows, **given,
    )  # fmt: skip
    record(by, "petition.registered", made, unit=made.unit_id, nature=nature, channel=channel, people=made.people)
    return made, secret
