"""The set-up of an installation: who may begin it, and what is still missing, for the desk and for
`danchu check` alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.kernel.days import now, today
from danchu.notices.adapters import is_set
from danchu.notices.models import Channel
from danchu.people.models import Account, Holding, OfficeKind
from danchu.people.offices_held import office_name
from danchu.people.operators import operators
from danchu.staff.codes import digest_of_secret
from danchu.staff.first import FIRST_OFFICES, needs_command
from danchu.staff.models import Installation, Invitation, PrintedCode, SetUpAddress
from danchu.units.models import Body
from danchu.units.names import names_on


@dataclass(frozen=True)
class Missing:
    """What is still missing: `what` and `how` are a sentence each; `address` names the page of the
    desk where it is done.
    """

    key: str
    what: str
    how: str
    address: str


def may_set_up(browser: str) -> bool:
    """Whether this browser opened the address of the set-up page within half an hour, and nobody
    has an account yet.
    """
    row = SetUpAddress.objects.filter(valid_until__gt=now()).exclude(browser="").first()
    is_same = row is not None and row.browser == digest_of_secret(browser)
    return is_same and not Account.objects.exists()


def offered_channels() -> list[Channel]:
    """The channels by which a person may be told: those that are set up (`is_set`), without
    messages where an operator said that the place sends none.
    """
    channels = [one for one in (Channel.EMAIL, Channel.SMS, Channel.ZALO) if is_set(one)]
    if Installation.objects.filter(uses_sms=False).exists():
        return [one for one in channels if one != Channel.SMS]
    return channels


def offer_channels(field: forms.ChoiceField) -> None:
    """Leave the channels of `offered_channels` in the field; it is hidden where there are none."""
    offered = {"", *(channel.value for channel in offered_channels())}
    field.choices = [one for one in field.choices if one[0] in offered]
    if len(field.choices) < 2:
        field.widget = forms.HiddenInput()


def missing_things() -> Iterator[Missing]:
    """What a real installation still lacks, in the order in which it is done; a demo lacks
    nothing.
    """
    if settings.DEMO:
        return
    if not Account.objects.exists():
        yield Missing(
            "begin",
            _("Chưa ai có tài khoản: hệ thống chưa được thiết lập."),
            _("Chạy danchu setup trên máy chủ rồi mở địa chỉ được in ra."),
            "",
        )
        return
    yield from _of_operators()
    yield from _of_installation(Installation.objects.first() or Installation())


def _of_operators():
    accounts = set(operators().values_list("account", flat=True))
    if not accounts:
        yield Missing(
            "operator",
            _("Không còn ai giữ chức trách quản trị hệ thống."),
            "danchu account appoint",
            "",
        )
        return
    users = Authenticator.objects.filter(type=Authenticator.Type.TOTP, user__in=accounts)
    if accounts - set(users.values_list("user", flat=True)):
        yield Missing(
            "factor",
            _("Có người quản trị chưa bật xác thực hai lớp."),
            _("Người ấy đăng nhập rồi bật ở trang “Xác thực hai lớp”."),
            "mfa_index",
        )
    codes = PrintedCode.objects.filter(account__in=accounts, used_at=None)
    if len(accounts) == 1 and not codes.exists():
        yield Missing(
            "second_operator",
            _("Chỉ có một người quản trị, và người ấy chưa in mã khôi phục."),
            _("Mời người quản trị thứ hai, hoặc in mã khôi phục ở trang “Thiết lập”."),
            "desk_setup",
        )


def _of_installation(installation):
    if not installation.name or installation.place_id is None:
        yield Missing(
            "place",
            _("Chưa ghi tên bản cài đặt và nơi sử dụng."),
            _("Ghi ở bàn làm việc, trang “Thiết lập”."),
            "desk_setup",
        )
    if installation.mail_worked_at is None:
        yield Missing(
            "mail",
            _("Chưa thử gửi thư: giấy mời và thông báo có thể không tới ai."),
            _("Bấm “Gửi thư thử cho tôi” ở bàn làm việc, trang “Thiết lập”, rồi gõ mã trong thư."),
            "desk_setup",
        )
    if installation.uses_sms and installation.sms_worked_at is None:
        yield Missing(
            "sms",
            _("Chưa thử tin nhắn: người gửi đơn chọn báo tin bằng SMS có thể không nhận được gì."),
            _("Gửi tin thử, hoặc ghi là không dùng tin nhắn, ở trang “Thiết lập”."),
            "desk_setup",
        )
    if not installation.backup_folder:
        yield Missing(
            "backup",
            _("Chưa chọn nơi cất bản sao lưu."),
            _("Chọn ở bàn làm việc, trang “Thiết lập”, rồi đặt lịch chạy danchu backup."),
            "desk_setup",
        )
    yield from _of_vacant_offices(installation)
    head = FIRST_OFFICES[0]
    lasting = Holding.objects.filter(Q(until=None) | Q(until__gt=today()), office_kind=head)
    invited = Invitation.objects.valid().filter(office_kind=head)
    is_vacant = not (lasting.exists() or invited.exists())
    if is_vacant and not _needs_command(head, installation):
        yield Missing(
            "head",
            _("Chưa mời người đứng đầu nơi sử dụng (Chủ tịch Ủy ban nhân dân)."),
            _("Mời ở bàn làm việc, trang “Giấy mời”."),
            "desk_new_account_invitation",
        )
    if not Body.objects.exists():
        yield Missing(
            "bodies",
            _("Chưa có cơ quan, tổ chức nào: chưa ghi được Ban, kiến nghị, số liệu có ký."),
            _("Chủ tịch hoặc người quản trị lập các tổ chức thường có, một lần bấm."),
            "desk_usual_bodies",
        )


def _of_vacant_offices(installation):
    """The first offices that no page gives again, with the command that does."""
    for office in OfficeKind.objects.filter(pk__in=FIRST_OFFICES).order_by("pk"):
        if _needs_command(office.pk, installation):
            place = names_on(today())[installation.place_id]
            unit = f"{place.code}@{today().isoformat()}"
            yield Missing(
                f"vacant_{office.pk}",
                _("Không còn ai giữ chức trách %(office)s ở %(place)s, nơi đã có hồ sơ của dân.")
                % {"office": office_name(office), "place": place.name},
                _("Người giữ máy chủ giao lại bằng lệnh: %s")
                % f"danchu account appoint EMAIL {office.pk} {unit}",
                "",
            )


def _needs_command(office, installation):
    return installation.place_id is not None and needs_command(office, installation.place_id)
