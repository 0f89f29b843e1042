"""Adapters of django-allauth: no self sign-up, log-in by e-mail address, messages in Vietnamese."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _


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


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Không thể tắt xác thực hai lớp."),
        "cannot_generate_recovery_codes": _("Hãy bật xác thực hai lớp trước khi tạo mã dự phòng."),
        "incorrect_code": _("Mã không đúng hoặc đã hết hạn. Hãy nhập mã đang hiện trên ứng dụng."),
    }


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

    def pre_social_login(self, request, sociallogin):
        """Show a deactivated account its own page, not the sign-up that is closed."""
        if sociallogin.is_existing and not sociallogin.user.is_active:
            raise ImmediateHttpResponse(
                render(request, "account/account_inactive.html", status=403)
            )
