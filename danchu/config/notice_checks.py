"""The check of notices: whether the channels in use really send."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.config.checks import Trouble, check
from danchu.notices.adapters import Console, Gateway, adapter_of
from danchu.notices.models import Channel, Notice


@check("notices", gettext_lazy("Gửi thông báo"), database=True)
def notices_leave_the_house():
    """Looks only at channels in use; a demo, whose recipients are invented, needs none."""
    if settings.DEMO:
        return
    for channel in (
        Notice.objects.exclude(channel=Channel.DESK)
        .order_by("channel")
        .values_list("channel", flat=True)
        .distinct()
    ):
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
        elif isinstance(adapter, Gateway) and not settings.NOTICE_GATEWAYS.get(channel):
            yield Trouble(
                _("Kênh %s chưa có địa chỉ cổng gửi.") % name,
                _("Đặt DANCHU_GATEWAY_%s (docs/operate.md).") % channel.upper(),
            )
