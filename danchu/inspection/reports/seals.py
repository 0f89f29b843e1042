"""The digest of a sent report, and the check that its content is still the same."""

import hashlib
import json

from django.utils.translation import gettext as _

from danchu.inspection.models import BoardReport
from danchu.journal.recorded import recorded_and_gone, unlike_recorded

SENT = "board_report.sent"  # the act of the entry that has the digest of a sent report


def digest_of(content):
    """The SHA-256 of the content of a report, in hex."""
    return hashlib.sha256(
        json.dumps(content, sort_keys=True, ensure_ascii=False).encode()
    ).hexdigest()


def report_problems():
    """Yields (place, message) of each sent report that has changed or gone, for `danchu verify`."""
    place = _("báo cáo của Ban số %s")
    reports = BoardReport.objects.exclude(sent_on=None).order_by("pk")
    for report in reports.iterator(500):
        if digest_of(report.content) != report.digest:
            yield place % report.pk, _("nội dung không còn khớp mã băm")
    for report in unlike_recorded(reports, SENT, "digest"):
        yield place % report.pk, _("mã băm không phải mã mà nhật ký ghi khi gửi")
    for entry in recorded_and_gone(reports, SENT):
        yield place % entry.subject, _("đã gửi theo nhật ký, nay không còn")
