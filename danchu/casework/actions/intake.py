"""How petitions come in: at the counter, from the portal, from other bodies."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.visits import LONGEST, seal_visit
from danchu.casework.input.form_token import hold, sent_key
from danchu.casework.input.persons import MOST, checked_persons, is_named
from danchu.casework.input.signers import each_once, with_representatives
from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Petition, Visit
from danchu.casework.moves import FILE, NO_RIGHT
from danchu.casework.natures import Channel, Nature, Stage
from danchu.casework.rules.routing import handler_of
from danchu.casework.writes.entry import check_start, enter, keep_persons, persons_of
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.register.counted_once import refuse_file_where_stated
from danchu.units.models import Body

OPEN_CHANNELS = (Channel.PORTAL, Channel.OPEN311)


@transaction.atomic
def register_petition(
    *,
    by,
    nature,
    channel,
    matter,
    title,
    content,
    place=None,
    unit=None,
    received_on=None,
    known_on=None,
    persons=(),
    secret_text="",
    files=(),
    open_files=(),
    once=None,
    people=None,
    stage=Stage.FIRST,
    is_remote=False,
    several_places=False,
    same_as=None,
    follows=None,
    came_from="",
    visit=None,
):
    """(petition, secret). Anyone, today and by an open channel, at the unit that answers the matter
    at `place`; officials at their `unit`.

    `visit` is the line of the register it was brought with. Sent twice with one token `once` it is
    refused the second time (once.received_before tells it again). The secret is never kept.
    """
    received_on = received_on or today()
    check_start(nature, channel, received_on, known_on, stage)
    unit, body = _who_answers(matter, place, unit, received_on)
    is_open = channel in OPEN_CHANNELS and received_on == today()
    require((by.is_public and is_open) or by.may("draft", FILE, unit), NO_RIGHT)
    _check_unsent(by, once, unit, received_on)
    _check_related(nature, follows, same_as)
    texts = {"title": title, "content": content, "secret_text": secret_text}
    petition, secret = enter(
        by,
        texts,
        *map(list, (persons, files, open_files)),
        once,
        nature=nature,
        channel=channel,
        matter=matter,
        unit=unit,
        body=body,
        place=place,
        received_on=received_on,
        known_on=known_on,
        stage=stage,
        is_remote=is_remote,
        several_places=several_places,
        same_as=same_as,
        follows=follows,
        people=people,
        came_from=_checked_sender(came_from, channel),
    )
    _tie(visit, petition, by)
    record(by, "petition.registered", petition, **_noted(petition))
    return petition, secret


def _who_answers(matter, place, unit, day):
    """(unit, body) that answers the matter: at the unit of the official, else at the place."""
    if unit is not None:
        return unit, Body.objects.on(day).filter(unit=unit, kind=matter.body).order_by("pk").first()
    if place is None:
        raise Refused(_("Hãy ghi nơi xảy ra việc."), "place")
    return handler_of(matter, place, day)


def _check_unsent(by, once, unit, received_on):
    """Refused where a form with this token was sent before (others with it wait for us), and where
    an official has stated the number of petitions of that time on paper.
    """
    if once:
        hold(once)
        if Petition.objects.filter(sent_key=sent_key(once)).exists():
            raise Refused(_("Biểu này đã được gửi trước đó: đơn đã được nhận."), "once")
    if not by.is_public:
        refuse_file_where_stated("petitions_received", unit, received_on)


def _check_related(nature, follows, same_as):
    """Which petitions a new one of this nature may be joined to."""
    if follows is not None and (follows.nature, nature) != (Nature.COMPLAINT, Nature.COMPLAINT):
        raise Refused(_("Chỉ khiếu nại lần hai mới nối tiếp một đơn khiếu nại."), "follows")
    if same_as is None:
        return
    if (same_as.nature == Nature.DENUNCIATION) != (nature == Nature.DENUNCIATION):
        raise Refused(
            _("Không nối đơn tố cáo với đơn có tên người gửi: như vậy sẽ biết ai tố cáo."),
            "same_as",
        )


def _checked_sender(came_from, channel):
    """The body that handed the petition over, which must be named there."""
    came_from = clean(came_from)
    if len(came_from) > 200 or channel == Channel.HANDED_OVER and not came_from:
        raise Refused(_("Hãy ghi cơ quan chuyển đơn đến, không quá 200 ký tự."), "came_from")
    return came_from


def _noted(petition):
    """What the journal keeps of a new petition."""
    return {
        "unit": petition.unit_id,
        "nature": petition.nature,
        "channel": petition.channel,
        "people": petition.people,
    }


def _tie(visit, made, by):
    """The line of the register leads to the petition; of a denouncer it is sealed first."""
    if visit is None:
        return
    if (
        visit.unit_id != made.unit_id
        or visit.petition_id is not None
        or bool(visit.sealed_id) > (made.nature == Nature.DENUNCIATION)
    ):
        raise Refused(
            _(
                "Lượt tiếp này không nối được với đơn: khác nơi, đã có đơn, hoặc là lượt "
                "tiếp về tố cáo."
            ),
            "visit",
        )
    if made.nature == Nature.DENUNCIATION and visit.sealed_id is None:
        visit = seal_visit(visit, by=by, content=made.content[:LONGEST])
    Visit.objects.filter(pk=visit.pk).update(petition=made)


@transaction.atomic
def add_signers(petition, *, by, persons, people=None):
    """More people who signed the same petition; (petition, how many were new). Those known
    already are not written twice.
    """
    FILE_LIFE.require(by, "signers", petition)
    found = FILE_LIFE.hold(petition, "signers")
    before = persons_of(found)
    everyone = each_once(before + checked_persons(persons))
    if len(everyone) > MOST:
        raise Refused(
            _("Một đơn ghi nhiều nhất %s người; những người còn lại đính kèm danh sách.") % MOST,
            "signers",
        )
    found.people = max(found.people, len(everyone), people or 0)
    everyone = with_representatives(everyone, found.people, found.received_on)
    found.is_named = is_named(everyone)
    found.save(update_fields=["people", "is_named"])
    found.petitioners.all().delete()
    keep_persons(found, everyone)
    record(
        by,
        "petition.signers_added",
        found,
        unit=found.unit_id,
        number=len(everyone) - len(before),
        people=found.people,
    )
    return found, len(everyone) - len(before)
