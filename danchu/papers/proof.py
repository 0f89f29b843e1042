"""Proof for `danchu verify`: the file of every paper still matches its hash, which is the one that
the journal has, and no paper has gone.
"""

from django.db.models.fields.json import KeyTextTransform
from django.utils.translation import gettext as _

from danchu.journal.models import Entry
from danchu.journal.recorded import recorded_and_gone, unlike_recorded
from danchu.papers.models import Paper
from danchu.papers.store import digest_of

# The acts of the entries that have the hash of a paper, and that say which was forgotten.
PAPER_KEPT, PAPER_FORGOTTEN = "paper.kept", "paper.forgotten"


def paper_problems():
    """(place, message) of each paper whose file is missing, unreadable or no longer matches its
    hash, of which the journal has another hash, or whose row has gone; reads every file once.
    """
    for paper in Paper.objects.order_by("pk").iterator(1000):
        place = _("tệp %(hash)s") % {"hash": paper.hash[:16]}
        try:
            with paper.open() as file:
                if digest_of(file) != paper.hash:
                    yield place, _("nội dung trên đĩa không còn khớp mã băm")
        except FileNotFoundError:
            yield place, _("không còn trên đĩa")
        except OSError as failure:
            yield place, _("không đọc được: %(failure)s") % {"failure": failure.strerror}
    for paper in unlike_recorded(Paper.objects.order_by("pk"), PAPER_KEPT, "hash"):
        place = _("tệp %(hash)s") % {"hash": paper.hash[:16]}
        yield place, _("không có dòng nhật ký nào ghi nội dung này")
    forgotten_papers = Entry.objects.filter(act=PAPER_FORGOTTEN).annotate(
        key=KeyTextTransform("paper", "data")
    )
    lost_entries = recorded_and_gone(Paper.objects.all(), PAPER_KEPT)
    for entry in lost_entries.exclude(subject__in=forgotten_papers.values("key")):
        place = _("tệp %(hash)s") % {"hash": entry.data["hash"][:16]}
        yield place, _("bị xóa khỏi cơ sở dữ liệu mà không có dòng nhật ký")
