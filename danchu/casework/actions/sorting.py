"""Letters that hold more than one thing, or another thing than they seemed to: split in two,
recognised as a denunciation.

Once something of a letter denounces somebody, the whole letter, its files and who signed it go
behind the seal, and nothing in the open says that the two parts were one letter: who reads the one
would know who denounced in the other.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.visits import seal_visit
from danchu.casework.lives import FILE_LIFE
from danchu.casework.moves import State
from danchu.casework.natures import MARKS, Nature, Stage
from danchu.casework.writes.clocks import begin_clocks, clocks_of
from danchu.casework.writes.entry import check_start, checked_texts, enter, persons_of, seal_sender
from danchu.casework.writes.trail import add_step
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.notices.actions import drop_waiting
from danchu.obligations.actions import excuse_obligation
from danchu.obligations.clock import LAW
from danchu.papers.actions import forget_paper


@transaction.atomic
def split_petition(petition, *, by, nature, matter, title, content, rest_title="", rest_content=""):
    """(petition, secret) of another content of the same letter, by the same persons, received on
    the same day.

    Where that content denounces, `rest_title` and `rest_content` are what stays of the letter
    without it.
    """
    FILE_LIFE.require(by, "split", petition)
    found = FILE_LIFE.hold(petition, "split", "unit", "body", "place")
    if found.nature == Nature.DENUNCIATION and nature != Nature.DENUNCIATION:
        raise Refused(
            _(
                "Từ đơn tố cáo chỉ tách được nội dung tố cáo khác: danh tính đang niêm "
                "phong. Nội dung khác hãy ghi thành đơn mới theo lời người gửi."
            ),
            "nature",
        )
    check_start(nature, found.channel, found.received_on, found.known_on, Stage.FIRST)
    given = {
        "nature": nature,
        "channel": found.channel,
        "matter": matter,
        "unit": found.unit,
        "body": found.body,
        "place": found.place,
        "received_on": found.received_on,
        "known_on": found.known_on,
        "people": found.people,
        "came_from": found.came_from,
    }
    words = {"title": title, "content": content}
    if found.nature == Nature.DENUNCIATION:
        made, secret = enter(
            by,
            words,
            [],
            [],
            **given,
            sealed=found.sealed,
            is_named=found.is_named,
            split_from=found,
        )
    elif nature == Nature.DENUNCIATION:
        made, secret = _split_sealed(found, by, words, (rest_title, rest_content), given)
    else:
        made, secret = enter(by, words, persons_of(found), [], **given, split_from=found)
    record(
        by,
        "petition.registered" if made.sealed_id else "petition.split",
        made,
        unit=made.unit_id,
        nature=nature,
    )
    return made, secret


@transaction.atomic
def turn_into_denunciation(petition, *, by, title, content):
    """What came as something else denounces somebody: who sent it is sealed, and what was written
    is replaced by words without him.

    It keeps its secret and its day and gets a code of its kind; the clocks begun for the other
    nature end.
    """
    FILE_LIFE.require(by, "turn", petition)
    found = FILE_LIFE.hold(petition, "turn", "unit", "body", "place")
    persons = persons_of(found)
    before = found.code
    title, content = checked_texts({"title": title, "content": content}, persons)
    code = f"{MARKS[Nature.DENUNCIATION]}-{found.code[3:]}"
    found.sealed = _seal_letter(found, by, code, persons)
    found.petitioners.all().delete()
    found.code = code
    found.nature = Nature.DENUNCIATION
    found.title = title
    found.content = content
    found.sender_key = ""
    found.shown_title = found.shown_text = ""
    found.eligible = None
    found.competent = None
    found.fault = ""
    found.state = State.RECEIVED
    found.same_as = None
    found.split_from = None
    found.follows = None
    found.save(
        update_fields=[
            "sealed",
            "code",
            "nature",
            "title",
            "content",
            "sender_key",
            "state",
            "shown_title",
            "shown_text",
            "eligible",
            "competent",
            "fault",
            "same_as",
            "split_from",
            "follows",
        ]
    )
    for visit in found.visits.filter(sealed=None):
        seal_visit(visit, by=LAW, content=content)
    found.pieces.update(split_from=None)
    found.repeats.update(same_as=None)
    drop_waiting(before, by=LAW)
    for owed in clocks_of(found).filter(state="open"):
        excuse_obligation(owed, by=LAW, reason=_("Đơn được xác định là tố cáo."))
    begin_clocks("register", found, found.received_on)
    add_step(found, "turn", today(), by)
    record(by, "petition.turned", found, unit=found.unit_id)
    return found


def _split_sealed(found, by, words, rest, given):
    """The denouncing part with the whole letter behind its seal; of the letter only the rest
    stays in the open.
    """
    persons = persons_of(found)
    checked_texts(words, persons)
    try:
        title, content = checked_texts({"title": rest[0], "content": rest[1]})
    except Refused as refusal:
        raise Refused(refusal.message, f"rest_{refusal.field}") from None
    sealed = _seal_letter(found, by, None, persons)
    made, secret = enter(by, words, [], [], **given, sealed=sealed, is_named=found.is_named)
    found.title = title
    found.content = content
    found.save(update_fields=["title", "content"])
    return made, secret


def _seal_letter(found, by, code, persons):
    """Seal the letter as it came: its words, its files, who signed it. Its files leave the open."""
    papers = list(found.papers.select_related("paper"))
    text = f"{found.code}\n{found.title}\n\n{found.content}"
    sealed = seal_sender(
        by, found.unit, code, persons, text, [(one.paper.open(), one.name) for one in papers]
    )
    found.papers.all().delete()
    for one in papers:
        forget_paper(one.paper, by=LAW)
    return sealed
