"""Adapters of django-allauth: no self sign-up, log-in by e-mail address, messages in Vietnamese."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base.constants import AuthError
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from danchu.journal.actions import record
from danchu.people.actor import Actor
from danchu.people.askers import asker_of
from danchu.people.factor_key import decrypt, encrypt
from danchu.people.models import Account
from danchu.people.throttle import clear_counts, count_try

log = logging.getLogger("danchu")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Tài khoản này đang bị khóa."),
        "email_password_mismatch": _("Địa chỉ thư điện tử hoặc mật khẩu không đúng."),
        "enter_current_password": _("Mật khẩu hiện tại không đúng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn."),
        "incorrect_password": _("Mật khẩu không đúng."),
        "invalid_login": _("Không đăng nhập được."),
        "invalid_password_reset": _("Đường dẫn đặt lại mật khẩu không còn hiệu lực."),
        "rate_limited": _("Thử quá nhiều lần. Hãy đợi vài phút rồi thử lại."),
        "too_many_login_attempts": _("Đăng nhập sai quá nhiều lần. Hãy đợi vài phút rồi thử lại."),
    }

    def is_open_for_signup(self, request):
        """Always closed: an operator creates accounts, together with an office."""
        return False

    def clean_email(self, email):
        return email.strip().lower()

    def get_client_ip(self, request):
        """What all limits of log-ins count by: of an address of version 6 its network."""
        return asker_of(request)

    def pre_authenticate(self, request, **credentials):
        """Count the try. Refused above the limits, for the right password too: the answer must not
        tell which password it was.
        """
        self._login_failed_rl_usage = count_try(request, _email_of(credentials))
        if self._login_failed_rl_usage is None:
            log.warning("A log-in was refused: too many wrong ones before it")
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request, **credentials):
        """Record a wrong log-in, with the account if there is one and without what was typed; also
        where there is none, so that both take the same time.
        """
        account = Account.objects.filter(email=_email_of(credentials)).first()
        with transaction.atomic():
            record(Actor.public(), "account.sign_in_failed", account)

    def _delete_login_attempts_cached_email(self, request, **credentials):
        """The library calls it when the owner has set a new password by mail."""
        clear_counts(request, _email_of(credentials))


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Không thể tắt xác thực hai lớp."),
        "cannot_generate_recovery_codes": _("Hãy bật xác thực hai lớp trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên ứng dụng."),
    }

    def encrypt(self, text):
        """Secrets of the second factor are stored encrypted, with a key beside the database."""
        return encrypt(text)

    def decrypt(self, encrypted_text):
        return decrypt(encrypted_text)


class IdentityProviderAdapter(DefaultSocialAccountAdapter):
    """OpenID Connect: logs in only those who already have an account with the address that the
    provider has verified.
    """

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": _("Hãy đăng nhập bằng mật khẩu trước, rồi liên kết với %s."),
        "invalid_token": _("Phiên đăng nhập không hợp lệ. Hãy thử lại."),
        "no_password": _("Tài khoản chưa có mật khẩu nên không thể bỏ liên kết."),
        "disconnect_last": _("Không thể bỏ liên kết cuối cùng khi chưa có mật khẩu."),
    }

    def is_open_for_signup(self, request, sociallogin):
        return False

    def on_authentication_error(
        self, request, provider, error=None, exception=None, extra_context=None
    ):
        """Whoever said no at the provider comes back to where they began, and reads that nothing
        changed; where they wanted to go is kept.
        """
        if error != AuthError.CANCELLED:
            return
        if request.user.is_authenticated:
            unlinked = _("Ông/bà đã không đồng ý ở %s nên chưa có gì thay đổi. Có thể thử lại.")
            messages.info(request, unlinked % provider.name)
            raise ImmediateHttpResponse(redirect("socialaccount_connections"))
        sentence = _(
            "Ông/bà đã không đồng ý ở %s nên chưa có gì thay đổi. Có thể thử lại, hoặc đăng "
            "nhập bằng mật khẩu."
        )
        messages.info(request, sentence % provider.name)
        next_address = ((extra_context or {}).get("state") or {}).get("next")
        query = f"?{urlencode({REDIRECT_FIELD_NAME: next_address})}" if next_address else ""
        raise ImmediateHttpResponse(redirect(f"{reverse('account_login')}{query}"))

    def pre_social_login(self, request, sociallogin):
        """Refuse a log-in whose level is too low, and show a deactivated account its own page, not
        the sign-up that is closed.
        """
        provider = sociallogin.account.get_provider(request)
        if not provider.is_enough(sociallogin.account.extra_data):
            raise ImmediateHttpResponse(
                render(
                    request,
                    "socialaccount/level_too_low.html",
                    {"levels": ", ".join(provider.app.settings["levels"]), "name": provider.name},
                    status=403,
                )
            )
        if sociallogin.is_existing and not sociallogin.user.is_active:
            raise ImmediateHttpResponse(
                render(request, "account/account_inactive.html", status=403)
            )


def _email_of(credentials):
    return str(credentials.get("email") or credentials.get("username") or "").strip().lower()
