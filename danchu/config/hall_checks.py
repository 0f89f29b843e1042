"""The checks of the live hall: its processes have to run only while a conference is in session."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.models import Conference, Hub, Line, Pass
from danchu.config.checks import Trouble, check
from danchu.live.sequencer import LOCK

SILENT = timedelta(seconds=30)


@check("hall", gettext_lazy("Hội trường trực tuyến"), database=True)
def hall_is_served():
    if not Conference.objects.running().exists():
        return
    if not _sequencer_runs():
        yield Trouble(
            _(
                "Có hội nghị đang họp mà không có tiến trình đánh số khung: màn hình đại "
                "biểu đứng yên."
            ),
            _("Chạy danchu serve với DANCHU_LIVE có sequencer."),
        )
    living = Hub.objects.filter(seen_at__gte=datetime.now(UTC) - SILENT)
    if not living.exists():
        yield Trouble(
            _("Có hội nghị đang họp mà không hub nào còn sống."),
            _("Chạy danchu serve với DANCHU_LIVE có hub; xem cổng DANCHU_LIVE_PORT."),
        )
    elif (
        Pass.objects.filter(used_at__gte=datetime.now(UTC) - timedelta(minutes=10)).exists()
        and not Line.objects.filter(hub__in=living).exists()
    ):
        yield Trouble(
            _("Đại biểu đã vào nhưng không thiết bị nào nối được với hub."),
            _("Kiểm tra DANCHU_LIVE_ORIGIN và tường lửa tới cổng của hub."),
        )


def _sequencer_runs():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE "
            "l.locktype = 'advisory' AND l.classid = 0 AND l.objid = %s "
            "AND l.granted AND d.datname = current_database()",
            [LOCK],
        )
        return bool(cursor.fetchone())
