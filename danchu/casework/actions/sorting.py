"""Letters with more than one subject, or with another nature than they seemed to have: split in
two, or turned into a denunciation.

Once part of a letter denounces somebody, the whole letter, its files and its signers are sealed,
and no unsealed column links the two parts: whoever reads the one would know who denounced in the
other.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.casework.actions.visits import seal_visit
from danchu.casework.lives import FILE_LIFE
from danchu.casework.models import Matter, Petition, Visit
from danchu.casework.moves import NO_RIGHT, UNSORTED, State
from danchu.casework.natures import MARKS, Nature, Stage
from danchu.casework.queries.sealed_chains import open_files
from danchu.casework.writes.clocks import begin_clocks, clocks_of
from danchu.casework.writes.entry import (
    Submission,
    check_start,
    checked_texts,
    create_petition,
    persons_of,
)
from danchu.casework.writes.paper_books import (
    NOTHING_STATED,
    counted_on_paper,
    refuse_counted_on_paper,
)
from danchu.casework.writes.sealing import (
    anonymise,
    copies_of,
    drop_papers,
    forget_steps,
    letters_of,
    other_files,
    seal_letter,
)
from danchu.casework.writes.trail import add_step
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, raise_all, require
from danchu.obligations.actions import excuse_obligation
from danchu.obligations.clock import LAW


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
    refuse_counted_on_paper(part, NOTHING_STATED, by, "nature")
    record(
        by,
        "petition.registered" if part.sealed_id else "petition.split",
        part,
        unit=part.unit_id,
        nature=nature,
    )
    return part, secret


@transaction.atomic
def turn_into_denunciation(
    petition: Petition,
    *,
    by: Acting,
    title: str,
    content: str,
    rest_title: str = "",
    rest_content: str = "",
) -> Petition:
    """Turn a petition of another nature into a denunciation: its senders are sealed with the
    letter, and `title` and `content`, which do not identify them, replace its text.

    Where it is a part that was split off, `rest_title` and `rest_content` replace the text of the
    files that hold the letter; their papers are sealed with it, and their senders stay, unlinked.
    Where the same letter was registered again, what still runs of it is turned too.

    It keeps its secret and its day, and gets the prefix of a denunciation in its code; the clocks
    of the other nature are excused. The files of the letter at the units it was handed over by, and
    what has ended of the same letter, stay what they were, without senders, texts and papers. What
    officials wrote in their steps is sealed with the letter. Refused by field; Denied without the
    right.
    """
    FILE_LIFE.require(by, "turn", petition)
    petition = FILE_LIFE.hold(petition, "turn", "unit", "body", "place")
    others = other_files(petition)
    copies = copies_of([petition, *others])
    letters = letters_of([petition, *others, *copies])
    persons = [person for file in (petition, *copies) for person in persons_of(file)]
    words = checked_texts(Submission(title, content), persons)
    rest = _checked_rest(Submission(rest_title, rest_content)) if letters else ("", "")
    running = [file for file in copies if file.state in UNSORTED]
    files_of_running = {one.pk for file in running for one in (file, *other_files(file))}
    ended = [file for file in copies if file.pk not in files_of_running]
    _turn(petition, [*others, *ended], letters, words, by)
    _leave_rest(letters, *rest)
    for file in running:
        _turn(file, other_files(file), [], words, by)
        file.same_as = petition
        file.save(update_fields=["same_as"])
        record(by, "petition.turned", file, unit=file.unit_id)
    record(by, "petition.turned", petition, unit=petition.unit_id)
    return petition


def _turn(petition, others, letters, words, by):
    """Seal the senders of the petition and of its `others`, with the `letters` they were split
    from; `words` (title, content) replace their texts.
    """
    files = [petition, *others]
    persons = [person for file in files for person in persons_of(file)]
    stated = counted_on_paper(petition)
    code = f"{MARKS[Nature.DENUNCIATION]}-{petition.code[3:]}"
    fields = {
        "sealed": seal_letter([*files, *letters], by, code, _each_once(persons)),
        "code": code,
        "nature": Nature.DENUNCIATION,
        # Whatever complaint it was part of, the accusation is made for the first time.
        "stage": Stage.FIRST,
        "state": State.RECEIVED,
        "eligible": None,
        "competent": None,
        "fault": "",
    }
    for file in files:
        anonymise(file, *words)
    for name, value in fields.items():
        setattr(petition, name, value)
    petition.save(update_fields=list(fields))
    refuse_counted_on_paper(petition, stated, by)
    _seal_visits(files, words[1])
    for clock in clocks_of(petition).filter(state="open"):
        excuse_obligation(clock, by=LAW, reason=_("Đơn được xác định là tố cáo."))
    begin_clocks("register", petition, petition.received_on)
    add_step(petition, "turn", today(), by)


def _each_once(persons):
    return [person for place, person in enumerate(persons) if person not in persons[:place]]


@transaction.atomic
def seal_earlier_files(*, by: Acting) -> int:
    """Take the senders of denunciations out of the other files of the same letters, and part other
    letters of theirs from all of these, as `turn_into_denunciation` does. Returns how many rows.
    Afterwards `open_files` names none. Denied without the right.

    For installations of earlier versions: what was sealed with the denunciation is the whole
    letter, so that nothing is lost.
    """
    require(by.may("reorganise", "unit", None), NO_RIGHT)
    numbers = {number for number, _code in open_files()}
    if not numbers:
        return 0
    denunciations = Petition.objects.filter(nature=Nature.DENUNCIATION)
    handed_over = Q(handed_from__isnull=False) | Q(handed_to__isnull=False)
    sealed = 0
    files = set()
    for petition in denunciations.filter(handed_over).order_by("pk"):
        others = [one for one in other_files(petition) if one.nature != Nature.DENUNCIATION]
        files.update(one.pk for one in others)
        still_open = [one for one in others if one.pk in numbers]
        for other in still_open:
            anonymise(other, petition.title, petition.content)
            record(by, "petition.sealed_earlier", other, unit=other.unit_id)
        _seal_visits(still_open, petition.content)
        numbers.difference_update(one.pk for one in still_open)
        sealed += len(still_open)
    sealed += _part_from_other_letters(files)
    record(by, "petition.sealed_earlier", None, number=sealed)
    return sealed


def _part_from_other_letters(files):
    """Cut the links between other letters and denunciations, or the `files` of the same letters.
    Returns how many. Parts of one denunciation stay linked.
    """
    links = 0
    for link in ("follows", "split_from"):
        of_denunciation = Q(nature=Nature.DENUNCIATION) | Q(pk__in=files)
        to_denunciation = Q(**{f"{link}__nature": Nature.DENUNCIATION}) | Q(
            **{f"{link}__in": files}
        )
        parts = Q(nature=Nature.DENUNCIATION, **{f"{link}__nature": Nature.DENUNCIATION})
        linked = Petition.objects.filter(of_denunciation | to_denunciation).exclude(parts)
        links += linked.filter(**{f"{link}__isnull": False}).update(**{link: None})
    return links


def _seal_visits(petitions, content):
    """Seal the visitors whose visits belong to the files."""
    for visit in Visit.objects.filter(petition__in=petitions, sealed=None):
        seal_visit(visit, by=LAW, content=content)


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
    title, content = _checked_rest(rest)
    others = other_files(petition)
    others += copies_of([petition, *others])
    others += letters_of([petition, *others])
    identity = seal_letter([petition, *others], by, None, persons)
    part, secret = create_petition(
        by, submission, **fields, sealed=identity, is_named=petition.is_named
    )
    _leave_rest([petition, *others], title, content)
    return part, secret


def _checked_rest(rest):
    """(title, content) of what a letter says beside the denunciation; Refused by field."""
    try:
        return checked_texts(rest)
    except Refused as refusal:
        raise_all(Refused(one.message, f"rest_{one.field}") for one in refusal.every)
        raise


def _leave_rest(files, title, content):
    """Leave only these words of the letter in the files, and none of its papers."""
    drop_papers(files)
    forget_steps(files)
    for file in files:
        file.title = title
        file.content = content
        file.save(update_fields=["title", "content"])
