"""How petitions come in: at the counter, from the portal, from other bodies; split in two; recognised as a denunciation."""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.steps import NO_RIGHT
from danchu.casework.entry import check_start, enter, seal_sender
from danchu.casework.models import Petition
from danchu.casework.moves import FILE, UNSORTED, State
from danchu.casework.natures import MARKS, Channel, Nature, Stage
from danchu.casework.persons import LENGTHS
from danchu.casework.routing import handler_of
from danchu.casework.running import begin_clocks, clocks_of
from danchu.casework.trail import add_step
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.obligations.actions import excuse_obligation
from danchu.obligations.clock import LAW
from danchu.register.counted_once import refuse_file_where_stated
from danchu.units.models import Body

OPEN_CHANNELS = (Channel.PORTAL, Channel.OPEN311)


@transaction.atomic
def register_petition(
    *, by, nature, channel, matter, title, content, place=None, unit=None, received_on=None, known_on=None, persons=(), secret_text="",
    files=(), uid=None, people=None, stage=Stage.FIRST, is_remote=False, several_places=False, same_as=None, follows=None,
):  # fmt: skip
    """(petition, secret). Anyone, today and by an open channel, at the unit that answers the matter at `place`; officials at their `unit`.

    Sent twice under one `uid` it is refused the second time. The secret is told once and never kept.
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
    if uid and Petition.objects.filter(uid=uid).exists():
        raise Refused(_("Biểu này đã được gửi trước đó: đơn đã được nhận."), "uid")
    if not by.is_public:
        refuse_file_where_stated("petitions_received", unit, received_on)
    if follows is not None and (follows.nature, nature) != (Nature.COMPLAINT, Nature.COMPLAINT):
        raise Refused(_("Chỉ khiếu nại lần hai mới nối tiếp một đơn khiếu nại."), "follows")
    given = {"people": people} if people else {}
    made, secret = enter(
        by, {"title": title, "content": content, "secret_text": secret_text}, list(persons), list(files), nature=nature, channel=channel,
        matter=matter, unit=unit, body=body, place=place, received_on=received_on, known_on=known_on, stage=stage, is_remote=is_remote,
        several_places=several_places, same_as=same_as, follows=follows, uid=uid, **given,
    )  # fmt: skip
    record(by, "petition.registered", made, unit=made.unit_id, nature=nature, channel=channel, people=made.people)
    return made, secret


@transaction.atomic
def split_petition(petition, *, by, nature, matter, title, content):
    """(petition, secret) of another content of the same letter, by the same persons, received on the same day."""
    require(by.may("draft", FILE, petition.unit_id), NO_RIGHT)
    found = Petition.objects.select_for_update().get(pk=petition.pk)
    if found.state not in UNSORTED:
        raise Refused(_("Chỉ tách đơn trước khi thụ lý."))
    if found.nature == Nature.DENUNCIATION:
        raise Refused(_("Đơn tố cáo không tách được: danh tính đang niêm phong. Hãy ghi đơn mới theo lời người gửi."))
    check_start(nature, found.channel, found.received_on, found.known_on, Stage.FIRST)
    persons = [{name: getattr(one, name) for name in LENGTHS} for one in found.petitioners.all()]
    made, secret = enter(
        by, {"title": title, "content": content}, persons, [], nature=nature, channel=found.channel, matter=matter, unit=found.unit,
        body=found.body, place=found.place, received_on=found.received_on, known_on=found.known_on, split_from=found, people=found.people,
    )  # fmt: skip
    record(by, "petition.split", made, unit=made.unit_id, source=found.code)
    return made, secret


@transaction.atomic
def turn_into_denunciation(petition, *, by, title, content):
    """What came as something else denounces somebody: who sent it is sealed, and what was written is replaced by words without him.

    It keeps its secret and its day and gets a code of its kind; the clocks begun for the other nature end.
    """
    require(by.may("draft", FILE, petition.unit_id), NO_RIGHT)
    found = Petition.objects.select_related("unit", "body").select_for_update(of=("self",)).get(pk=petition.pk)
    if found.state not in UNSORTED or found.nature == Nature.DENUNCIATION:
        raise Refused(_("Chỉ chuyển thành tố cáo khi đơn chưa thụ lý và chưa phải tố cáo."))
    files = [(one.paper.open(), one.name) for one in found.papers.select_related("paper")]
    persons = [{name: getattr(one, name) for name in LENGTHS} for one in found.petitioners.all()]
    code = f"{MARKS[Nature.DENUNCIATION]}-{found.code[3:]}"
    found.sealed = seal_sender(by, found.unit, code, persons, f"{found.title}\n\n{found.content}", files)
    found.petitioners.all().delete()
    found.papers.all().delete()
    found.code, found.nature, found.title, found.content, found.sender_key = code, Nature.DENUNCIATION, title.strip()[:180], content.strip(), ""
    if not found.title or not found.content:
        raise Refused(_("Hãy ghi tóm tắt và nội dung không nêu người tố cáo."), "title")
    found.state = State.RECEIVED
    found.save(update_fields=["sealed", "code", "nature", "title", "content", "sender_key", "state"])
    _begin_again(found)
    add_step(found, "turn", today(), by)
    record(by, "petition.turned", found, unit=found.unit_id)
    return found


def _begin_again(found):
    """The clocks of the other nature end; those of a denunciation count from the day it came."""
    for owed in clocks_of(found).filter(state="open"):
        excuse_obligation(owed, by=LAW, reason=_("Đơn được xác định là tố cáo."))
    begin_clocks("register", found, found.received_on)
