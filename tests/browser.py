"""Browser tests: a Chromium, our site in the test's own transaction, and the checks every page must
pass.

    @pytest.mark.browser
    def test_the_front_page_is_for_everyone(browser_page):
        inspect(browser_page, "/")

`browser_page` is a Playwright page whose relative addresses are the site's; `page_without_script`
is the same without JavaScript. The site uses the test's own transaction, which is rolled back after
the test.
"""

import asyncio
import os
import re
import shutil
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import LiveServerThread

from tests.sizes import part

AXE = (Path(__file__).parent / "look" / "assets" / "axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = {"type": "rule", "values": ["color-contrast"]}
WIDTHS = (390, 1280)
# A page is read by axe as one of these a day: in two days at both widths and in both themes.
READINGS = ((390, "light"), (1280, "dark"), (390, "dark"), (1280, "light"))
# What is another in each run: ids in an address.
NUMBERS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9]+")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium():
    return os.environ.get("CHROMIUM") or next(
        (path for name in NAMES if (path := shutil.which(name))), None
    )


class _OneAfterAnother:
    """WSGI middleware that answers one request at a time, to the last byte: they share one database
    connection, and savepoints of concurrent requests would release each other. After `end()` it
    answers 503.
    """

    def __init__(self, application):
        self.application, self.turn, self.over = application, threading.Lock(), False

    def __call__(self, environ, start_response):
        self.turn.acquire()
        try:
            if self.over:
                start_response("503 Service Unavailable", [("Content-Length", "0")])
                return _Answer([], self.turn)
            return _Answer(self.application(environ, start_response), self.turn)
        except BaseException:
            self.turn.release()
            raise

    def end(self):
        with self.turn:
            self.over = True


class _Answer:
    """The answer; releases the lock when the server closes it."""

    def __init__(self, answer, turn):
        self.answer, self.turn, self.is_released = answer, turn, False

    def __iter__(self):
        return iter(self.answer)

    def close(self):
        if self.is_released:  # the server closes twice when the browser has disconnected
            return
        try:
            if hasattr(self.answer, "close"):
                self.answer.close()
        finally:
            self.is_released = True
            self.turn.release()


class _Server(ThreadedWSGIServer):
    def set_app(self, application):
        super().set_app(_OneAfterAnother(application))

    def _close_connections(self):
        """Does nothing: the connection belongs to the test."""


class _ServerThread(LiveServerThread):
    """Shares the test's connection only with the threads of requests: the server's own thread
    closes its connections.
    """

    server_class = _Server

    def __init__(self, *arguments, shared):
        super().__init__(*arguments)
        self.shared = shared

    def _create_server(self, connections_override=None):
        return super()._create_server(connections_override=self.shared)


@pytest.fixture
def site(db):
    """The address of the site, served on the test's own connection."""
    connection = connections["default"]
    connection.inc_thread_sharing()
    for signal in (
        request_started,
        request_finished,
    ):  # both would close a connection inside a transaction
        signal.disconnect(close_old_connections)
    server = _ServerThread("127.0.0.1", StaticFilesHandler, shared={"default": connection})
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    # Django's test client reconnects the signals after each of its requests: they must not close
    # this connection.
    connection.close_if_unusable_or_obsolete = lambda: None
    yield f"http://127.0.0.1:{server.port}"
    server.httpd.get_app().end()  # what is still being answered would write into the next test
    del connection.close_if_unusable_or_obsolete
    server.terminate()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    connection.dec_thread_sharing()


@pytest.fixture(scope="session")
def chromium():
    path = find_chromium()
    if not path:
        pytest.skip("Không có Chromium: bỏ qua kiểm thử trình duyệt")
    from playwright.sync_api import sync_playwright  # needed only where there is a browser

    with sync_playwright() as playwright:
        loop = asyncio.get_running_loop()
        with _loop_out_of_sight(loop):
            browser = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--disable-gpu"]
            )
            yield browser
            browser.close()


@contextmanager
def _loop_out_of_sight(loop):
    """Playwright leaves its event loop set as running between calls, and Django would take the
    tests for asynchronous and give them other database connections: it is set only during
    Playwright's calls. Listening (`page.on`) starts a task too, and a test that ran a loop of its
    own (`asyncio.run`) has left this thread without one.
    """
    from playwright._impl._sync_base import EventContextManager, SyncBase

    def marked(plain):
        def call(self, *arguments, **options):
            asyncio._set_running_loop(loop)
            try:
                return plain(self, *arguments, **options)
            finally:
                asyncio._set_running_loop(None)

        return call

    calls = [(SyncBase, name) for name in ("_sync", "on", "once", "remove_listener")]
    calls.append((EventContextManager, "__enter__"))
    plain = [(owner, name, getattr(owner, name)) for owner, name in calls]
    for owner, name, method in plain:
        setattr(owner, name, marked(method))
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        for owner, name, method in plain:
            setattr(owner, name, method)
        asyncio._set_running_loop(loop)


def _page(browser, site, **options):
    context = browser.new_context(
        base_url=site, viewport={"width": 1280, "height": 900}, locale="vi-VN", **options
    )
    page = context.new_page()
    page.problems = []
    page.on(
        "console",
        lambda message: page.problems.append(message.text) if message.type == "error" else None,
    )
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    return page


@pytest.fixture
def browser_page(chromium, site):
    page = _page(chromium, site)
    yield page
    page.context.close()


@pytest.fixture
def page_without_script(chromium, site):
    page = _page(chromium, site, java_script_enabled=False)
    yield page
    page.context.close()


def inspect(page, path, status=200):
    """Open the page and look at it; the console has no errors."""
    _as_in_theme(page, "light")
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    answer = page.goto(path)
    assert answer.status == status, f"{path}: {answer.status}"
    look(page, path)
    if status == 200:
        assert page.problems == []


def look(page, name):
    """The page as it is now fits in both widths and axe finds nothing. Most rules of axe read the
    same document at either width and in either theme, so `make test` asks them once a day
    (READINGS), in a turn that is a matter of `name`. Where the light theme is read too, the dark
    one differs only in colours.
    """
    readings = part(READINGS, len(READINGS), NUMBERS.sub("", name))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page)
        for theme in ("light", "dark"):
            if (width, theme) in readings:
                _as_in_theme(page, theme)
                is_read_light = theme == "dark" and (width, "light") in readings
                assert_accessible(page, COLOURS if is_read_light else RULES)


def _as_in_theme(page, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")


def assert_fits(page):
    """The page does not scroll sideways."""
    over = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    width = page.viewport_size["width"]
    assert over <= 0, f"{page.url} sticks out by {over} px at {width} px: {_sticking_out(page)}"


def assert_accessible(page, rules=RULES):
    """axe-core finds no violation of WCAG 2.2 AA or of good practice on the page as it is now."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    result = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})", rules
    )
    lines = [
        f"{rule['id']}: {rule['help']}\n    "
        + "\n    ".join(f"{n['target']} {n['html'][:160]}" for n in rule["nodes"][:5])
        for rule in result["violations"]
    ]
    assert not lines, f"{page.url} at {page.viewport_size['width']} px\n" + "\n".join(lines)


def _sticking_out(page):
    return page.evaluate(
        """() => [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right >
        document.documentElement.clientWidth + 1).slice(0, 4).map(e => e.outerHTML.slice(0, 120))"""
    )


def pytest_terminal_summary(terminalreporter):
    skipped = [
        r for r in terminalreporter.stats.get("skipped", []) if "Chromium" in str(r.longrepr)
    ]
    if skipped:
        terminalreporter.section("KHÔNG CÓ CHROMIUM – NO CHROMIUM", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{len(skipped)} kiểm thử trình duyệt KHÔNG chạy. Hãy cài Chromium (apt-get "
            f"install chromium) "
            f"hoặc đặt CHROMIUM=/đường/dẫn. / {len(skipped)} browser tests did NOT run."
        )
