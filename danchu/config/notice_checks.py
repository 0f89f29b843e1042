"""The check of notices: whether the channels in use really send."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.config.checks import Trouble, check
from danchu.notices.adapters import Console, Gateway, adapter_of
from danchu.notices.gateways import gateway_faults
from danchu.notices.models import Channel, Notice


@check("notices", gettext_lazy("Gửi thông báo"), database=True)
def notices_leave_the_house():
    """Looks at channels that are in use or set; a demo, whose recipients are invented, needs
    none.
    """
    if settings.DEMO:
        return
    used = Notice.objects.exclude(channel=Channel.DESK).order_by("channel")
    channels = set(used.values_list("channel", flat=True).distinct())
    channels |= {channel for channel, address in settings.NOTICE_GATEWAYS.items() if address}
    for channel in sorted(channels):
        setting = f"DANCHU_NOTICES_{channel.upper()}"
        name = Channel(channel).label
        try:
            adapter = adapter_of(channel)
        except (ImportError, KeyError) as error:
            yield Trouble(
                _("Không nạp được bộ nối của kênh %(channel)s (%(error)s).")
                % {"channel": name, "error": error},
                _("Sửa %s (docs/operate.md).") % setting,
            )
            continue
        if isinstance(adapter, Console):
            yield Trouble(
                _(
                    "Thông báo qua kênh %s chỉ được ghi vào nhật ký của máy chủ, không "
                    "tới người nhận, dù ghi là đã gửi."
                )
                % name,
                _("Đặt %s là bộ nối gửi thật (docs/operate.md).") % setting,
            )
        elif isinstance(adapter, Gateway):
            yield from _faults_of_gateway(channel)


# {fault: (what is wrong, setting whose name ends so)}
FAULTS = {
    "address": (gettext_lazy("Kênh %s chưa có địa chỉ cổng gửi."), ""),
    "open": (
        gettext_lazy("Cổng gửi của kênh %s dùng http: mã và nội dung đi qua mạng không mã hóa."),
        "",
    ),
    "method": (
        gettext_lazy("Cách gọi cổng của kênh %s không phải POST, GET hay PUT."),
        "_METHOD",
    ),
    "headers": (
        gettext_lazy("Các dòng đầu gửi cổng của kênh %s không phải một đối tượng JSON."),
        "_HEADERS",
    ),
    "to": (
        gettext_lazy("Mẫu gửi cổng của kênh %s thiếu {to}: cổng không biết gửi cho ai."),
        "_BODY",
    ),
    "text": (gettext_lazy("Mẫu gửi cổng của kênh %s thiếu {text}: tin gửi đi sẽ trống."), "_BODY"),
}


def _faults_of_gateway(channel):
    for fault in gateway_faults(channel):
        what, ending = FAULTS[fault]
        yield Trouble(
            what % Channel(channel).label,
            _("Sửa DANCHU_GATEWAY_%s (docs/operate.md).") % f"{channel.upper()}{ending}",
        )
