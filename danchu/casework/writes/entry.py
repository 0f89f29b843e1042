"""What every act by which a petition comes in writes: its row, its persons or their sealed
identity, its papers, its first clock.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.casework.access.codes import keyed_digest, new_code
from danchu.casework.input.form_token import secret_of, sent_key
from danchu.casework.input.identifying import identifying_detail
from danchu.casework.input.persons import LENGTHS, checked_persons, is_named
from danchu.casework.input.signers import with_representatives, without_duplicates
from danchu.casework.models import Petition, Petitioner, PetitionPaper
from danchu.casework.natures import Channel, Nature, Stage
from danchu.casework.writes.clocks import begin_clocks
from danchu.casework.writes.trail import LONGEST_TEXT, add_step
from danchu.kernel.codes import digest, new_secret
from danchu.kernel.days import check_day, now, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.text import clean, paragraphs
from danchu.obligations.clock import LAW
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name
from danchu.papers.screening import content_of, screen_file
from danchu.vault.actions import seal_identity

MOST_FILES = 5
LONGEST_TITLE = 180
EARLIEST_DAYS = 3660


@dataclass(frozen=True)
class Submission:
    """What a sender submits: texts, persons as mappings (input.persons), files as (file, name).

    Of a denunciation `secret_text` and `files` are sealed; `open_files` are those that identify
    nobody, in the judgement of the sender. `once` is the token of the form.
    """

    title: str
    content: str
    secret_text: str = ""
    persons: Sequence[Mapping[str, Any]] = ()
    files: Sequence[tuple[IO[bytes], str]] = ()
    open_files: Sequence[tuple[IO[bytes], str]] = ()
    once: UUID | str | None = None


def create_petition(by, submission, **fields):
    """(petition, secret) of a new row with the columns `fields`, its papers, its first step and
    its first clock. `sealed` among the fields is an identity that exists already. Refused by field.
    """
    is_denunciation = fields["nature"] == Nature.DENUNCIATION
    code = new_code(fields["nature"])
    secret = secret_of(submission.once) or new_secret()
    persons = []
    with all_refusals() as rule:
        with rule():
            persons = without_duplicates(checked_persons(submission.persons))
            fields["people"] = max(fields.get("people") or 1, len(persons))
            persons = with_representatives(persons, fields["people"], fields["received_on"])
        with rule():
            title, content = checked_texts(submission, persons if is_denunciation else ())
        with rule():
            _check_sizes(submission)
    identity = fields.pop("sealed", None)
    if is_denunciation and identity is None:
        identity = seal_sender(
            by, fields["unit"], code, persons, submission.secret_text, submission.files
        )
    fields.setdefault("is_named", is_named(persons))
    petition = Petition.objects.create(
        uid=uuid4(),
        code=code,
        secret=digest(secret),
        sent_key=sent_key(submission.once),
        title=title,
        content=content,
        sealed=identity,
        moved_on=fields["received_on"],
        sender_key="" if identity else sender_key(persons),
        made_by=by.key,
        made_at=now(),
        **fields,
    )
    if identity is None:
        keep_persons(petition, persons)
    keep_files(petition, [*submission.open_files, *(() if identity else submission.files)])
    add_step(petition, "register", petition.received_on, by)
    begin_clocks("register", petition, petition.received_on)
    return petition, secret


def _check_sizes(submission):
    """Refused by field where there are too many files or the sealed text is too long."""
    if len(submission.files) + len(submission.open_files) > MOST_FILES:
        raise Refused(_("Gửi nhiều nhất %s tệp.") % MOST_FILES, "files")
    if len(str(submission.secret_text or "")) > LONGEST_TEXT:
        raise Refused(
            _("Dài quá %s ký tự. Hãy rút gọn hoặc đính kèm tệp.") % LONGEST_TEXT, "secret_text"
        )


def keep_persons(petition, persons):
    """Create the rows of the signers, in their order; empty persons get none."""
    Petitioner.objects.bulk_create(
        Petitioner(petition=petition, order=order, **person)
        for order, person in enumerate(persons)
        if any(person.values())
    )


def persons_of(petition):
    """The persons of the petition as dicts, as checked_persons gives them."""
    return [
        {name: getattr(petitioner, name) for name in (*LENGTHS, "is_representative")}
        for petitioner in petition.petitioners.all()
    ]


def keep_files(petition, files, is_answer=False):
    """Store the files of the petition, or of the answer to it, as papers; their type is read from
    their content. Those of a denunciation get neutral names, and who made them is removed from
    them.
    """
    for number, (file, name) in enumerate(files, 1):
        paper = keep_paper(file, name, by=LAW, is_anonymous=is_answer or bool(petition.sealed_id))
        paper_name = (
            f"{_('tài liệu')} {number}.{clean_name(name).rpartition('.')[2].lower()}"
            if petition.sealed_id
            else clean_name(name)
        )
        PetitionPaper.objects.get_or_create(
            petition=petition,
            paper=paper,
            defaults={"name": paper_name, "added_at": now(), "is_answer": is_answer},
        )


def seal_sender(by, unit, code, persons, text, files):
    """The sealed identity of the denouncers with `text` and `files`. Without a `code` its pseudonym
    is new and links to no petition. Refused on "files" for a file that is too large.
    """
    contents = []
    for file, name in files:
        if file.seek(0, 2) > settings.PAPER_BYTES:
            raise Refused(_("Tệp quá lớn. Hãy giảm độ phân giải hoặc tách tệp."), "files")
        _media, clean_copy = screen_file(file, clean_name(name))
        contents.append((clean_name(name), content_of(clean_copy or file)))
    words = {"persons": persons, "text": paragraphs(text)}
    return seal_identity(
        by=by,
        unit=unit,
        pseudonym=f"N{code}" if code else f"N{new_code(Nature.DENUNCIATION)}",
        words=words,
        files=contents,
    )


def sender_key(persons):
    """The digest by which petitions of the same first person are found; "" without a name."""
    if not persons or not persons[0]["name"]:
        return ""
    return keyed_digest(f"{persons[0]['name']} {persons[0]['address']}", settings.SECRET_KEY)


def check_start(nature, channel, received_on, known_on, stage):
    """Refused by field where nature, channel, stage or a day are impossible for a new petition."""
    with all_refusals() as rule:
        if nature not in Nature.values:
            with rule():
                raise Refused(_("Hãy chọn loại đơn trong danh sách."), "nature")
        if channel not in Channel.values or stage not in Stage.values:
            with rule():
                raise Refused(_("Hãy chọn trong danh sách."), "channel")
        with rule():
            if received_on is None or (today() - received_on).days > EARLIEST_DAYS:
                raise Refused(_("Hãy ghi ngày nhận đơn."), "received_on")
            check_day(received_on, None, "received_on")
        if known_on is not None:
            with rule():
                check_day(known_on, None, "known_on")


def checked_texts(submission, denouncers=()):
    """(title, content), cleaned; Refused by field, also where they identify one of the
    `denouncers`, persons who are sealed.
    """
    title = clean(submission.title or "")
    content = paragraphs(submission.content or "")
    with all_refusals() as rule:
        with rule():
            if not title or len(title) > LONGEST_TITLE:
                raise Refused(_("Hãy ghi tóm tắt, không quá %s ký tự.") % LONGEST_TITLE, "title")
            _check_anonymous(title, "title", denouncers)
        with rule():
            if not clean(content):
                raise Refused(_("Hãy ghi nội dung."), "content")
            if len(content) > LONGEST_TEXT:
                raise Refused(
                    _("Dài quá %s ký tự. Hãy rút gọn hoặc đính kèm tệp.") % LONGEST_TEXT, "content"
                )
            _check_anonymous(content, "content", denouncers)
    return title, content


def _check_anonymous(text, field, denouncers):
    if detail := identifying_detail(text, denouncers):
        raise Refused(
            _(
                "Ô này có %s, người xử lý sẽ đọc được. Hãy chuyển phần ấy sang ô "
                "“Phần có thể lộ người tố cáo”."
            )
            % detail,
            field,
        )
