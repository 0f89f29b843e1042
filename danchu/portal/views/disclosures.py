"""Files of what was disclosed: the documents themselves, and photos of boards."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from danchu.disclosure.lives import Proof, State
from danchu.disclosure.models import Posting, Version
from danchu.kernel.refusals import require
from danchu.papers.answers import ending_of, paper_answer
from danchu.papers.clean_marks import NOT_CLEAN, is_known_clean


def disclosure_paper(request, uid):
    """The file of one version."""
    rows = Version.objects.filter(paper__isnull=False).exclude(content__state=State.WITHDRAWN)
    version = get_object_or_404(rows.select_related("paper"), uid=uid)
    require(is_known_clean(version.paper), NOT_CLEAN)
    return paper_answer(version.paper, version.paper_name, private=False, request=request)


def disclosure_photo(request, uid):
    """The photo that proves a posting."""
    rows = Posting.objects.counted().filter(proof=Proof.PHOTO).select_related("paper")
    posting = get_object_or_404(rows, uid=uid)
    require(is_known_clean(posting.paper), NOT_CLEAN)
    name = f"{_('ảnh')} {posting.since:%Y-%m-%d}{ending_of(posting.paper.media)}"
    return paper_answer(posting.paper, name, private=False, in_place=True, request=request)
