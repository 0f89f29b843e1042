"""The stations of a journey as pictures for the manual: each page where one stops is shown again in
a browser, at the width of a desk and of a hand.

    DANCHU_PICTURES=1 .venv/bin/python -m pytest tests/journeys -n 0
"""

import os
import runpy
from pathlib import Path

import pytest

from tests.browser import assert_accessible, assert_fits

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
TALLEST = 1500
ASKED_FOR = bool(os.environ.get("DANCHU_PICTURES"))


class NoPictures:
    """Passes every station."""

    def stop(self, visitor, name):
        pass


class Pictures:
    """Opens the visitor's page in their session, checks it at both widths and takes its picture."""

    def __init__(self, browser, site):
        self.browser, self.site = browser, site
        self.blank = browser.new_page()
        self.webp = runpy.run_path(str(PICTURES / "webp.py"))

    def stop(self, visitor, name):
        context = self.browser.new_context(
            base_url=self.site, locale="vi-VN", reduced_motion="reduce"
        )
        session = visitor.client.cookies.get("sessionid")
        if session:
            cookie = {"name": "sessionid", "value": session.value, "url": self.site}
            context.add_cookies([cookie])
        page = context.new_page()
        for width, height in self.webp["WIDTHS"].items():
            page.set_viewport_size({"width": width, "height": height})
            answer = page.goto(visitor.path)
            assert answer.status == 200, f"{visitor.path}: {answer.status}"
            assert_fits(page)
            assert_accessible(page)
            tall = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": max(height, tall)})
            self.webp["keep"](self.blank, page.screenshot(), f"day-one-{name}-{width}")
        context.close()


@pytest.fixture
def stations(request):
    """`stations.stop(visitor, name)`: pictures only when asked for."""
    if not ASKED_FOR:
        return NoPictures()
    return Pictures(request.getfixturevalue("chromium"), request.getfixturevalue("site"))
