"""A version of a content, its file and the obligation to disclose it."""

from uuid import uuid4

from django.utils.translation import gettext as _

from danchu.disclosure.models import Version
from danchu.kernel.days import now
from danchu.law.book import book
from danchu.obligations.actions import owe
from danchu.obligations.clock import LAW
from danchu.papers.actions import keep_paper
from danchu.papers.masks import masked_file
from danchu.papers.names import clean_name

SUBJECT = "disclosure_content"


def file_of(file, name, by, masks=None):
    """(paper, name) of a file that everybody may read: nothing in it says who made it, and what
    `masks` name is gone. Only the masked file is stored.
    """
    if file is None:
        return None, ""
    if masks:
        file, name = masked_file(file, name, masks)
    return keep_paper(file, name, by=by, is_anonymous=True), clean_name(name)


def owe_version(content, decided_on):
    """The obligation to disclose what was decided on the day; None where no rule was in force."""
    key = content.terms.publish_rule
    if not key or not book().is_in_force(key, decided_on):
        return None
    return owe(
        by=LAW,
        unit=content.unit,
        rule_key=key,
        event_on=decided_on,
        title=_("Công khai: %s") % content.title,
        subject_kind=SUBJECT,
        subject=content.pk,
    )


def add_version(content, *, by, number, decided_on, **fields):
    """Create a version and its obligation."""
    return Version.objects.create(
        uid=uuid4(),
        content=content,
        number=number,
        decided_on=decided_on,
        obligation=owe_version(content, decided_on),
        made_by=by.key,
        made_at=now(),
        **fields,
    )
