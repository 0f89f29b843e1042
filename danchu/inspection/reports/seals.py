"""The hash a sent report is known by, and whether what is kept is still what was sent."""

import hashlib
import json

from django.utils.translation import gettext as _

from danchu.inspection.models import BoardReport


def digest_of(content):
    """The hash of what stands in a report."""
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def report_problems():
    """(place, message) of each report that is no longer what was sent, for `danchu verify`."""
    for report in BoardReport.objects.exclude(sent_on=None).order_by("pk").iterator(500):
        if digest_of(report.content) != report.digest:
            yield _("báo cáo của Ban số %s") % report.pk, _("nội dung không còn khớp mã băm")
