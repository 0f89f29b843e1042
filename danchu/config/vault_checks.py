"""The checks of keys: of the vault's identities, of urns, and of the results of votes."""

from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.conference.votes.orphaned_keys import orphaned_keys, polls_without_key
from danchu.config.checks import Trouble, check
from danchu.vault.keys import escrow_keys, opening_keys
from danchu.vault.models import Lock
from danchu.vault.signatures import existing_public_key


@check("vault", gettext_lazy("Két danh tính"), database=True)
def identities_can_be_opened():
    keys = set(Lock.objects.values_list("key", flat=True).distinct())
    if not keys:
        return
    own_keys = opening_keys().keys()
    if not keys & own_keys:
        yield Trouble(
            _("Máy này không có khóa mở két danh tính."),
            _("Chạy: danchu vault recover --key TỆP (docs/operate.md)."),
        )
    if not escrow_keys():
        yield Trouble(
            _("Két danh tính chưa có khóa ký gửi: mất khóa của máy là mất hết."),
            _("Chạy: danchu vault escrow --out TỆP, rồi cất tệp ở nơi khác."),
        )


@check("urns", gettext_lazy("Hòm phiếu kín"), database=True)
def urns_are_where_they_must_be():
    for poll in polls_without_key():
        yield Trouble(
            _(
                "Biểu quyết kín số %(pk)s đang mở hoặc chờ kiểm mà máy này không có khóa "
                "hòm phiếu: không ai mở được phiếu."
            )
            % {"pk": poll.pk},
            _("Hủy biểu quyết đó và bỏ phiếu lại; khóa hòm phiếu không nằm trong bản sao lưu."),
        )
    for uid in orphaned_keys():
        yield Trouble(
            _("Khóa hòm phiếu %(uid)s còn lại dù biểu quyết đã xong.") % {"uid": uid},
            "danchu bootstrap",
        )


def _signing_name():
    return _("Khóa ký kết quả biểu quyết: %s") % (existing_public_key() or _("sẽ tạo khi cần"))


@check("signing", lazy(_signing_name, str)())
def signing_key_is_ours_alone():
    if existing_public_key() and (settings.VAULT_ROOT / "signing").stat().st_mode & 0o077:
        yield Trouble(
            _("Người khác đọc được %(path)s.") % {"path": settings.VAULT_ROOT / "signing"},
            f"chmod 700 {settings.VAULT_ROOT / 'signing'}",
        )
