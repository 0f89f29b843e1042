"""Acts on invitations: invite to an office, send again, print, withdraw, accept."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.notices.actions import tell_people
from danchu.people.actions import appoint
from danchu.people.actor import Actor
from danchu.people.giving import may_give
from danchu.people.models import Account, OfficeKind
from danchu.people.operators import operators
from danchu.people.writes.accounts import store_account, valid_name
from danchu.staff.checking import (
    check_channel,
    check_invited,
    contact_field,
    valid_contact,
    valid_grounds,
)
from danchu.staff.codes import VALID, invitation_code, stored_digest
from danchu.staff.first import is_first, may_invite, why_not
from danchu.staff.letters import invitation_notice
from danchu.staff.lives import INVITATION_LIFE
from danchu.staff.models import Installation, Invitation
from danchu.staff.system import THE_INSTALLATION
from danchu.staff.words import Channel, InvitationState
from danchu.subjects.sent import check_unsent
from danchu.subjects.texts import reason_of
from danchu.subjects.writes import move_on
from danchu.units.models import Unit

WRONG_CODE = gettext_lazy("Mã chưa đúng, đã dùng hoặc đã hết hạn. Hãy gõ lại như trên giấy mời.")


@transaction.atomic
def invite(
    *,
    by: Acting,
    email: str = "",
    phone: str = "",
    name: str,
    office_kind: OfficeKind,
    unit: Unit,
    since: date,
    until: date | None = None,
    grounds: str,
    channel: str,
    uid: UUID | None = None,
) -> Invitation:
    """Offer an office at `unit` from `since` to before `until` to a person with an address or a
    telephone, whether they have an account or not; `grounds` names the decision. Refused, by field,
    for a bad address, telephone, name or days, without grounds, and while another invitation to the
    same office waits; Denied unless one may give the office.
    """
    require(by.may("appoint", "office", unit), INVITATION_LIFE.no_right)
    Installation.objects.select_for_update().first()  # of two first offices the second waits here
    require(may_invite(by, office_kind, unit), why_not(by, office_kind, unit))
    first = not may_give(by, office_kind, unit)
    check_unsent(Invitation, uid)
    uid = uid or uuid4()
    invitation = Invitation(
        uid=uid,
        **valid_contact(email, phone),
        name=valid_name(name),
        office_kind=office_kind,
        unit=unit,
        since=since,
        until=until,
        grounds=valid_grounds(grounds),
        channel=channel,
        digest=stored_digest(invitation_code(uid, 1)),
        valid_until=now() + VALID[channel],
        giver_id=by.account_id,
        is_first=first,
        made_by=by.key,
        made_at=now(),
    )
    check_channel(invitation, channel)
    check_invited(invitation)
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
    check_channel(invitation, channel)
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
def print_letters(invitations: Iterable[Invitation], *, by: Acting) -> list[tuple[Invitation, str]]:
    """[(invitation, code)] for letters that are printed together. Refused and Denied as
    `print_letter`, for all of them.
    """
    rows = list(invitations)
    if not rows:
        raise Refused(_("Hãy chọn ít nhất một giấy mời."))
    letters = []
    for invitation in rows:
        INVITATION_LIFE.require(by, "letter", invitation)
        row = INVITATION_LIFE.hold(invitation, "letter", "office_kind", "unit")
        record(by, "account_invitation.printed", row, unit=row.unit)
        letters.append((row, invitation_code(row.uid, row.issue)))
    return letters


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
    invitation: Invitation, *, by: Acting, code: str, password: str | None = None, email: str = ""
) -> Account:
    """Take the office: a new person with a password, somebody with an account while logged in to
    it; `email` is by which address a new person invited by telephone logs in. The rights of who
    gave the office are asked again. Refused, by field, for a weak password, and when the giver may
    no longer give it; Denied for a wrong code and for another account.
    """
    require(stored_digest(code) == invitation.digest, WRONG_CODE)
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("office_kind", "unit", "giver")
        .get(pk=invitation.pk)
    )
    if invitation.state != InvitationState.OPEN or invitation.valid_until <= now():
        raise Refused(WRONG_CODE, "code")
    account = _taker(invitation, by, email, password or "")
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


def _taker(invitation, by, email, password):
    """The account that takes the office: of the invited address, of whoever is logged in where only
    a telephone was invited, or a new one.
    """
    if invitation.email:
        account = Account.objects.filter(email=invitation.email).first()
    else:
        account = Account.objects.filter(pk=by.account_id, is_active=True).first()
    if account is not None:
        require(by.account_id == account.pk, _("Hãy đăng nhập bằng tài khoản được mời rồi nhận."))
        return account
    account = store_account(
        invitation.email or email, invitation.name, password, is_verified=bool(invitation.email)
    )
    record(_person(account), "account.joined", account)
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
        raise Refused(
            _(
                "Chức trách này nay do người giữ chức trách ấy ở cấp trên giao. Hãy nhờ "
                "người ấy mời."
            )
        )
    if operators().filter(account=account).exists():
        raise Refused(_("Người quản trị hệ thống không tự nhận chức trách này."))
    return THE_INSTALLATION


def _store(invitation):
    """Insert the invitation; Refused while another one of the person to the office waits."""
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        raise Refused(
            _("Người này đã có giấy mời vào chức trách ấy ở đơn vị ấy. Hãy gửi lại giấy mời đó."),
            contact_field(invitation),
        ) from None


def _send(invitation, by):
    if invitation.channel != Channel.LETTER:
        tell_people([invitation_notice(invitation)], by=by)


def _person(account):
    return Actor(f"account:{account.pk}", account.name, account.pk)
