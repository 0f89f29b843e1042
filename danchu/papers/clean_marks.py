"""Which papers are known to say nothing of who made them: the journal notes it when a paper is
stored for publication, or was looked at later (docs/decisions/0022).
"""

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy

from danchu.journal.models import Entry
from danchu.papers.models import Paper

NOT_CLEAN = gettext_lazy(
    "Tệp này được công khai trước khi hệ thống gỡ thông tin về người soạn, và còn thông tin ấy, "
    "nên chưa gửi ra ngoài được. Hãy hỏi cơ quan đã công khai để có bản đã làm sạch."
)
KEPT, FOUND_CLEAN = "paper.kept", "paper.found_clean"
_NOTED = Q(act=FOUND_CLEAN) | Q(act=KEPT, data__clean=True)


def is_known_clean(paper: Paper) -> bool:
    """Whether the journal says that the paper tells nothing of its author."""
    return Entry.objects.about(paper).filter(_NOTED).exists()


def not_known_clean(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    """Those of which the journal does not say so."""
    entries = Entry.objects.filter(kind=Paper.journal_kind, subject=OuterRef("key")).filter(_NOTED)
    return papers.annotate(key=Cast("pk", TextField())).filter(~Exists(entries))
