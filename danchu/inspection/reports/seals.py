"""The digest of a sent report, and the check that its content is still the same."""

import hashlib
import json

from django.utils.translation import gettext as _

from danchu.inspection.models import BoardReport


def digest_of(content):
    """The SHA-256 of the content of a report, in hex."""
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def report_problems():
    """Yields (place, message) of each sent report that has changed, for `danchu verify`."""
    for report in BoardReport.objects.exclude(sent_on=None).order_by("pk").iterator(500):
        if digest_of(report.content) != report.digest:
            yield _("báo cáo của Ban số %s") % report.pk, _("nội dung không còn khớp mã băm")
