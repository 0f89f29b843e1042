"""The lives of an invitation and of an account as tables: which act may follow, by whose right."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.kernel.days import now, today
from danchu.people.actor import Actor
from danchu.people.giving import may_close
from danchu.people.models import Account
from danchu.staff.first import may_invite
from danchu.staff.models import FactorReset, Invitation
from danchu.staff.words import EXPIRED, InvitationState, ResetState
from danchu.subjects.life import STAYS, Life, Move, Rule

ACTIVE, CLOSED = "active", "closed"
UNANSWERED = (InvitationState.OPEN, EXPIRED[0])


def invitation_state(invitation: Invitation) -> str:
    """The state of an invitation at this moment."""
    if invitation.state == InvitationState.OPEN and invitation.valid_until <= now():
        return EXPIRED[0]
    return str(invitation.state)


def _may_handle(actor: Actor, invitation: Invitation) -> bool:
    return may_invite(actor, invitation.office_kind, invitation.unit, invitation.pk)


def _may_withdraw(actor: Actor, invitation: Invitation) -> bool:
    return actor.may("appoint", "office", invitation.unit_id)


def _overdue(invitation: Invitation) -> str:
    ended = invitation.until is not None and invitation.until <= today()
    return _("Chức trách này đã hết thời gian, không mời được nữa.") if ended else ""


INVITATION_LIFE = Life(
    Move("resend", UNANSWERED, InvitationState.OPEN, Rule(_may_handle), blocked=_overdue),
    Move("letter", (InvitationState.OPEN,), STAYS, Rule(_may_handle), blocked=_overdue),
    Move("withdraw", UNANSWERED, InvitationState.WITHDRAWN, Rule(_may_withdraw)),
    state=invitation_state,
    no_right=gettext_lazy("Ông/bà không có quyền mời người vào chức trách này ở nơi này."),
    moved_on=gettext_lazy("Giấy mời này đã được nhận hoặc đã thu hồi. Hãy tải lại trang để xem."),
)


def account_state(account: Account) -> str:
    """Whether somebody can still log in."""
    return ACTIVE if account.is_active else CLOSED


def _appoints(actor: Actor, account: Account) -> bool:
    return actor.scope("appoint", "office") != frozenset()


def _appoints_there(actor: Actor, account: Account) -> bool:
    """Whether the actor appoints at one of the units where the person holds or held an office."""
    scope = actor.scope("appoint", "office")
    units = account.holdings.values_list("unit_id", flat=True)
    return actor.may("appoint", "office", None) or any(unit in scope for unit in units)


def _appoints_everywhere(actor: Actor, account: Account) -> bool:
    return actor.may("appoint", "office", None)


def _delegates(actor: Actor, account: Account) -> bool:
    return actor.account_id == account.pk or actor.may("appoint", "office", None)


def _resets(actor: Actor, account: Account) -> bool:
    return actor.account_id is not None and may_close(actor, account)


def _asks_reset(actor: Actor, account: Account) -> bool:
    return actor.account_id != account.pk and _resets(actor, account)


def _confirms_reset(actor: Actor, account: Account) -> bool:
    """Whether the actor may be the second person: not whoever asked, nor the owner."""
    reset = open_reset(account)
    is_first = reset is not None and reset.asked_by_id == actor.account_id
    return not is_first and _asks_reset(actor, account)


def open_reset(account: Account) -> FactorReset | None:
    """The reset of the account's second factor that waits for a second person."""
    return account.factor_resets.filter(state=ResetState.ASKED).first()


def _no_reset(account: Account) -> str:
    return "" if open_reset(account) else _("Không có đề nghị nào đang chờ.")


def _has_reset(account: Account) -> str:
    return _("Đã có đề nghị đang chờ người thứ hai.") if open_reset(account) else ""


ANY = (ACTIVE, CLOSED)
PERSON_LIFE = Life(
    Move("give", (ACTIVE,), STAYS, Rule(_appoints)),
    Move("deputise", (ACTIVE,), STAYS, Rule(_appoints_there)),
    Move("end", ANY, STAYS, Rule(_appoints_there)),
    Move("delegate", (ACTIVE,), STAYS, Rule(_delegates)),
    Move("end_delegation", ANY, STAYS, Rule(_delegates)),
    Move(
        "ask_reset",
        (ACTIVE,),
        STAYS,
        Rule(_asks_reset),
        blocked=_has_reset,
        no_right=gettext_lazy(
            "Chỉ người khác, có quyền cho thôi mọi chức trách của người này, mới đề nghị được."
        ),
    ),
    Move(
        "confirm_reset",
        (ACTIVE,),
        STAYS,
        Rule(_confirms_reset),
        blocked=_no_reset,
        no_right=gettext_lazy(
            "Người xác nhận phải là người khác với người đề nghị và người được gỡ, và có quyền "
            "cho thôi mọi chức trách của người này."
        ),
    ),
    Move("drop_reset", ANY, STAYS, Rule(_resets), blocked=_no_reset),
    Move("close", (ACTIVE,), CLOSED, Rule(may_close)),
    Move("reopen", (CLOSED,), ACTIVE, Rule(_appoints_everywhere)),
    state=account_state,
    no_right=gettext_lazy("Ông/bà không có quyền làm việc này với người này."),
    moved_on=gettext_lazy("Tài khoản này đang ở trạng thái khác. Hãy tải lại trang để xem."),
)
