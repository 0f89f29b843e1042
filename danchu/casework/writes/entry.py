"""The writing half of every way a petition comes in: its row, its persons or their seal, its
papers, its first clock.
"""

from uuid import uuid4

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.casework.access.codes import keyed, new_code
from danchu.casework.input.form_token import secret_of, sent_key
from danchu.casework.input.persons import LENGTHS, checked_persons, is_named, shown_in
from danchu.casework.input.signers import each_once, with_representatives
from danchu.casework.models import Petition, Petitioner, PetitionPaper
from danchu.casework.natures import Channel, Nature, Stage
from danchu.casework.writes.clocks import begin_clocks
from danchu.casework.writes.trail import LONGEST_TEXT, add_step
from danchu.kernel.codes import digest, new_secret
from danchu.kernel.days import check_day, now, today
from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean
from danchu.obligations.clock import LAW
from danchu.papers.actions import keep_paper
from danchu.papers.media import media_of
from danchu.papers.names import clean_name
from danchu.vault.actions import seal_identity

MOST_FILES = 5
LONGEST_TITLE = 180
EARLIEST_DAYS = 3660


def enter(by, words, persons, files, open_files=(), once=None, **fields):
    """(petition, secret) of a new row. `words` are title, content and, of a denunciation,
    `secret_text` that is sealed too.

    The `files` of a denunciation are sealed; its `open_files` its sender holds for such that tell
    nothing of him.
    """
    nature = fields["nature"]
    code = new_code(fields["nature"])
    secret = secret_of(once) or new_secret()
    persons = each_once(checked_persons(persons))
    fields["people"] = max(fields.get("people") or 1, len(persons))
    persons = with_representatives(persons, fields["people"], fields["received_on"])
    title, content = checked_texts(words, persons if nature == Nature.DENUNCIATION else ())
    if len(files) + len(open_files) > MOST_FILES:
        raise Refused(_("Gửi nhiều nhất %s tệp.") % MOST_FILES, "files")
    if len(str(words.get("secret_text") or "")) > LONGEST_TEXT:
        raise Refused(
            _("Dài quá %s ký tự. Hãy rút gọn hoặc đính kèm tệp.") % LONGEST_TEXT, "secret_text"
        )
    sealed = fields.pop("sealed", None)
    if nature == Nature.DENUNCIATION and sealed is None:
        sealed = seal_sender(by, fields["unit"], code, persons, words.get("secret_text", ""), files)
    fields.setdefault("is_named", is_named(persons))
    made = Petition.objects.create(
        uid=uuid4(),
        code=code,
        secret=digest(secret),
        sent_key=sent_key(once),
        title=title,
        content=content,
        sealed=sealed,
        moved_on=fields["received_on"],
        sender_key="" if sealed else sender_key(persons),
        made_by=by.key,
        made_at=now(),
        **fields,
    )
    if sealed is None:
        keep_persons(made, persons)
    keep_files(made, [*open_files, *(() if sealed else files)])
    add_step(made, "register", made.received_on, by)
    begin_clocks("register", made, made.received_on)
    return made, secret


def keep_persons(petition, persons):
    """The rows of who signed; nothing of a person who left no word."""
    Petitioner.objects.bulk_create(
        Petitioner(petition=petition, order=at, **person)
        for at, person in enumerate(persons)
        if any(person.values())
    )


def persons_of(petition):
    """Its persons as they were entered."""
    return [
        {name: getattr(one, name) for name in (*LENGTHS, "is_representative")}
        for one in petition.petitioners.all()
    ]


def keep_files(petition, files):
    """The papers that came with it, whatever they say they are looked into first. Those of a
    denunciation get names that tell nothing.
    """
    for at, (file, name) in enumerate(files, 1):
        paper = keep_paper(file, name, by=LAW)
        shown = (
            f"{_('tài liệu')} {at}.{clean_name(name).rpartition('.')[2].lower()}"
            if petition.sealed_id
            else clean_name(name)
        )
        PetitionPaper.objects.get_or_create(
            petition=petition, paper=paper, defaults={"name": shown, "added_at": now()}
        )


def seal_sender(by, unit, code, persons, text, files):
    """Who denounces, with everything that shows it, behind the seal."""
    held = []
    for file, name in files:
        media_of(file, clean_name(name))
        file.seek(0)
        held.append((clean_name(name), file.read(settings.PAPER_BYTES + 1)))
        if len(held[-1][1]) > settings.PAPER_BYTES:
            raise Refused(_("Tệp quá lớn. Hãy giảm độ phân giải hoặc tách tệp."), "files")
    words = {"persons": persons, "text": str(text).strip()}
    return seal_identity(
        by=by,
        unit=unit,
        pseudonym=f"N{code}" if code else f"N{new_code(Nature.DENUNCIATION)}",
        words=words,
        files=held,
    )


def sender_key(persons):
    """Finds the petitions of the same first person again; "" where there is no name."""
    if not persons or not persons[0]["name"]:
        return ""
    return keyed(f"{persons[0]['name']} {persons[0]['address']}", settings.SECRET_KEY)


def check_start(nature, channel, received_on, known_on, stage):
    """Refused by field where a petition cannot have come so."""
    if nature not in Nature.values:
        raise Refused(_("Hãy chọn loại đơn trong danh sách."), "nature")
    if channel not in Channel.values or stage not in Stage.values:
        raise Refused(_("Hãy chọn trong danh sách."), "channel")
    if received_on is None or (today() - received_on).days > EARLIEST_DAYS:
        raise Refused(_("Hãy ghi ngày nhận đơn."), "received_on")
    check_day(received_on, None, "received_on")
    if known_on is not None:
        check_day(known_on, None, "known_on")


def checked_texts(words, hidden=()):
    """(title, content); Refused by field, also where they tell who one of the `hidden` persons
    is.
    """
    title = clean(words.get("title") or "")
    content = str(words.get("content") or "").strip()
    if not title or len(title) > LONGEST_TITLE:
        raise Refused(_("Hãy ghi tóm tắt, không quá %s ký tự.") % LONGEST_TITLE, "title")
    if not clean(content):
        raise Refused(_("Hãy ghi nội dung."), "content")
    if len(content) > LONGEST_TEXT:
        raise Refused(
            _("Dài quá %s ký tự. Hãy rút gọn hoặc đính kèm tệp.") % LONGEST_TEXT, "content"
        )
    for field, text in (("title", title), ("content", content)):
        if shown := shown_in(text, hidden):
            raise Refused(
                _(
                    "Ô này có %s, người xử lý sẽ đọc được. Hãy chuyển phần ấy sang ô "
                    "“Phần có thể lộ người tố cáo”."
                )
                % shown,
                field,
            )
    return title, content
