"""A clerk of the demo who logs in with password and second factor, as the product asks of clerks
wherever it is no demo.
"""

from bench.browser import Browser

MAIL, PASSWORD = "congchuc@hoankiem.example", "thuc-hanh-2026"  # noqa: S105  # of the demo


def cookie_of_clerk(port):
    """The Cookie header of the clerk, whose second factor is set up anew; needs Django."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.contrib.auth import get_user_model

    from tests.codes import code_now

    user = get_user_model().objects.get(email=MAIL)
    Authenticator.objects.filter(user=user).delete()
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    browser = Browser(port)
    browser.send("/accounts/login/", login=MAIL, password=PASSWORD)
    address = browser.send("/accounts/2fa/authenticate/", code=code_now(secret))
    if "/accounts/" in address:
        raise RuntimeError(f"the clerk cannot log in: {address}")
    return browser.cookie
