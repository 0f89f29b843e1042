"""Attaches papers to events and statements, and removes them from drafts."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.papers.actions import keep_paper
from danchu.papers.names import clean_name
from danchu.register.lives import EVENT_LIFE, STATEMENT_LIFE
from danchu.register.models import Attachment, Event, Statement
from danchu.register.writes.attached import subject_field

MOST_PAPERS = 30


@transaction.atomic
def attach_paper(
    subject: Event | Statement, file: BinaryIO, name: str, *, by: Acting
) -> Attachment:
    """Attach an open binary file to an event or a statement, drafted or confirmed. Idempotent: the
    earlier Attachment when the same content is attached already. Refused, on `file`, beyond
    MOST_PAPERS or for a file that is not accepted; Denied without the right.
    """
    life = _life_of(subject)
    life.require(by, "attach", subject)
    subject = life.hold(subject, "attach", field="file")
    place = subject_field(subject)
    if Attachment.objects.filter(**place).count() >= MOST_PAPERS:
        raise Refused(_("Một hồ sơ có tối đa %s tệp đính kèm.") % MOST_PAPERS, "file")
    paper = keep_paper(file, name, by=by)
    attachment, is_new = Attachment.objects.get_or_create(
        **place,
        paper=paper,
        defaults={"name": clean_name(name), "added_by": by.key, "added_at": now()},
    )
    if is_new:
        record(by, "paper.attached", subject, unit=subject.unit_id, hash=paper.hash)
    return attachment


@transaction.atomic
def detach_paper(attachment: Attachment, *, by: Acting) -> None:
    """Remove a paper from a draft. Refused, on `file`, for what was confirmed; Denied without the
    right.
    """
    subject = attachment.subject
    life = _life_of(subject)
    life.require(by, "detach", subject)
    subject = life.hold(subject, "detach", field="file")
    Attachment.objects.filter(pk=attachment.pk).delete()
    record(by, "paper.detached", subject, unit=subject.unit_id, hash=attachment.paper.hash)


def _life_of(subject):
    return EVENT_LIFE if isinstance(subject, Event) else STATEMENT_LIFE
