"""Acts on invitations: invite to an office, send again, print, withdraw, accept."""

from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, show_day, today
from danchu.kernel.refusals import Refused, require
from danchu.notices.actions import tell_people
from danchu.people.actions import appoint
from danchu.people.actor import Actor
from danchu.people.giving import TOO_WIDE, may_give
from danchu.people.models import Account, Holding, OfficeKind
from danchu.people.operators import operators
from danchu.people.writes.accounts import store_account, valid_email, valid_name
from danchu.staff.codes import VALID, invitation_code, stored_digest
from danchu.staff.first import is_first, may_invite
from danchu.staff.letters import invitation_notice
from danchu.staff.lives import INVITATION_LIFE
from danchu.staff.models import Installation, Invitation
from danchu.staff.system import THE_INSTALLATION
from danchu.staff.words import Channel, InvitationState
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import line_of, reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit

WRONG_CODE = gettext_lazy("Mã chưa đúng, đã dùng hoặc đã hết hạn. Hãy gõ lại như trên giấy mời.")


@transaction.atomic
def invite(
    *,
    by: Acting,
    email: str,
    name: str,
    office_kind: OfficeKind,
    unit: Unit,
    since: date,
    until: date | None = None,
    grounds: str,
    channel: str,
    uid: UUID | None = None,
) -> Invitation:
    """Offer an office at `unit` from `since` to before `until` to a person, whether they have an
    account or not; `grounds` names the decision. Refused, by field, for a bad address, name or
    days, without grounds, and while another invitation to the same office waits; Denied unless one
    may give the office.
    """
    require(by.may("appoint", "office", unit), INVITATION_LIFE.no_right)
    Installation.objects.select_for_update().first()  # of two first offices the second waits here
    require(may_invite(by, office_kind, unit), TOO_WIDE)
    first = not may_give(by, office_kind, unit)
    check_unsent(Invitation, uid)
    uid = uid or uuid4()
    invitation = Invitation(
        uid=uid,
        email=valid_email(email),
        name=valid_name(name),
        office_kind=office_kind,
        unit=unit,
        since=since,
        until=until,
        grounds=line_of(grounds, "grounds", 200, _("Hãy ghi số quyết định hoặc căn cứ giao.")),
        channel=channel,
        digest=stored_digest(invitation_code(uid, 1)),
        valid_until=now() + VALID[channel],
        giver_id=by.account_id,
        is_first=first,
        made_by=by.key,
        made_at=now(),
    )
    _check_invited(invitation)
    _store(invitation)
    _send(invitation, by)
    record(
        by,
        "account_invitation.invited",
        invitation,
        unit=unit,
        office=office_kind.pk,
        since=since,
        until=until,
        channel=channel,
        grounds=invitation.grounds,
        first=first,
    )
    return invitation


@transaction.atomic
def send_again(invitation: Invitation, *, by: Acting, channel: str) -> Invitation:
    """A new code, by the same way or another; the earlier code opens nothing any more. Refused when
    the invitation was accepted or withdrawn; Denied unless one may give the office.
    """
    INVITATION_LIFE.require(by, "resend", invitation)
    invitation = INVITATION_LIFE.hold(invitation, "resend", "office_kind", "unit")
    issue = invitation.issue + 1
    move_on(
        invitation,
        INVITATION_LIFE,
        "resend",
        issue=issue,
        channel=channel,
        digest=stored_digest(invitation_code(invitation.uid, issue)),
        valid_until=now() + VALID[channel],
    )
    _send(invitation, by)
    record(by, "account_invitation.sent_again", invitation, unit=invitation.unit, channel=channel)
    return invitation


@transaction.atomic
def print_letter(invitation: Invitation, *, by: Acting) -> tuple[Invitation, str]:
    """(invitation, code) for a letter that is handed over. Refused and Denied as `send_again`."""
    INVITATION_LIFE.require(by, "letter", invitation)
    invitation = INVITATION_LIFE.hold(invitation, "letter", "office_kind", "unit")
    record(by, "account_invitation.printed", invitation, unit=invitation.unit)
    return invitation, invitation_code(invitation.uid, invitation.issue)


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Acting, reason: str) -> Invitation:
    """Take an invitation back: its code opens nothing any more. Refused without a reason and when
    it was accepted before; Denied without the right to appoint there.
    """
    INVITATION_LIFE.require(by, "withdraw", invitation)
    invitation = INVITATION_LIFE.hold(invitation, "withdraw")
    reason = reason_of(reason)
    move_on(invitation, INVITATION_LIFE, "withdraw")
    record(by, "account_invitation.withdrawn", invitation, unit=invitation.unit_id, reason=reason)
    return invitation


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, by: Acting, code: str, password: str | None = None
) -> Account:
    """Take the office: a new person with a password, somebody with an account while logged in to
    it. The rights of who gave the office are asked again. Refused, by field, for a weak password,
    and when the giver may no longer give it; Denied for a wrong code and for another account.
    """
    require(stored_digest(code) == invitation.digest, WRONG_CODE)
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("office_kind", "unit", "giver")
        .get(pk=invitation.pk)
    )
    if invitation.state != InvitationState.OPEN or invitation.valid_until <= now():
        raise Refused(WRONG_CODE, "code")
    account = Account.objects.filter(email=invitation.email).first()
    if account is None:
        account = store_account(invitation.email, invitation.name, password or "")
        record(_person(account), "account.joined", account)
    else:
        require(by.account_id == account.pk, _("Hãy đăng nhập bằng tài khoản được mời rồi nhận."))
    appoint(
        account,
        by=_giver(invitation, account),
        office_kind=invitation.office_kind,
        unit=invitation.unit,
        since=invitation.since,
        until=invitation.until,
        grounds=invitation.grounds,
    )
    invitation.state = InvitationState.ACCEPTED
    invitation.account = account
    invitation.save(update_fields=["state", "account"])
    record(
        _person(account),
        "account_invitation.accepted",
        invitation,
        unit=invitation.unit,
        account=account.pk,
    )
    return account


def _giver(invitation, account):
    """The actor by whose rights the office is given now; Refused when they no longer have them."""
    if invitation.giver is None:
        return THE_INSTALLATION
    giver = Actor.of(invitation.giver)
    if not invitation.is_first:
        if not may_give(giver, invitation.office_kind, invitation.unit):
            raise Refused(_("Người mời không còn quyền giao chức trách này. Hãy xin mời lại."))
        return giver
    Installation.objects.select_for_update().first()
    if not is_first(giver, invitation.office_kind, invitation.unit, invitation.pk):
        raise Refused(_("Chức trách này nay do người giữ chức trách ấy ở trên giao."))
    if operators().filter(account=account).exists():
        raise Refused(_("Người quản trị hệ thống không tự nhận chức trách này."))
    return THE_INSTALLATION


def _check_invited(invitation):
    """Refused, by field, when the days or the account do not fit."""
    since, until, unit = invitation.since, invitation.until, invitation.unit
    if until is not None and until <= max(since, today()):
        raise Refused(_("Ngày kết thúc phải sau ngày bắt đầu và sau hôm nay."), "until")
    if since < unit.since or (unit.until and since >= unit.until):
        raise Refused(
            _("Ngày %(day)s đơn vị này không tồn tại.") % {"day": show_day(since)}, "since"
        )
    account = Account.objects.filter(email=invitation.email).first()
    if account is None:
        return
    if not account.is_active:
        raise Refused(_("Tài khoản dùng địa chỉ này đã đóng: hãy nhờ quản trị mở lại."), "email")
    if invitation.is_first and operators().filter(account=account).exists():
        raise Refused(_("Người quản trị hệ thống không tự nhận chức trách này."), "email")
    holdings = Holding.objects.on(max(since, today())).filter(
        account=account, office_kind=invitation.office_kind, unit=unit
    )
    if holdings.exists():
        raise Refused(_("Người này đang giữ chức trách ấy tại đơn vị ấy."), "email")


def _store(invitation):
    """Insert the invitation; Refused while another one of the person to the office waits."""
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            _("Người này đã có giấy mời vào chức trách ấy ở đơn vị ấy. Hãy gửi lại giấy mời đó."),
            "email",
        ) from None


def _send(invitation, by):
    if invitation.channel == Channel.MAIL:
        tell_people([invitation_notice(invitation)], by=by)


def _person(account):
    return Actor(f"account:{account.pk}", account.name, account.pk)
