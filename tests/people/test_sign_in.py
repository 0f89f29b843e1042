"""Signing in through an identity provider, against a stand-in that is called over HTTP."""

import json
import threading
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from danchu.config.door_checks import levels_of_acts_are_known
from danchu.config.environment import levels_by_act
from danchu.journal.models import Entry
from danchu.people import actions
from danchu.people.middleware import actor_of
from danchu.people.models import Account, Holding, OfficeKind, OfficeRight
from tests.people.conftest import system  # noqa: F401

KEY = "khoa-thu-cua-nha-cung-cap-du-ba-muoi-hai-byte"
IDENTITY = "001099012345"  # a number of an identity card, made up
PASSWORD = "mot-cau-dai-de-nho"
# What the stand-in says of itself; None is a server that fails.
ITSELF = {
    "issuer": "",
    "authorization_endpoint": "/authorize",
    "token_endpoint": "/token",
    "userinfo_endpoint": "/userinfo",
    "jwks_uri": "/keys",
}


@pytest.fixture
def provider(settings):
    """A stand-in: `.claims` of the userinfo, `.token` of the ID token, `.description` of itself;
    `.asked` are its calls.
    """
    state = SimpleNamespace(
        claims={"sub": "7", "SoDinhDanh": IDENTITY, "HoVaTen": "An", "IAL": "2"},
        token={"sub": "7"},
        asked=[],
        description=ITSELF,
    )

    class Stand(BaseHTTPRequestHandler):
        def do_GET(self):  # noqa: N802  the library's name
            state.asked.append(("GET", self.path, self.headers.get("Authorization", "")))
            if "well-known" in self.path:
                self.answer(
                    {name: f"{state.address}{path}" for name, path in state.description.items()}
                    if isinstance(state.description, dict)
                    else state.description
                )
            else:
                self.answer(state.claims)

        def do_POST(self):  # noqa: N802  the library's name
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            state.asked.append(("POST", self.path, body))
            claims = {"iss": state.address, "aud": "khach", "exp": 4_000_000_000, "iat": 0}
            token = jwt.encode({**claims, **state.token}, KEY, algorithm="HS256")
            self.answer({"access_token": "t", "token_type": "Bearer", "id_token": token})

        def answer(self, content):
            body = b"<h1>" if content is None else json.dumps(content).encode()
            self.send_response(503 if content is None else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments):
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Stand)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.address = f"http://127.0.0.1:{server.server_port}"
    app_settings = {
        "server_url": state.address,
        "scope": ["openid"],
        "uid_field": "SoDinhDanh",
        "level_claim": "IAL",
        "levels": ["2"],
    }
    app = {"provider_id": "sso", "name": "VNeID", "client_id": "khach", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"APPS": [{**app, "settings": app_settings}]}
    }
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def official(system):  # noqa: F811
    return actions.create_account(
        by=system, email="an@example.vn", name="Nguyễn Văn An", password=PASSWORD
    )


def come_back(client, query="", process=""):
    """Sign in as a browser does: to the provider, and back with its code."""
    begin = f"/accounts/oidc/sso/login/?process={process or 'login'}{query}"
    answer = client.post(begin)
    assert answer.status_code == 302, answer.content.decode()[:500]
    client.asked = parse_qs(urlsplit(answer.url).query)
    state = client.asked["state"][0]
    return client.get(f"/accounts/oidc/sso/login/callback/?code=c&state={state}")


def linked(provider, official):
    """A browser in which the official is logged in and has linked their identity."""
    client = Client()
    client.post("/accounts/login/", {"login": official.email, "password": PASSWORD})
    assert come_back(client, process="connect").status_code == 302
    return client


def test_the_claims_are_fetched_by_the_server_and_what_a_browser_sends_counts_nothing(
    provider, official
):
    linked(provider, official)
    assert ("GET", "/userinfo", "Bearer t") in provider.asked
    client = Client()
    client.post("/accounts/oidc/sso/login/")
    forged = {"sub": "7", "SoDinhDanh": IDENTITY, "userinfo": json.dumps(provider.claims)}
    for path in ("/accounts/oidc/sso/login/callback/", "/accounts/3rdparty/"):
        client.post(path, forged)
        assert "_auth_user_id" not in client.session
    client.get("/accounts/oidc/sso/login/callback/?code=c&state=khac")
    assert "_auth_user_id" not in client.session


def test_linking_is_an_act_of_the_owner_and_keeps_no_number(provider, official):
    linked(provider, official)
    row = SocialAccount.objects.get()
    assert row.user == official and len(row.uid) == 64
    stored = f"{row.uid} {row.extra_data}"
    assert IDENTITY not in stored and "HoVaTen" not in stored and row.extra_data == {"level": "2"}
    entry = Entry.objects.filter(act="account.identity_linked").get()
    assert IDENTITY not in str(entry.data)
    assert not Holding.objects.filter(account=official).exists()  # it gives no right


def test_who_linked_signs_in_and_nobody_else(provider, official):
    linked(provider, official)
    client = Client()
    assert come_back(client).url == "/desk/"
    assert int(client.session["_auth_user_id"]) == official.pk
    provider.claims = {**provider.claims, "SoDinhDanh": "001099099999"}
    stranger = Client()
    assert "Chưa có tài khoản" in come_back(stranger).content.decode()
    assert "_auth_user_id" not in stranger.session
    assert Account.objects.count() == 1


@pytest.mark.parametrize("level", ["1", "", "02", "2 3"])
def test_a_level_that_is_too_low_opens_nothing(provider, official, level):
    linked(provider, official)
    provider.claims = {**provider.claims, "IAL": level}
    client = Client()
    answer = come_back(client)
    assert answer.status_code == 403 and "Mức định danh" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_level_is_asked_for_and_no_address_lowers_it(provider, official):
    client = Client()
    come_back(client, query="&auth_params=acr_values%3D1%26prompt%3Dnone")
    assert client.asked["acr_values"] == ["2"] and "prompt" not in client.asked


def test_claims_of_two_subjects_are_refused(provider, official):
    linked(provider, official)
    provider.token = {"sub": "8"}
    client = Client()
    assert "Không đăng nhập được" in come_back(client).content.decode()
    assert "_auth_user_id" not in client.session


def test_without_the_claim_nobody_is_known(provider, official):
    provider.claims = {"sub": "7", "IAL": "2"}
    client = Client()
    assert "Không đăng nhập được" in come_back(client).content.decode()


@pytest.mark.parametrize("description", [None, [], {}, {"issuer": "x"}])
def test_a_provider_that_is_down_is_said_on_a_page_at_either_end(provider, official, description):
    client = Client()
    begin = client.post("/accounts/oidc/sso/login/")
    state = parse_qs(urlsplit(begin.url).query)["state"][0]
    provider.description = description
    back = client.get(f"/accounts/oidc/sso/login/callback/?code=c&state={state}")
    for answer in (client.post("/accounts/oidc/sso/login/"), back):
        assert answer.status_code == 401
        page = answer.content.decode()
        assert "không trả lời" in page and 'href="/accounts/login/"' in page
    assert "_auth_user_id" not in client.session
    assert client.get("/accounts/oidc/khac/login/").status_code == 404


@pytest.mark.parametrize(("target", "kept"), [("", ""), ("/desk/petitions/", "/desk/petitions/")])
def test_who_says_no_at_the_provider_comes_back_to_the_log_in(provider, official, target, kept):
    client = Client()
    begin = client.post("/accounts/oidc/sso/login/", {"next": target} if target else {})
    state = parse_qs(urlsplit(begin.url).query)["state"][0]
    no = f"/accounts/oidc/sso/login/callback/?error=access_denied&state={state}"
    back = client.get(no, follow=True)
    page = back.content.decode()
    assert back.status_code == 200 and back.resolver_match.url_name == "account_login"
    assert "không đồng ý ở VNeID" in page and 'name="password"' in page
    assert parse_qs(
        urlsplit(back.request["QUERY_STRING"] and f"?{back.request['QUERY_STRING']}").query
    ) == ({"next": [kept]} if kept else {})
    assert client.get(no).status_code == 401, "the answer of the provider counts once"
    logged_in = client.post(
        f"/accounts/login/{'?next=' + kept if kept else ''}",
        {"login": official.email, "password": PASSWORD},
    )
    assert logged_in.status_code == 302 and kept in logged_in.url


def test_who_says_no_while_linking_stays_logged_in(provider, official):
    client = Client()
    client.post("/accounts/login/", {"login": official.email, "password": PASSWORD})
    begin = client.post("/accounts/oidc/sso/login/?process=connect")
    state = parse_qs(urlsplit(begin.url).query)["state"][0]
    no = f"/accounts/oidc/sso/login/callback/?error=access_denied&state={state}"
    back = client.get(no, follow=True)
    assert back.resolver_match.url_name == "socialaccount_connections"
    page = back.content.decode()
    assert "chưa có gì thay đổi" in page and "đăng nhập bằng mật khẩu" not in page
    assert "_auth_user_id" in client.session and not SocialAccount.objects.exists()


@pytest.mark.parametrize("error", ["access_denied", "server_error", "login_required", ""])
def test_an_answer_to_nothing_that_was_asked_is_a_page(provider, db, error):
    answer = Client().get(f"/accounts/oidc/sso/login/callback/?error={error}&state=x")
    assert answer.status_code == 401 and "đăng nhập" in answer.content.decode()


def test_who_has_an_account_is_led_to_the_page_that_links_an_identity(provider, official):
    client = Client()
    assert "Liên kết đăng nhập một lần" in come_back(client).content.decode()
    client.post("/accounts/login/", {"login": official.email, "password": PASSWORD})
    assert 'href="/accounts/3rdparty/"' in client.get("/accounts/2fa/").content.decode()


def test_without_a_provider_nothing_is_offered_to_link(official):
    client = Client()
    client.post("/accounts/login/", {"login": official.email, "password": PASSWORD})
    assert "/accounts/3rdparty/" not in client.get("/accounts/2fa/").content.decode()


def test_an_address_that_its_owner_typed_alone_is_not_joined(provider, official):
    EmailAddress.objects.filter(user=official).update(verified=False)
    provider.claims |= {"email": official.email, "email_verified": False}
    client = Client()
    come_back(client)
    assert "_auth_user_id" not in client.session


@pytest.fixture
def sealing(provider, official, system, country, settings):  # noqa: F811
    """The official may seal; the act waits for level 2 or 3, the log-in alone for none."""
    own = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]
    own["levels"], own["act_levels"] = [], {"seal": ["2", "3"]}
    kind = OfficeKind.objects.create(key="sealer", name_vi="Người niêm phong", name_en="Sealer")
    OfficeRight.objects.create(office_kind=kind, verb="seal", kind="report")
    OfficeRight.objects.create(office_kind=kind, verb="confirm", kind="dialogue")
    place, since = country.province, date(2020, 1, 1)
    actions.appoint(official, office_kind=kind, unit=place, since=since, by=system)
    return place


def may_seal(client, place):
    """Whether the session of the browser may seal, and confirm."""
    actor = client.get("/desk/").wsgi_request.actor
    return actor.may("seal", "report", place), actor.may("confirm", "dialogue", place)


def test_an_act_waits_for_its_level_of_identity_in_this_very_session(provider, official, sealing):
    client = linked(provider, official)  # logged in by password
    assert may_seal(client, sealing) == (False, True)
    page = client.get("/desk/").content.decode()
    assert "niêm phong: xác thực bằng VNeID" in page and "for=seal" in page
    provider.claims |= {"IAL": "1"}
    come_back(client, query="&for=seal")
    assert client.asked["acr_values"] == ["2"]
    assert may_seal(client, sealing) == (False, True)
    provider.claims |= {"IAL": "3"}
    come_back(client, query="&for=seal")
    assert may_seal(client, sealing) == (True, True)
    assert "xác thực bằng" not in client.get("/desk/").content.decode()
    assert may_seal(linked_again(official), sealing) == (False, True)


def test_who_gives_an_office_is_told_that_a_level_comes_first(
    provider,
    official,
    sealing,
    system,  # noqa: F811
    country,
):
    kind = OfficeKind.objects.get(key="sealer")
    for verb in ("appoint", "delegate"):
        OfficeRight.objects.create(office_kind=kind, verb=verb, kind="office")
    other = actions.create_account(
        by=system, email="ba@example.vn", name="Lê Thị Ba", password=PASSWORD
    )
    client = linked(provider, official)
    own = Holding.objects.get(account=official)
    deputy = {"holding": own.pk, "deputy": other.email, "since": "01/01/2026", "grounds": "QĐ 1"}
    page = client.post(f"/desk/people/{official.pk}/deputise/", deputy, follow=True)
    assert "hãy xác thực ở đầu bàn" in page.content.decode().replace("\n", " ")
    provider.claims |= {"IAL": "2"}
    come_back(client, query="&for=seal")
    client.post(f"/desk/people/{official.pk}/deputise/", deputy, follow=True)
    assert Holding.objects.get(account=other).deputy_of == own


def linked_again(official):
    client = Client()
    client.post("/accounts/login/", {"login": official.email, "password": PASSWORD})
    return client


def test_a_token_shows_no_level_and_no_other_verb_can_be_asked_for(provider, official, sealing):
    assert not actor_of(official).may("seal", "report", sealing)
    client = Client()
    come_back(client, query="&for=view&acr_values=1")
    assert "acr_values" not in client.asked


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("", {}),
        ("seal=2", {"seal": ["2"]}),
        ("seal=2+3, appoint=", {"seal": ["2", "3"], "appoint": []}),
    ],
)
def test_levels_by_act_are_read_from_one_setting(text, levels):
    assert levels_by_act(text) == levels


def test_the_check_names_an_act_that_is_none_and_one_without_a_level(monkeypatch):
    monkeypatch.setenv("DANCHU_OIDC_ACT_LEVELS", "sael=2 appoint=")
    monkeypatch.delenv("DANCHU_OIDC_SERVER", raising=False)
    troubles = [str(one.what) for one in levels_of_acts_are_known()]
    assert len(troubles) == 3 and "sael" in troubles[1] and "appoint" in troubles[2]
