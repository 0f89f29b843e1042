"""Proof for `danchu verify`: the file of every paper still matches its hash."""

from django.utils.translation import gettext as _

from danchu.papers.models import Paper
from danchu.papers.store import digest_of


def paper_problems():
    """(place, message) of each paper whose file is missing, unreadable or no longer matches its
    hash; reads every file once.
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
