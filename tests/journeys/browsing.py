"""A person at a real browser, who follows the same links and presses the same buttons as the
Visitor of pages without script.
"""

import pytest
from lxml import html

from tests.journeys.visitor import Visitor, field_of
from tests.sizes import IS_LONG

# Forms of acts are folded until one of them is opened.
UNFOLD = """one => { for (let at = one; at; at = at.parentElement)
    if (at.tagName === 'DETAILS') at.open = true; }"""
EVERY_BUTTON = ".//button | .//input[@type='submit']"
STATUS = "performance.getEntriesByType('navigation')[0].responseStatus"
# A page that only begins to arrive has no element yet.
ARRIVED = "() => document.documentElement && !('left' in document.documentElement.dataset)"
FITS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
WIDTH, HEIGHT = 1280, 900
HAND = 390  # the width of a telephone


class BrowserVisitor(Visitor):
    """Goes on in the session of `visitor`, without one as anybody. `problems` are the faults that
    the browser told of.
    """

    def __init__(self, browser, site, visitor=None, width=WIDTH):
        super().__init__()
        self.client = visitor.client if visitor else self.client
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": HEIGHT}, locale="vi-VN"
        )
        session = self.client.cookies.get("sessionid")
        if session:
            cookie = {"name": "sessionid", "value": session.value, "url": site}
            context.add_cookies([cookie])
        self.tab = context.new_page()
        self.problems = []
        self.tab.on("pageerror", lambda fault: self.problems.append(str(fault)))
        self.site = site

    def close(self):
        self.tab.context.close()

    def open(self, path):
        self.tab.goto(path)
        return self._read()

    def press(self, button, typed=None, status=200):
        form, pressed = self._form(button, typed or {})
        forms = list(form.getroottree().iter("form"))
        place = self.tab.locator("form").nth(forms.index(form))
        for label, value in (typed or {}).items():
            self._fill(place, form, label, value)
        pressed_place = place.locator("button, input[type=submit]").nth(
            form.xpath(EVERY_BUTTON).index(pressed)
        )
        pressed_place.evaluate(UNFOLD)
        self.tab.evaluate("document.documentElement.dataset.left = ''")
        pressed_place.click()
        self.tab.wait_for_function(ARRIVED)
        return self._read(status)

    def _fill(self, place, form, label, value):
        fields = []
        self._type(form, fields, label, value)
        field = field_of(form, label)
        name, kind = field.get("name"), field.get("type", "text")
        if field.get("id") and kind != "radio":
            spot = self.tab.locator(f"[id='{field.get('id')}']")
        else:
            spot = place.locator(f"[name='{name}']")
        if kind == "checkbox":
            spot.evaluate(UNFOLD)
            spot.set_checked(bool(value))
            return
        given = fields[-1][1]
        if kind == "radio":
            spot = place.locator(f"[name='{name}'][value='{given}']")
        spot.evaluate(UNFOLD)
        if kind == "radio":
            spot.check()
        elif field.tag == "select":
            spot.select_option(given)
        elif kind == "file":
            name, content = value
            spot.set_input_files(
                {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            )
        else:
            spot.fill(value)
            spot.blur()  # what is offered while one types goes away

    def _read(self, status=200):
        self.tab.wait_for_load_state()
        self.path = self.tab.url.removeprefix(self.site).partition("#")[0]
        self.page = html.fromstring(self.tab.content())
        answered = self.tab.evaluate(STATUS)
        assert answered == status, f"{self.path}: {answered} {self.faults()}"
        assert not self.problems, f"{self.path}: {self.problems}"
        assert self.tab.evaluate(FITS), f"{self.path} is wider than the screen"
        return self


@pytest.fixture
def at_browser(request):
    """`at_browser(visitor, width)`: who is logged in goes on in a real browser, a citizen begins in
    one; in `make test` both stay with pages that are read without one.
    """
    if not IS_LONG:
        yield lambda visitor=None, width=WIDTH: visitor or Visitor()
        return
    chromium, site = request.getfixturevalue("chromium"), request.getfixturevalue("site")
    people = []

    def go_on(visitor=None, width=WIDTH):
        people.append(BrowserVisitor(chromium, site, visitor, width))
        return people[-1]

    yield go_on
    for one in people:
        one.close()
