"""django-allauth's forms with labels, help and errors in Vietnamese; they check the same."""

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from danchu.kernel.codes import plain_letters

REQUIRED = _("Hãy điền ô này.")
PASSWORD_HELP = _(
    "Ít nhất 10 ký tự, không chỉ toàn chữ số, không giống tên hay địa chỉ thư. Một câu "
    "dài dễ nhớ là tốt nhất."
)
CODE_HELP = _("6 chữ số trên ứng dụng xác thực, hoặc một mã dự phòng.")


class InVietnamese:
    """Sets labels and help by the field's name; removes placeholders, which repeat the label."""

    words = {
        "login": (_("Địa chỉ thư điện tử"), ""),
        "email": (_("Địa chỉ thư điện tử"), ""),
        "password": (_("Mật khẩu"), ""),
        "oldpassword": (_("Mật khẩu hiện tại"), ""),
        "password1": (_("Mật khẩu mới"), PASSWORD_HELP),
        "password2": (_("Nhập lại mật khẩu mới"), ""),
        "code": (_("Mã xác thực"), CODE_HELP),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (label, help_text) in self.words.items():
            if name in self.fields:
                self._reword(self.fields[name], label, help_text)

    @staticmethod
    def _reword(field, label, help_text):
        field.label = label
        field.help_text = help_text
        field.error_messages["required"] = REQUIRED
        field.widget.attrs.pop("placeholder", None)
        if field.widget.attrs.get("autocomplete") == "one-time-code":
            field.widget.attrs["inputmode"] = "text"  # recovery codes have letters

    def add_error(self, field, error):
        """Replace the one sentence that the library has in its forms and not in its adapter."""
        if field == "password2":
            error = _("Hai lần nhập mật khẩu không giống nhau.")
        return super().add_error(field, error)


class TypedCode(InVietnamese):
    """Reads a code whatever keyboard was on: full-width digits are digits."""

    def clean_code(self):
        self.cleaned_data["code"] = plain_letters(self.cleaned_data["code"])
        return super().clean_code()


class CodeTakenOnce(TypedCode):
    """Takes a code of the second factor once as long as it is valid. The library remembers a code
    for its own half minute, but accepts it in the ones beside it too (MFA_TOTP_TOLERANCE; RFC 6238,
    5.2).
    """

    def clean_code(self):
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            valid_steps = 2 * app_settings.TOTP_TOLERANCE + 1
            key = f"second-factor:{self.user.pk}:{normalize_user_code(code)}"
            if not cache.add(key, True, timeout=valid_steps * app_settings.TOTP_PERIOD):
                raise get_adapter().validation_error("incorrect_code")
        return code


class LoginForm(InVietnamese, account.LoginForm):
    pass


class ChangePasswordForm(InVietnamese, account.ChangePasswordForm):
    pass


class SetPasswordForm(InVietnamese, account.SetPasswordForm):
    pass


class ResetPasswordForm(InVietnamese, account.ResetPasswordForm):
    pass


class ResetPasswordKeyForm(InVietnamese, account.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(InVietnamese, account.ReauthenticateForm):
    pass


class AuthenticateForm(CodeTakenOnce, second_factor.AuthenticateForm):
    pass


class SecondFactorAgainForm(CodeTakenOnce, second_factor.ReauthenticateForm):
    pass


class ActivateTOTPForm(TypedCode, totp.ActivateTOTPForm):
    pass
