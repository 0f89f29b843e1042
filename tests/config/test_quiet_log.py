"""No log keeps what opens a door: codes in the links of invitations, secrets by which a
petition is followed.
"""

import logging
import re
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.urls import get_resolver

from danchu.config.pg_tools import url_of
from danchu.config.quiet import NoCodes
from danchu.config.web import Web
from tests.config.test_serve import free_port
from tests.sizes import long, part

# Parts of addresses with such names that open nothing by themselves.
OPEN_PARTS = (r"petitions/<str:code>/", r"open311/", r"desk/")
CODE, SECRET = "7QK4M-2ZDXA", "K7Q2-M4XD-9ZAB-3CDE"


@long
@pytest.mark.parametrize(
    "asked",
    part(
        [
            pytest.param("true", id="with an access log asked for by the environment"),
            pytest.param(None, id="as it is started"),
        ],
        2,
        "quiet",
    ),
)
def test_the_web_server_writes_no_address_down(transactional_db, monkeypatch, capfd, asked):
    monkeypatch.setenv("DATABASE_URL", url_of(connection.settings_dict["NAME"]))
    if asked:
        monkeypatch.setenv("GRANIAN_LOG_ACCESS_ENABLED", asked)
    monkeypatch.setenv("DANCHU_WORKERS", "1")
    web = Web(free_port())
    web.start()
    try:
        assert web.wait_until_ready(lambda: False)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        base = f"http://127.0.0.1:{web.port}"
        assert CODE in browser.open(f"{base}/h/{CODE}/", timeout=60).read().decode()
        form = (
            browser.open(f"{base}/petitions/follow/?code=PA-7QK4-M2ZD", timeout=60).read().decode()
        )
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1]
        for path, fields in (
            ("/petitions/follow/", {"code": "PA-7QK4-M2ZD", "secret": SECRET}),
            (f"/h/{CODE}/", {"code": CODE}),
        ):
            with pytest.raises(urllib.error.HTTPError) as refused:
                browser.open(
                    base + path,
                    urlencode({"csrfmiddlewaretoken": token, **fields}).encode(),
                    timeout=60,
                )
            assert refused.value.code == 400
    finally:
        web.stop()
    told = "".join(capfd.readouterr())
    assert CODE not in told and SECRET not in told and "/petitions/follow" not in told


def test_an_error_on_the_page_of_an_invitation_is_told_without_its_code(settings):
    line = logging.LogRecord(
        "django.request",
        logging.ERROR,
        "",
        0,
        "%s: %s",
        ("Internal Server Error", f"/h/{CODE}/"),
        None,
    )
    assert NoCodes().filter(line) and line.getMessage() == "Internal Server Error: /h/…/"
    other = logging.LogRecord(
        "django.request",
        logging.ERROR,
        "",
        0,
        "%s: %s",
        ("Internal Server Error", "/units/3/"),
        None,
    )
    assert NoCodes().filter(other) and other.getMessage() == "Internal Server Error: /units/3/"
    assert settings.LOGGING["handlers"]["console"]["filters"][0] == "no_codes"


@pytest.mark.case("SE-M14")
def test_whatever_opens_something_by_its_address_is_masked():
    routes = {
        route.removeprefix("en/")
        for route in routes_of(get_resolver())
        if re.search("<(str|slug):(code|secret|token|card|pass)>", route)
    }
    secret = {route for route in routes if not re.match("|".join(OPEN_PARTS), route)}
    assert len(secret) >= 6
    for route in secret:
        address = "/" + re.sub("<[a-z]+:[a-z]+>", SECRET, route)
        line = logging.LogRecord("django.request", 40, "", 0, "Error: %s", (address,), None)
        assert NoCodes().filter(line) and SECRET not in line.getMessage(), route


def routes_of(resolver, before=""):
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes_of(pattern, route)
        else:
            yield route
