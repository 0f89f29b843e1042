"""Storing a file, which is the only way a paper is created, and deleting one that must not be
kept.
"""

from collections.abc import Iterable
from contextlib import suppress
from typing import BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.papers.clean_marks import is_known_clean
from danchu.papers.media import Media
from danchu.papers.models import Paper
from danchu.papers.names import clean_name
from danchu.papers.screening import screen_file, tells_its_author
from danchu.papers.store import Draft


@transaction.atomic
def keep_paper(
    file: BinaryIO,
    name: str,
    *,
    by: Acting,
    limit: int | None = None,
    is_anonymous: bool = False,
) -> Paper:
    """Store the content of an open binary file and return its Paper; equal content is stored once
    and returns the same Paper, whatever the `name`.

    Pictures are decoded and written anew. With `is_anonymous`, for what is published or comes from
    a denouncer, who made the file, where and with what is removed from it before it is stored. The
    caller decides who may attach it to what. Refused, on "file", when it is larger than `limit`
    bytes (the PAPER_BYTES of the settings), empty, harmful, of a type that is not accepted,
    named like another type, active, or cannot be cleaned.
    """
    require(not by.is_public, _("Hãy đăng nhập để gửi tệp."))
    with Draft(file, limit or settings.PAPER_BYTES) as draft:
        media, content = screen_file(draft.file, clean_name(name), is_anonymous=is_anonymous)
        if content is None:
            paper, is_new = _store(draft, media, by)
        else:
            # What was sent is left; a picture may be longer when it is written anew.
            most_bytes = 2 * (limit or settings.PAPER_BYTES)
            with content, Draft(content, most_bytes, is_scanned=True) as clean_draft:
                paper, is_new = _store(clean_draft, media, by)
    if is_new:
        clean = {"clean": True} if is_anonymous else {}
        record(
            by, "paper.kept", paper, hash=paper.hash, size=paper.size, media=paper.media, **clean
        )
    elif is_anonymous and not is_known_clean(paper):
        record(by, "paper.found_clean", paper, hash=paper.hash)
    return paper


@transaction.atomic
def note_clean_papers(papers: Iterable[Paper], *, by: Acting) -> int:
    """Look at papers that were stored before cleaning existed and note in the journal, with their
    hash, those that say nothing of who made them. Returns how many. The others are left as they
    are: their hash is evidence.
    """
    require(not by.is_public, _("Hãy đăng nhập để gửi tệp."))
    number = 0
    for paper in papers:
        with suppress(Refused, OSError), paper.open() as file:
            if not tells_its_author(file, paper.media):
                record(by, "paper.found_clean", paper, hash=paper.hash)
                number += 1
    return number


def _store(draft: Draft, media: Media, by: Acting) -> tuple[Paper, bool]:
    """(Paper of the content, whether it is new)"""
    earlier = Paper.objects.filter(hash=draft.hash).first()
    if earlier is None or not earlier.path.exists():
        draft.keep()
    if earlier:
        return earlier, False
    return Paper.objects.get_or_create(
        hash=draft.hash,
        defaults={"size": draft.size, "media": media.name, "kept_by": by.key, "kept_at": now()},
    )


@transaction.atomic
def forget_paper(paper: Paper, *, by: Acting) -> bool:
    """Delete a content that must not be stored unsealed (the identity of a denouncer, say); False,
    and nothing is deleted, while another record refers to the same content.

    The file is removed from disk after the commit. Earlier backups still contain it.
    """
    require(not by.is_public, _("Hãy đăng nhập để gửi tệp."))
    paper = Paper.objects.select_for_update().get(pk=paper.pk)
    links = [field for field in Paper._meta.get_fields(include_hidden=True) if field.one_to_many]
    if any(
        link.related_model.objects.filter(**{link.field.name: paper}).exists() for link in links
    ):
        return False
    path = paper.path
    number = paper.pk
    paper.delete()
    record(by, "paper.forgotten", None, paper=number)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    return True
