"""The checks of the processes that run: their version, and who may read their numbers."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.config.checks import Trouble, check
from danchu.config.metrics import versions_running
from danchu.kernel.numbers import show_number
from danchu.kernel.version import version_on_disk

SHORTEST_TOKEN = 24


@check("version", gettext_lazy("Phiên bản đang chạy"))
def processes_have_the_installed_version():
    for version, number in sorted(versions_running(settings.VAR / "metrics").items()):
        if version != version_on_disk():
            yield Trouble(
                _(
                    "%(n)s tiến trình còn chạy phiên bản %(old)s, trong khi đã cài %(new)s: người "
                    "dùng vẫn gặp bản cũ."
                )
                % {"n": show_number(number), "old": version, "new": version_on_disk()},
                _("Khởi động lại dịch vụ: systemctl restart danchu"),
            )


@check("metrics", gettext_lazy("Số đo cho Prometheus"))
def numbers_are_not_guessed():
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        yield Trouble(
            _("DANCHU_METRICS_TOKEN quá ngắn: ai cũng có thể đoán ra để đọc /metrics."),
            _("Đặt ít nhất %(n)s ký tự ngẫu nhiên, ví dụ: openssl rand -hex 24")
            % {"n": show_number(SHORTEST_TOKEN)},
        )
