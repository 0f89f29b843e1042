"""Papers attached to events and statements, and taken off drafts."""

from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.refusals import Refused
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name
from danchu.register.lives import EVENT_LIFE, STATEMENT_LIFE
from danchu.register.models import Attachment, Event

MOST_PAPERS = 30


@transaction.atomic
def attach_paper(subject, file, name, *, by):
    """Attach an open binary file to an event or a statement; the Attachment, the earlier one when
    it is there already.

    To a confirmed one a paper may be added, never taken away.
    """
    life = _life_of(subject)
    life.require(by, "attach", subject)
    subject = life.hold(subject, "attach", field="file")
    place = _place(subject)
    if Attachment.objects.filter(**place).count() >= MOST_PAPERS:
        raise Refused(_("Một hồ sơ có tối đa %s tệp đính kèm.") % MOST_PAPERS, "file")
    paper = keep_paper(file, name, by=by)
    attachment, made = Attachment.objects.get_or_create(
        **place,
        paper=paper,
        defaults={"name": clean_name(name), "added_by": by.key, "added_at": datetime.now(UTC)},
    )
    if made:
        record(by, "paper.attached", subject, unit=subject.unit_id, hash=paper.hash)
    return attachment


@transaction.atomic
def detach_paper(attachment, *, by):
    """Take a paper off a draft."""
    subject = attachment.subject
    life = _life_of(subject)
    life.require(by, "detach", subject)
    subject = life.hold(subject, "detach", field="file")
    Attachment.objects.filter(pk=attachment.pk).delete()
    record(by, "paper.detached", subject, unit=subject.unit_id, hash=attachment.paper.hash)


def _place(subject):
    return {"event": subject} if isinstance(subject, Event) else {"statement": subject}


def _life_of(subject):
    return EVENT_LIFE if isinstance(subject, Event) else STATEMENT_LIFE
