"""Taking an office with the code of an invitation; replacing a lost second factor with a printed
code. A code stands in the body of a form, and in an address only where a letter led to it.
"""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.models import Login
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from danchu.casework.access.rate_limits import OF_ACCOUNTS, TooOften, limit_wrong
from danchu.kernel.refusals import Denied, Refused
from danchu.look.once import sent_once
from danchu.look.pages import page
from danchu.people.askers import asker_of
from danchu.people.models import Account
from danchu.people.offices_held import office_name
from danchu.portal.joining_form import NewcomerForm, PasswordForm, RecoverForm
from danchu.staff.actions import accept_invitation, reset_by_code
from danchu.staff.actions.invitations import WRONG_CODE
from danchu.staff.codes import stored_digest
from danchu.staff.models import Invitation
from danchu.units.names import name_of

LONGEST_CODE = 60


@sensitive_post_parameters()
@never_cache
def join(request, code=""):
    """Take an office. Opening the link only shows what is offered, so that a preview of the link
    takes nothing; the button (POST) does.
    """
    return sent_once(request, lambda: _join(request, code))


def _join(request, code):
    code = request.POST.get("code", code)[:LONGEST_CODE]
    if not code and request.method != "POST":
        return _code_page(request)
    try:
        invitation = _invitation_of(request, code)
    except TooOften:
        raise
    except Refused as refusal:
        return _code_page(request, code, refusal.message)
    account = _invited_account(request, invitation)
    is_sent = request.method == "POST" and "take" in request.POST
    form_class = PasswordForm if invitation.email else NewcomerForm
    form = None if account else form_class(request.POST if is_sent else None)
    fault = ""
    if is_sent and (form is None or form.is_valid()):
        values = form.values() if form else {}
        try:
            taker = accept_invitation(invitation, by=request.actor, code=code, **values)
        except (Refused, Denied) as refusal:
            if form is not None and isinstance(refusal, Refused):
                form.refuse(refusal)
            else:
                fault = refusal.message
        else:
            messages.success(request, _("Đã nhận chức trách."))
            return redirect("desk") if account else log_in(request, taker, values["password"])
    return _offer_page(request, invitation, code, form, account, fault)


def _invited_account(request, invitation):
    """The account of the invited address; of whoever is logged in where only a telephone was
    invited; None for a new person.
    """
    if invitation.email:
        return Account.objects.filter(email=invitation.email).first()
    return request.user if request.user.is_authenticated else None


def log_in(request, account, password):
    """Log the account in, as after the log-in page. Returns the answer that leads to the desk. The
    second factor may be set up without typing the new password a third time.
    """
    answer = perform_password_login(
        request, {"email": account.email, "password": password}, Login(user=account)
    )
    reauthenticate_by_password(request)
    return answer


def _invitation_of(request, code):
    """The open invitation of the code. Refused for a wrong one, and above the rate limit of wrong
    ones for any.
    """
    with limit_wrong(OF_ACCOUNTS, asker_of(request), Refused):
        rows = Invitation.objects.valid().select_related("office_kind", "giver")
        invitation = rows.filter(digest=stored_digest(code)).first()
        if invitation is None:
            raise Refused(WRONG_CODE, "code")
    return invitation


def _code_page(request, code="", fault=""):
    return _without_path(
        page(request, "portal/join.html", status=400 if fault else 200, code=code, fault=fault)
    )


def _offer_page(request, invitation, code, form, account, fault):
    is_wrong = bool(fault or (form is not None and form.errors))
    answer = page(
        request,
        "portal/join_offer.html",
        status=400 if is_wrong else 200,
        invitation=invitation,
        office=office_name(invitation.office_kind),
        where=name_of(invitation.unit_id, invitation.since),
        needs_factor=invitation.office_kind.needs_second_factor,
        code=code,
        form=form,
        fault=fault,
        is_other_account=account is not None and request.user.pk != account.pk,
    )
    return _without_path(answer)


def _without_path(answer):
    """Never send the path, which may hold a code, to another page (as `entering._page`)."""
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


@sensitive_post_parameters()
@never_cache
def recover(request):
    """A sole operator removes their lost second factor with the code printed during set-up."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with limit_wrong(OF_ACCOUNTS, asker_of(request), Denied):
                reset_by_code(by=request.actor, **form.values())
        except TooOften:
            raise
        except Refused as refusal:
            form.refuse(refusal)
        except Denied as denial:
            form.add_error(None, str(denial.message))
        else:
            messages.success(
                request,
                _("Đã gỡ xác thực hai lớp. Hãy đăng nhập, bật lại, rồi in mã khôi phục mới."),
            )
            return redirect("account_login")
    return page(request, "portal/recover.html", status=400 if form.errors else 200, form=form)
