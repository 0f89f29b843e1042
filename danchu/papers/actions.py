"""Keeping a file: the one way a paper comes in; and forgetting one that nobody may keep any
longer.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import now
from danchu.kernel.refusals import require
from danchu.papers.media import media_of
from danchu.papers.models import Paper
from danchu.papers.names import clean_name
from danchu.papers.store import Draft


@transaction.atomic
def keep_paper(file, name, *, by, limit=None):
    """Keep the content of an open binary file once, whatever it is called; the Paper, an earlier
    one when it is known.

    Who may attach it to what is for the room that attaches. Refused: too large, empty, of a kind
    not kept, or lying.
    """
    require(not by.is_public, _("Hãy đăng nhập để gửi tệp."))
    with Draft(file, limit or settings.PAPER_BYTES) as draft:
        media = media_of(draft.file, clean_name(name))
        known = Paper.objects.filter(hash=draft.hash).first()
        if known is None or not known.path.exists():
            draft.keep()
        if known:
            return known
        paper, made = Paper.objects.get_or_create(
            hash=draft.hash,
            defaults={"size": draft.size, "media": media.name, "kept_by": by.key, "kept_at": now()},
        )
    if made:
        record(by, "paper.kept", paper, hash=paper.hash, size=paper.size, media=paper.media)
    return paper


@transaction.atomic
def forget_paper(paper, *, by):
    """Remove a content that must not be kept in the open (who denounced is sealed); whether it was:
    another file may hold it too.

    Its bytes leave the disk when the transaction has ended well. Backups made before still hold
    them.
    """
    require(not by.is_public, _("Hãy đăng nhập để gửi tệp."))
    found = Paper.objects.select_for_update().get(pk=paper.pk)
    links = [field for field in Paper._meta.get_fields(include_hidden=True) if field.one_to_many]
    if any(
        link.related_model.objects.filter(**{link.field.name: found}).exists() for link in links
    ):
        return False
    path = found.path
    number = found.pk
    found.delete()
    record(by, "paper.forgotten", None, paper=number)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return True
