"""Minutes at the desk beside their declared pages: the document to sign."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from danchu.desk.guard import official
from danchu.minutes.papers.minutes import minutes_file
from danchu.minutes.sections.minutes import TEXTS
from danchu.papers.answers import made_answer
from danchu.papers.official import MEDIA


def minutes_at(request, uid):
    """The minutes of an address; 404 where the reader may not see them."""
    return get_object_or_404(TEXTS.record.rows(request.actor), uid=uid)


@official
def minutes_paper(request, uid, ending):
    """The minutes as DOCX or PDF with the names of the speakers, to sign."""
    minutes = minutes_at(request, uid)
    if ending not in MEDIA:
        raise Http404
    content = minutes_file(minutes, ending, with_names=True)
    return made_answer(content, f"bien-ban-{minutes.held_on:%Y-%m-%d}.{ending}", MEDIA[ending])
