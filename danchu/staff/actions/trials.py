"""Acts that try whether letters and messages arrive: one with a code goes to the operator, who
types the code back.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import digest
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.kernel.telephones import telephone
from danchu.notices.adapters import Console, NotSent, adapter_of
from danchu.notices.letters import Letter
from danchu.people.models import Account
from danchu.staff.actions.installing import NO_RIGHT
from danchu.staff.codes import mail_code, sms_code
from danchu.staff.installation import installation_row
from danchu.staff.models import Installation


@transaction.atomic
def try_mail(*, by: Acting) -> Installation:
    """Send a letter with a code to the actor's own address, by the adapter that sends invitations.
    Refused where none is set, or where it fails; Denied to all but who may appoint everywhere.
    """
    require(by.account_id is not None and by.may("appoint", "office", None), NO_RIGHT)
    installation = installation_row()
    installation.mail_tried_at = now()
    installation.mail_worked_at = None
    installation.save()
    code = mail_code(installation.mail_tried_at)
    text = _("Thư thử của Dân Chủ. Mã: %s. Hãy gõ mã này vào trang thiết lập.")
    letter = Letter(_("Dân Chủ: thư thử"), text % code, text % "…", f"danchu-mail-{code}")
    _send("email", Account.objects.get(pk=by.account_id).email, letter)
    record(by, "installation.mail_tried", installation)
    return installation


@transaction.atomic
def confirm_mail(*, by: Acting, code: str) -> Installation:
    """The letter arrived: its code was typed. Refused for another code; Denied as `try_mail`."""
    require(by.may("appoint", "office", None), NO_RIGHT)
    installation = installation_row()
    if not _is_code(code, installation.mail_tried_at, mail_code):
        raise Refused(_("Mã không giống mã trong thư thử mới nhất."), "code")
    installation.mail_worked_at = now()
    installation.save()
    record(by, "installation.mail_worked", installation)
    return installation


@transaction.atomic
def try_sms(*, by: Acting, phone: str) -> Installation:
    """Send a message with a code to the telephone, which is stored nowhere. Refused, on `phone`,
    for what is no number, where no gateway is set, or where it fails; Denied as `try_mail`.
    """
    require(by.account_id is not None and by.may("appoint", "office", None), NO_RIGHT)
    target = _telephone(phone)
    installation = installation_row()
    installation.sms_tried_at = now()
    installation.sms_worked_at = None
    installation.uses_sms = True
    installation.save()
    code = sms_code(installation.sms_tried_at)
    text = _("Dân Chủ: tin thử, mã %s")
    _send("sms", target, Letter("", text % code, text % "…", f"danchu-sms-{code}"), "phone")
    record(by, "installation.sms_tried", installation)
    return installation


@transaction.atomic
def confirm_sms(*, by: Acting, code: str) -> Installation:
    """The message arrived: its code was typed. Refused for another code; Denied as `try_mail`."""
    require(by.may("appoint", "office", None), NO_RIGHT)
    installation = installation_row()
    if not _is_code(code, installation.sms_tried_at, sms_code):
        raise Refused(_("Mã không giống mã trong tin thử mới nhất."), "code")
    installation.sms_worked_at = now()
    installation.save()
    record(by, "installation.sms_worked", installation)
    return installation


@transaction.atomic
def leave_sms(*, by: Acting) -> Installation:
    """Say that this place sends no messages: senders of petitions are not offered any. Trying one
    takes it back. Denied as `try_mail`.
    """
    require(by.may("appoint", "office", None), NO_RIGHT)
    installation = installation_row()
    installation.uses_sms = False
    installation.sms_tried_at = installation.sms_worked_at = None
    installation.save()
    record(by, "installation.sms_left", installation)
    return installation


def _is_code(code, tried_at, code_of):
    """Whether the code was sent at the latest trial; `code_of(instant)` is the code of a trial."""
    return tried_at is not None and digest(code) == digest(code_of(tried_at))


def _telephone(phone):
    try:
        number = telephone(phone)
    except Refused as refusal:
        raise Refused(refusal.message, "phone") from None
    if not number:
        raise Refused(_("Hãy ghi số điện thoại nhận tin thử."), "phone")
    return number


NOT_SET = {
    "email": "DANCHU_EMAIL_SERVER, DANCHU_EMAIL_FROM",
    "sms": "DANCHU_NOTICES_SMS, DANCHU_GATEWAY_SMS",
}


def _send(channel, target, letter, field=""):
    """Send the letter at once; Refused, on the field, where it could not be."""
    try:
        adapter = adapter_of(channel)
    except (ImportError, KeyError):
        adapter = Console()
    if isinstance(adapter, Console):
        sentence = (
            _("Máy chủ chưa đặt cách gửi thư (%s).")
            if channel == "email"
            else _("Máy chủ chưa đặt cổng tin nhắn (%s).")
        )
        raise Refused(sentence % NOT_SET[channel], field)
    try:
        adapter.send(channel, target, letter)
    except NotSent as failure:
        sentence = (
            _("Không gửi được thư (%s). Hãy xem máy chủ thư.")
            if channel == "email"
            else _("Không gửi được tin nhắn (%s). Hãy xem cổng tin nhắn, hoặc chạy danchu check.")
        )
        raise Refused(sentence % failure, field) from failure
