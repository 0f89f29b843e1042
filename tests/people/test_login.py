"""Log-in: password, second factor, reset, identity provider; in Vietnamese, each error beside
its field.
"""

import re
from importlib import import_module

import pytest
from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
)
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal.flows.login import complete_login
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core import mail
from django.test import RequestFactory
from django.urls import reverse

from danchu.journal.models import Entry
from danchu.kernel.days import today
from danchu.people import actions
from danchu.people.actor import Actor
from danchu.people.middleware import actor_of
from danchu.people.models import Account
from tests.codes import code_now
from tests.people.conftest import DAY, REFORM
from tests.sizes import one_in

PASSWORD = "mot-cau-dai-de-nho"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SSO = {
    "provider_id": "sso",
    "name": "SSO",
    "client_id": "x",
    "secret": "y",
    "settings": {"server_url": "https://sso.example.vn"},
}


@pytest.fixture
def account(system):
    return actions.create_account(
        by=system, email="an@example.vn", name="Nguyễn Văn An", password=PASSWORD
    )


def log_in(client, password=PASSWORD, email="An@Example.vn"):
    return client.post("/accounts/login/", {"login": email, "password": password})


def log_in_twice(client):
    """As the library asks before anything about the second factor."""
    log_in(client)
    assert client.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def text_of(response):
    """What the page itself says, without the frame around it."""
    text = response.content.decode()
    return text.partition("<main")[2].partition("</main>")[0] or text


def test_the_log_in_page_is_vietnamese_with_a_label_for_each_field(client, db):
    text = text_of(client.get("/accounts/login/"))
    for field, label in [("id_login", "Địa chỉ thư điện tử"), ("id_password", "Mật khẩu")]:
        assert re.search(rf'<label for="{field}">{label}</label>', text)
        assert f'id="{field}"' in text
    assert "placeholder" not in text
    assert not re.search(r"Sign|Email|Remember|<script|style=", text)


def test_log_in_leads_to_the_desk_and_is_in_the_journal(client, account):
    response = log_in(client)
    assert (response.status_code, response.url) == (302, "/desk/")
    last = Entry.objects.order_by("-number").first()
    assert (last.act, last.actor, last.subject) == (
        "account.signed_in",
        f"account:{account.pk}",
        str(account.pk),
    )


@pytest.mark.parametrize(
    ("email", "password"), [("an@example.vn", "sai-mat-khau"), ("khong@example.vn", PASSWORD)]
)
def test_a_wrong_log_in_does_not_say_which_half_was_wrong(client, account, email, password):
    text = text_of(log_in(client, password, email))
    assert "Địa chỉ thư điện tử hoặc mật khẩu không đúng." in text
    assert 'role="alert"' in text


def test_an_empty_field_has_its_error_beside_it(client, db):
    text = text_of(client.post("/accounts/login/", {"login": "", "password": ""}))
    assert '<p class="error" id="id_login_error">Hãy điền ô này.</p>' in text
    assert 'aria-invalid="true"' in text
    assert re.search(r'<input[^>]*aria-describedby="[^"]*id_login_error', text)


def test_too_many_wrong_log_ins_are_stopped_even_with_the_right_password(client, account):
    for _ in range(5):
        log_in(client, "sai")
    assert "Đăng nhập sai quá nhiều lần" in text_of(log_in(client))


def test_a_locked_account_does_not_log_in_and_loses_its_session(client, account, system):
    log_in(client)
    actions.deactivate_account(account, by=system, reason="thử")
    client.get("/accounts/login/")
    assert client.get("/accounts/password/change/").status_code == 302
    assert "Tài khoản đang bị khóa" in text_of(client.get(log_in(client).url))


@pytest.mark.parametrize("path", ["signup/", "email/", "3rdparty/signup/", "confirm-email/x/"])
def test_nobody_signs_up_or_changes_the_address(client, account, path):
    log_in(client)
    assert client.get(f"/accounts/{path}").status_code == 404
    assert client.post(f"/accounts/{path}", {"email": "x@example.vn"}).status_code == 404


def test_a_forgotten_password_is_reset_by_mail(client, account):
    client.post("/accounts/password/reset/", {"email": "an@example.vn"})
    (letter,) = mail.outbox
    assert "Đặt lại mật khẩu" in letter.subject
    link = re.search(r"https?://[^/]+(/accounts/\S+)", letter.body)[1]
    page = client.get(link, follow=True)
    assert "Nhập lại mật khẩu mới" in text_of(page)
    path = page.redirect_chain[-1][0]
    wrong = client.post(path, {"password1": "mot-cau-khac-de-nho", "password2": "khac"})
    assert "Hai lần nhập mật khẩu không giống nhau." in text_of(wrong)
    client.post(path, {"password1": "mot-cau-khac-de-nho", "password2": "mot-cau-khac-de-nho"})
    assert Account.objects.get(pk=account.pk).check_password("mot-cau-khac-de-nho")
    assert Entry.objects.filter(act="account.password_reset").count() == 1


def test_the_reset_page_does_not_tell_who_has_an_account(client, account):
    known = client.post("/accounts/password/reset/", {"email": "an@example.vn"})
    unknown = client.post("/accounts/password/reset/", {"email": "la@example.vn"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [["an@example.vn"]]


def test_a_second_factor_is_set_up_with_recovery_codes(
    client, account, django_capture_on_commit_callbacks
):
    log_in_twice(client)
    page = text_of(client.get("/accounts/2fa/totp/activate/"))
    secret = re.search(r'class="secret">(\w+)<', page)[1]
    assert "<svg" in page
    assert "data:" not in page
    code = code_now(secret)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert text_of(response).count("<li><code>") == 10
    assert set(account.authenticator_set.values_list("type", flat=True)) == {
        "totp",
        "recovery_codes",
    }
    assert Entry.objects.filter(act="account.second_factor_added").count() == 2


def test_a_wrong_code_is_refused_beside_its_field(client, account):
    log_in_twice(client)
    client.get("/accounts/2fa/totp/activate/")
    text = text_of(client.post("/accounts/2fa/totp/activate/", {"code": "000000"}))
    assert '<p class="error" id="id_code_error">Mã không đúng' in text
    assert not Authenticator.objects.exists()


def test_with_a_second_factor_the_password_alone_does_not_log_in(client, account):
    TOTP.activate(account, SECRET)
    assert log_in(client).url.startswith("/accounts/2fa/authenticate/")
    assert "_auth_user_id" not in client.session
    assert "Nhập mã xác thực" in text_of(client.get("/accounts/2fa/authenticate/"))
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post("/accounts/2fa/authenticate/", {"code": code_now(SECRET)})
    assert client.session["_auth_user_id"] == str(account.pk)


def test_a_recovery_code_works_once(client, account):
    TOTP.activate(account, SECRET)
    code = RecoveryCodes.activate(account).get_unused_codes()[0]
    for works in [True, False]:
        client.logout()
        log_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert ("_auth_user_id" in client.session) == works


def test_an_office_of_weight_gives_no_rights_without_a_second_factor(
    client, country, holder, settings
):
    chair = holder("committee_chair", country.here).account
    assert not actor_of(chair).may("confirm", "dialogue", country.here)
    assert actor_of(chair).lacks_second_factor
    TOTP.activate(chair, SECRET)
    assert actor_of(chair).may("confirm", "dialogue", country.here)
    assert not actor_of(chair).lacks_second_factor


def test_an_office_without_weight_needs_no_second_factor(country, holder):
    member = holder("inspection_member", country.here).account
    assert actor_of(member).may("draft", "inspection_round", country.here)


def test_a_demo_asks_for_no_second_factor(country, holder, settings):
    settings.DEMO = True
    chair = holder("committee_chair", country.here).account
    assert actor_of(chair).may("confirm", "dialogue", country.here)


@pytest.mark.parametrize("demo", [True, False])
def test_a_demo_says_that_it_relaxes_the_second_factor(client, account, settings, demo):
    settings.DEMO = demo
    log_in(client)
    assert ("Đây là bản trình diễn" in text_of(client.get("/accounts/2fa/"))) == demo


def test_what_an_office_of_weight_delegated_needs_a_second_factor_too(country, holder, person):
    chair, to = holder("committee_chair", country.here), person("Trần Thị Bình")
    actions.delegate_right(
        chair,
        by=Actor.of(chair.account),
        to=to,
        verb="confirm",
        kind="dialogue",
        since=REFORM,
        until=today() + 9 * DAY,
        reason="Quyết định 1/QĐ-UBND",
    )
    assert not actor_of(to).may("confirm", "dialogue", country.here)
    TOTP.activate(to, SECRET)
    assert actor_of(to).may("confirm", "dialogue", country.here)


@pytest.mark.parametrize("path", ["/desk/", "/en/desk/"])
def test_the_desk_leads_to_set_up_until_there_is_a_second_factor(client, country, holder, path):
    client.force_login(
        holder("committee_chair", country.here).account, "django.contrib.auth.backends.ModelBackend"
    )
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.endswith("/accounts/2fa/")
    assert "chỉ có hiệu lực sau khi bật" in text_of(client.get("/accounts/2fa/"))


def test_a_page_that_asks_nothing_of_the_actor_costs_no_query_for_it(
    client, db, django_assert_num_queries
):
    with django_assert_num_queries(1):  # the identity providers
        client.get("/accounts/login/")


def test_an_operator_removes_the_second_factor_of_a_lost_device(account, system):
    TOTP.activate(account, SECRET)
    actions.remove_second_factor(account, by=system, reason="mất máy")
    assert not Authenticator.objects.exists()
    assert Entry.objects.order_by("-number").first().act == "account.second_factor_removed"


@one_in(3)
@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_logout",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_reauthenticate",
        "account_inactive",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_reauthenticate",
        "socialaccount_connections",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    ],
)
@pytest.mark.parametrize("factor", [False, True])
def test_every_page_of_the_library_is_ours(client, account, name, factor):
    if name == "account_login":
        return
    log_in_twice(client)
    if factor:
        TOTP.activate(account, SECRET)
        RecoveryCodes.activate(account)
    response = client.get(reverse(name))
    if response.status_code == 302:
        assert (name, factor) in ELSEWHERE
        return
    used = {template.name for template in response.templates}
    assert "frame.html" in used
    assert ("404.html" in used) == ((name, factor) in MISSING)
    assert not [name for name in used if name and name.startswith("allauth/elements")]
    assert not re.search(r"Sign [IU]|Two-Factor|Password|<script|style=|data:", text_of(response))


# Pages that lead on: nothing to remove, to see or to renew yet.
ELSEWHERE = {
    ("account_reauthenticate", True),
    ("mfa_activate_totp", True),
    ("mfa_generate_recovery_codes", False),
    ("mfa_reauthenticate", False),
}
MISSING = {("mfa_deactivate_totp", False), ("mfa_view_recovery_codes", False)}


def provider_login(email, verified, request):
    """What comes back from an identity provider, as the library hands it on."""
    said = {"sub": "42", "email": email, "email_verified": verified, "name": "An"}
    provider = get_adapter().get_provider(request, "sso")
    return provider.sociallogin_from_response(
        request, {"userinfo": said, "id_token": {"sub": "42"}}
    )


@pytest.fixture
def come_back(client, settings):
    """Finish a log-in through the provider; returns the response."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [SSO]}}

    def finish(email, verified=True):
        request = RequestFactory().get("/accounts/oidc/sso/login/callback/")
        request.session = import_module(settings.SESSION_ENGINE).SessionStore()
        request.user, request.actor = AnonymousUser(), Actor.public()
        request._messages = FallbackStorage(request)
        with context.request_context(request):
            return complete_login(request, provider_login(email, verified, request)), request

    return finish


def test_the_identity_provider_lets_in_who_has_an_account_with_a_verified_address(
    come_back, account
):
    response, request = come_back("An@example.vn")
    assert (response.status_code, response.url) == (302, "/desk/")
    assert request.user == account
    assert SocialAccount.objects.get().user == account
    assert Account.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize(("email", "verified"), [("an@example.vn", False), ("la@example.vn", True)])
def test_the_identity_provider_lets_in_nobody_else_and_makes_no_account(
    come_back, account, email, verified
):
    response, request = come_back(email, verified)
    assert "Chưa có tài khoản" in text_of(response)
    assert not request.user.is_authenticated
    assert Account.objects.count() == 1
    assert not SocialAccount.objects.exists()


def test_the_identity_provider_does_not_let_in_a_locked_account(come_back, account, system):
    actions.deactivate_account(account, by=system, reason="thử")
    response, request = come_back("an@example.vn")
    assert not request.user.is_authenticated


def test_the_desk_leads_to_the_password_the_second_factor_and_the_end_of_the_session(
    account, client
):
    client.post("/accounts/login/", {"login": account.email, "password": PASSWORD})
    for page, address in (
        ("/desk/", "/accounts/2fa/"),
        ("/desk/notices/", "/accounts/2fa/"),
        ("/accounts/2fa/", "/accounts/password/change/"),
        ("/accounts/2fa/", "/accounts/logout/"),
    ):
        assert f'href="{address}"' in client.get(page).content.decode(), (page, address)
    client.post("/accounts/logout/")
    assert client.get("/desk/").status_code == 302
