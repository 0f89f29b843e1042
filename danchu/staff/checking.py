"""What an invitation must be, for the act and for the preview of a table alike."""

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused, all_refusals
from danchu.kernel.telephones import telephone
from danchu.people.models import Account, Holding
from danchu.people.operators import operators
from danchu.people.writes.accounts import valid_email
from danchu.staff.models import Invitation
from danchu.staff.words import Channel
from danchu.subjects.texts import line_of
from danchu.units.models import Unit


def valid_contact(email: str, phone: str) -> dict[str, str]:
    """{"email", "phone"} as they are stored. Refused, by field, for bad ones and without any."""
    address = number = ""
    with all_refusals() as rule:
        with rule():
            number = _number(phone)
        with rule():
            address = valid_email(email) if email.strip() else ""
    if not address and not number:
        raise Refused(_("Hãy ghi địa chỉ thư điện tử hoặc số điện thoại."), "email")
    return {"email": address, "phone": number}


def _number(phone: str) -> str:
    try:
        return telephone(phone)
    except Refused as refusal:
        raise Refused(refusal.message, "phone") from None


def valid_grounds(grounds: str) -> str:
    """The grounds as they are stored; Refused at `grounds`."""
    return line_of(grounds, "grounds", 200, _("Hãy ghi số quyết định hoặc căn cứ giao."))


def contact_field(invitation: Invitation) -> str:
    """The field by which the person is known."""
    return "email" if invitation.email else "phone"


def check_channel(invitation: Invitation, channel: str) -> None:
    """Refused, on `channel`, where the person cannot be reached by it."""
    if channel == Channel.MAIL and not invitation.email:
        raise Refused(
            _("Người này không có địa chỉ thư: hãy gửi tin nhắn hoặc in giấy mời."), "channel"
        )
    if channel == Channel.SMS and not invitation.phone:
        raise Refused(
            _("Người này không có số điện thoại: hãy gửi thư hoặc in giấy mời."), "channel"
        )


def check_days(unit: Unit, since: object, until: object) -> None:
    """Refused, by field, when the days do not fit one another or the unit."""
    if until is not None and until <= max(since, today()):
        raise Refused(_("Ngày kết thúc phải sau ngày bắt đầu và sau hôm nay."), "until")
    if since < unit.since or (unit.until and since >= unit.until):
        raise Refused(
            _("Ngày %(day)s đơn vị này không tồn tại.") % {"day": show_day(since)}, "since"
        )


def check_invited(invitation: Invitation) -> None:
    """Refused, by field, when the days or the account do not fit."""
    check_days(invitation.unit, invitation.since, invitation.until)
    account = Account.objects.filter(email=invitation.email or None).first()
    if account is None:
        return
    if not account.is_active:
        raise Refused(_("Tài khoản dùng địa chỉ này đã đóng: hãy nhờ quản trị mở lại."), "email")
    if invitation.is_first and operators().filter(account=account).exists():
        raise Refused(_("Người quản trị hệ thống không tự nhận chức trách này."), "email")
    holdings = Holding.objects.on(max(invitation.since, today())).filter(
        account=account, office_kind=invitation.office_kind, unit=invitation.unit
    )
    if holdings.exists():
        raise Refused(_("Người này đang giữ chức trách ấy tại đơn vị ấy."), "email")
