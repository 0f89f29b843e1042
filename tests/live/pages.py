"""The hall's pages served on committed data beside the hall's real processes, and browsers in
it at once.
"""

import secrets

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread

from danchu.conference.access.tokens import cookie_name, write_token
from danchu.conference.models import HallState, Pass
from tests.live.conftest import Device, wait_for
from tests.live.full_hall import FullHall


class Pages:
    """A served hall with its site; `browser` makes a page that holds a pass."""

    def __init__(self, served, address, chromium):
        self.served, self.address, self.chromium, self.contexts = served, address, chromium, []
        self.conference = served.conference

    @property
    def path(self):
        return f"/hall/{self.conference.pk}/"

    def token(self, held):
        """The token of a device that has come in by the pass."""
        if not held.device:
            held.device = secrets.token_hex(8)
            held.save(update_fields=["device"])
        return write_token(
            self.conference.pk,
            held.pk,
            held.role,
            held.delegate_id or held.point_id or 0,
            held.device,
        )

    def pass_for(self, role, point=None):
        return Pass.objects.create(
            conference=self.conference, role=role, point=point, secret=secrets.token_hex(16)
        )

    def browser(self, held=None, width=390, **options):
        """A page in a browser of its own; `problems` are what its console complained of."""
        context = self.chromium.new_context(
            base_url=self.address,
            viewport={"width": width, "height": 844 if width < 600 else 900},
            locale="vi-VN",
            **options,
        )
        self.contexts.append(context)
        if held is not None:
            context.add_cookies(
                [
                    {
                        "name": cookie_name(self.conference.pk),
                        "value": self.token(held),
                        "url": self.address,
                        "httpOnly": True,
                        "sameSite": "Lax",
                    }
                ]
            )
        page = context.new_page()
        page.problems = []
        page.on(
            "console",
            lambda message: page.problems.append(message.text) if message.type == "error" else None,
        )
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        return page

    def delegate(self, place=0, **options):
        return self.browser(self.served.delegates[place].pass_in, **options)

    def enter(self, page, path=""):
        """Open a page of the hall and wait until it hears the hall."""
        page.goto(self.path + path)
        page.wait_for_selector("#line[data-line=live]", state="attached")
        return page

    def device(self, held):
        """The same pass over plain sockets."""
        return Device(self.served, self.token(held))


@pytest.fixture
def pages(hall, chromium, settings):
    """Makes a served hall with its site: `pages(delegates=3)`."""
    threads, made = [], []

    def make(**more):
        served = hall(**more)
        settings.LIVE_PORT, settings.INTAKE_PORT = served.ports["hub"], served.ports["intake"]
        thread = LiveServerThread("127.0.0.1", StaticFilesHandler)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        threads.append(thread)
        made.append(Pages(served, f"http://127.0.0.1:{thread.port}", chromium))
        return made[-1]

    yield make
    for one in made:
        for context in one.contexts:
            context.close()
    for thread in threads:
        thread.terminate()
    connections.close_all()


@pytest.fixture
def full(pages):
    """A full hall, told."""
    made = pages(delegates=8)
    made.full = FullHall(made.conference, made.served.delegates)
    wait_for(
        lambda: HallState.objects.filter(
            conference=made.conference, state__has_key="floor"
        ).exists()
    )
    return made
