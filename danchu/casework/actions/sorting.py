"""Letters with more than one subject, or with another nature than they seemed to have: split in
two, or turned into a denunciation.

Once part of a letter denounces somebody, the whole letter, its files and its signers are sealed,
and no unsealed column links the two parts: whoever reads the one would know who denounced in the
other.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.casework.actions.visits import seal_visit
from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Matter, Petition
from danchu.casework.moves import State
from danchu.casework.natures import MARKS, Nature, Stage
from danchu.casework.writes.clocks import begin_clocks, clocks_of
from danchu.casework.writes.entry import (
    Submission,
    check_start,
    checked_texts,
    create_petition,
    persons_of,
    seal_sender,
)
from danchu.casework.writes.trail import add_step
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.notices.actions import drop_waiting
from danchu.obligations.actions import excuse_obligation
from danchu.obligations.clock import LAW
from danchu.papers.actions import forget_paper


@transaction.atomic
def split_petition(
    petition: Petition,
    *,
    by: Acting,
    nature: str,
    matter: Matter,
    title: str,
    content: str,
    rest_title: str = "",
    rest_content: str = "",
) -> tuple[Petition, str]:
    """(new petition, its secret) of another subject of the same letter, by the same persons,
    received on the same day.

    Where that subject denounces, `rest_title` and `rest_content` replace the text of the letter.
    Refused by field; Denied without the right.
    """
    FILE_LIFE.require(by, "split", petition)
    petition = FILE_LIFE.hold(petition, "split", "unit", "body", "place")
    if petition.nature == Nature.DENUNCIATION and nature != Nature.DENUNCIATION:
        raise Refused(
            _(
                "Từ đơn tố cáo chỉ tách được nội dung tố cáo khác: danh tính đang niêm "
                "phong. Nội dung khác hãy ghi thành đơn mới theo lời người gửi."
            ),
            "nature",
        )
    check_start(nature, petition.channel, petition.received_on, petition.known_on, Stage.FIRST)
    fields = _fields_of_part(petition, nature, matter)
    if petition.nature == Nature.DENUNCIATION:
        part, secret = create_petition(
            by,
            Submission(title, content),
            **fields,
            sealed=petition.sealed,
            is_named=petition.is_named,
            split_from=petition,
        )
    elif nature == Nature.DENUNCIATION:
        part, secret = _split_denunciation(
            petition, by, Submission(title, content), Submission(rest_title, rest_content), fields
        )
    else:
        submission = Submission(title, content, persons=persons_of(petition))
        part, secret = create_petition(by, submission, **fields, split_from=petition)
    record(
        by,
        "petition.registered" if part.sealed_id else "petition.split",
        part,
        unit=part.unit_id,
        nature=nature,
    )
    return part, secret


@transaction.atomic
def turn_into_denunciation(petition: Petition, *, by: Acting, title: str, content: str) -> Petition:
    """Turn a petition of another nature into a denunciation: its senders are sealed with the
    letter, and `title` and `content`, which do not identify them, replace its text.

    It keeps its secret and its day, and gets the prefix of a denunciation in its code; the clocks
    of the other nature are excused. Refused by field; Denied without the right.
    """
    FILE_LIFE.require(by, "turn", petition)
    petition = FILE_LIFE.hold(petition, "turn", "unit", "body", "place")
    persons = persons_of(petition)
    old_code = petition.code
    title, content = checked_texts(Submission(title, content), persons)
    code = f"{MARKS[Nature.DENUNCIATION]}-{old_code[3:]}"
    fields = {
        "sealed": _seal_letter(petition, by, code, persons),
        "code": code,
        "nature": Nature.DENUNCIATION,
        "title": title,
        "content": content,
        "sender_key": "",
        "state": State.RECEIVED,
        "shown_title": "",
        "shown_text": "",
        "eligible": None,
        "competent": None,
        "fault": "",
        "same_as": None,
        "split_from": None,
        "follows": None,
    }
    petition.petitioners.all().delete()
    for name, value in fields.items():
        setattr(petition, name, value)
    petition.save(update_fields=list(fields))
    for visit in petition.visits.filter(sealed=None):
        seal_visit(visit, by=LAW, content=content)
    petition.pieces.update(split_from=None)
    petition.repeats.update(same_as=None)
    drop_waiting(old_code, by=LAW)
    for clock in clocks_of(petition).filter(state="open"):
        excuse_obligation(clock, by=LAW, reason=_("Đơn được xác định là tố cáo."))
    begin_clocks("register", petition, petition.received_on)
    add_step(petition, "turn", today(), by)
    record(by, "petition.turned", petition, unit=petition.unit_id)
    return petition


def _fields_of_part(petition: Petition, nature: str, matter: Matter) -> dict[str, Any]:
    """The columns of a part that is split off: its own nature and matter, the rest as the letter
    has them.
    """
    return {
        "nature": nature,
        "channel": petition.channel,
        "matter": matter,
        "unit": petition.unit,
        "body": petition.body,
        "place": petition.place,
        "received_on": petition.received_on,
        "known_on": petition.known_on,
        "people": petition.people,
        "came_from": petition.came_from,
    }


def _split_denunciation(petition, by, submission, rest, fields):
    """Split the denouncing part off, with the whole letter sealed to it; only the texts of `rest`
    stay unsealed.
    """
    persons = persons_of(petition)
    checked_texts(submission, persons)
    try:
        title, content = checked_texts(rest)
    except Refused as refusal:
        raise Refused(refusal.message, f"rest_{refusal.field}") from None
    identity = _seal_letter(petition, by, None, persons)
    part, secret = create_petition(
        by, submission, **fields, sealed=identity, is_named=petition.is_named
    )
    petition.title = title
    petition.content = content
    petition.save(update_fields=["title", "content"])
    return part, secret


def _seal_letter(petition, by, code, persons):
    """The sealed identity with the letter as it came: texts, files, signers. The unsealed files
    are deleted.
    """
    attachments = list(petition.papers.select_related("paper"))
    text = f"{petition.code}\n{petition.title}\n\n{petition.content}"
    files = [(attachment.paper.open(), attachment.name) for attachment in attachments]
    identity = seal_sender(by, petition.unit, code, persons, text, files)
    petition.papers.all().delete()
    for attachment in attachments:
        forget_paper(attachment.paper, by=LAW)
    return identity
