"""Elections of heads, conventions and yearly conferences at the desk beside their declared pages:
the papers to print and sign.
"""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from danchu.desk.guard import official
from danchu.papers.answers import made_answer
from danchu.papers.official import MEDIA
from danchu.village.papers.kinds import KINDS
from danchu.village.papers.sheets import paper_file
from danchu.village.sections.conferences import CONFERENCES
from danchu.village.sections.conventions import CONVENTIONS
from danchu.village.sections.elections import ELECTIONS

SECTIONS = {section.one: section for section in (ELECTIONS, CONVENTIONS, CONFERENCES)}


@official
@never_cache
def paper(request, one, uid, kind, ending):
    """A paper of one record as DOCX or PDF; `one` names its section."""
    row = get_object_or_404(SECTIONS[one].record.rows(request.actor), uid=uid)
    if kind not in KINDS[row.journal_kind] or ending not in MEDIA:
        raise Http404
    return made_answer(paper_file(row, kind, ending), f"{kind}.{ending}", MEDIA[ending])
