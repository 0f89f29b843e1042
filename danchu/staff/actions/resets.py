"""Acts on a lost second factor: one person asks to remove it, another confirms; a sole operator
uses the code that was printed during set-up.
"""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.codes import digest, matches, new_secret
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require
from danchu.notices.actions import tell_people
from danchu.people.actor import Actor
from danchu.people.giving import may_close
from danchu.people.holders import holders_of
from danchu.people.models import Account
from danchu.people.operators import operators
from danchu.people.writes.sessions import end_sessions
from danchu.staff.letters import desk_notice, notice_to
from danchu.staff.lives import PERSON_LIFE, open_reset
from danchu.staff.models import FactorReset, PrintedCode
from danchu.staff.people_of import unfinished
from danchu.staff.words import ResetState
from danchu.subjects.texts import reason_of
from danchu.units.models import Unit

VALID = timedelta(days=7)
WRONG = gettext_lazy("Địa chỉ thư, mật khẩu hoặc mã khôi phục chưa đúng.")
# What the owner of an account is told by mail.
REQUESTED = gettext_lazy("Có người đề nghị gỡ xác thực hai lớp của tài khoản ông/bà.")
TO_CONFIRM = gettext_lazy(
    "Có đề nghị gỡ xác thực hai lớp của một người: chờ người thứ hai xác nhận, trong bảy ngày."
)
REMOVED_BY_TWO = gettext_lazy(
    "Xác thực hai lớp của tài khoản ông/bà đã được gỡ theo lời hai người."
)
REMOVED_BY_CODE = gettext_lazy("Xác thực hai lớp của tài khoản ông/bà đã được gỡ bằng mã in.")
ADVICE = gettext_lazy("Nếu ông/bà không nhờ việc này, hãy báo ngay người quản trị.")


@transaction.atomic
def ask_reset(account: Account, *, by: Acting, reason: str) -> Account:
    """Ask to remove the second factor of somebody who lost it; they are told by mail. Refused where
    there is none, and while another reset waits; Denied for one's own account, and unless one may
    end all they hold.
    """
    PERSON_LIFE.require(by, "ask_reset", account)
    account = PERSON_LIFE.hold(account, "ask_reset")
    if not Authenticator.objects.filter(user=account).exists():
        raise Refused(_("Tài khoản này chưa bật xác thực hai lớp."))
    reset = FactorReset.objects.create(
        account=account, reason=reason_of(reason), asked_by_id=by.account_id, asked_at=now()
    )
    _tell(account, REQUESTED, by)
    _tell_second_persons(account, by)
    record(by, "account.factor_reset_asked", account, reset=reset.pk, reason=reset.reason)
    return account


@transaction.atomic
def confirm_reset(account: Account, *, by: Acting) -> Account:
    """Remove the second factor as another person asked: its owner sets up a new one, their sessions
    end, they are told by mail. Refused after seven days; Denied for whoever asked, for one's own
    account, and unless one may end all they hold.
    """
    PERSON_LIFE.require(by, "confirm_reset", account)
    account = PERSON_LIFE.hold(account, "confirm_reset")
    # Another reset may have been asked for, by this actor, before the row was held.
    PERSON_LIFE.require(by, "confirm_reset", account)
    reset = open_reset(account)
    if reset.asked_at + VALID <= now():
        raise Refused(_("Đề nghị đã quá bảy ngày: hãy bỏ đi rồi đề nghị lại."))
    if not may_close(Actor.of(reset.asked_by), account):
        raise Refused(_("Người đề nghị không còn quyền ấy: hãy bỏ đi rồi đề nghị lại."))
    _end(reset, ResetState.DONE, by)
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    _tell(account, REMOVED_BY_TWO, by)
    record(by, "account.second_factor_removed", account, reset=reset.pk, reason=reset.reason)
    return account


@transaction.atomic
def drop_reset(account: Account, *, by: Acting) -> Account:
    """Take a waiting reset back. Refused where none waits; Denied unless one may end all they
    hold.
    """
    PERSON_LIFE.require(by, "drop_reset", account)
    account = PERSON_LIFE.hold(account, "drop_reset")
    reset = open_reset(account)
    _end(reset, ResetState.DROPPED, by)
    record(by, "account.factor_reset_dropped", account, reset=reset.pk)
    return account


@transaction.atomic
def print_code(*, by: Acting) -> str:
    """A new code with which an operator removes their own lost second factor; the earlier one opens
    nothing. It is shown once. Denied to anybody else.
    """
    require(operators().filter(account=by.account_id).exists())
    code = new_secret()
    values = {"digest": digest(code), "made_at": now(), "used_at": None}
    PrintedCode.objects.update_or_create(account_id=by.account_id, defaults=values)
    record(by, "account.code_printed", Account.objects.get(pk=by.account_id))
    return code


@transaction.atomic
def reset_by_code(*, by: Acting, email: str, password: str, code: str) -> Account:
    """A sole operator removes their own second factor with the printed code, which is used up; they
    are told by mail. Refused where another operator could do it; Denied, without saying why, for a
    wrong address, password or code.
    """
    account = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    is_right = (account or Account()).check_password(password)
    row = PrintedCode.objects.select_for_update().filter(account=account, used_at=None).first()
    require(is_right and row is not None and matches(code, row.digest), WRONG)
    if operators().exclude(account=account).exists():
        raise Refused(
            _("Đã có người quản trị khác: hãy nhờ một người đề nghị và một người xác nhận.")
        )
    row.used_at = now()
    row.save(update_fields=["used_at"])
    Authenticator.objects.filter(user=account).delete()
    end_sessions(account)
    owner = Actor(f"account:{account.pk}", account.name, account.pk)
    _tell(account, REMOVED_BY_CODE, owner)
    record(owner, "account.second_factor_removed", account, by_code=True)
    return account


def _tell_second_persons(account, by):
    """Put it on the desk of everybody who may confirm: who appoints where the person holds office
    or everywhere, and neither asked nor is that person.
    """
    places = set(unfinished(account).values_list("unit_id", flat=True))
    places |= set(Unit.objects.filter(level="nation").values_list("pk", flat=True))
    holders = {one for place in places for one in holders_of("appoint", "office", place)}
    holders |= {row.account for row in operators().select_related("account")}
    with override(settings.LANGUAGE_CODE):
        text = str(TO_CONFIRM)
    readers = sorted(
        (one for one in holders if one.pk not in (account.pk, by.account_id)),
        key=lambda one: one.pk,
    )
    rows = [
        desk_notice(one, text, page_of=account)
        for one in readers
        if may_close(Actor.of(one), account)
    ]
    tell_people(rows, by=by)


def _end(reset, state, by):
    reset.state = state
    reset.ended_by_id = by.account_id
    reset.ended_at = now()
    reset.save(update_fields=["state", "ended_by", "ended_at"])


def _tell(account, sentence, by):
    with override(settings.LANGUAGE_CODE):
        text = f"{sentence} {ADVICE}"
    tell_people([notice_to(account, text)], by=by)
