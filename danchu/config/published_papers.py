"""Files that are sent to the public, or to everyone in a hall. Those that were stored before files
were cleaned when they came in are not sent until it is known that they tell nothing of who made
them.
"""

from django.db.models import Q

from danchu.conference.models import ItemPaper
from danchu.disclosure.models import Posting, Version
from danchu.minutes.models import CommitmentPaper
from danchu.papers.actions import note_clean_papers
from danchu.papers.clean_marks import not_known_clean
from danchu.papers.models import Paper

# Each is read by a process of its own; the rest are looked at by the next start.
MOST_AT_ONCE = 1_000


def published_papers():
    """The papers that are sent to the public, or to everyone in a hall."""
    proofs = CommitmentPaper.objects.filter(is_public=True)
    return Paper.objects.filter(
        Q(pk__in=proofs.values("paper"))
        | Q(pk__in=ItemPaper.objects.values("paper"))
        | Q(pk__in=Version.objects.values("paper"))
        | Q(pk__in=Posting.objects.filter(proof="photo").values("paper"))
    )


def look_at_earlier_papers(*, by):
    """Note which of the published papers are clean, of those of which nobody knows; how many."""
    papers = not_known_clean(published_papers()).order_by("-pk")[:MOST_AT_ONCE]
    return note_clean_papers(papers, by=by)
