"""Counts what the ten roles do on a demo: keys, clicks, loads, pixels, bytes, time to first paint.

`python -m bench.journeys http://127.0.0.1:8000` on a running demo prints the table; the column
"before" is what was counted before the pages were built anew. Nothing is timed against a limit:
seconds belong to the machine, counts to the pages.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from danchu.kernel.days import show_day, today

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
SLOW_LINE = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
}
CLERK, CHAIR = "congchuc@hoankiem.example", "chutich@hoankiem.example"
OFFICER = "tiepdan@hoankiem.example"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63f8ffff3f0005fe02fea73581840000000049454e44ae426082"
)


@dataclass
class Counted:
    """A page on which everything a person does is counted."""

    page: Page
    keys: int = 0
    content: int = 0
    clicks: int = 0
    loads: int = -1  # coming to the first page is none
    bytes: int = 0
    requests: int = 0
    _open: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.on("load", self._loaded)
        self.session = self.page.context.new_cdp_session(self.page)
        self.session.send("Network.enable")
        self.session.on("Network.loadingFinished", self._finished)

    def _loaded(self, _page: Page) -> None:
        self.loads += 1

    def _finished(self, event: dict) -> None:
        self.bytes += int(event["encodedDataLength"])
        self.requests += 1

    def press(self, *keys: str) -> None:
        for key in keys:
            self.keys += 1
            self.page.keyboard.press(key)

    def type(self, text: str, is_content: bool = True) -> None:
        self.keys += len(text)
        self.content += len(text) if is_content else 0
        self.page.keyboard.type(text)

    def click(self, selector: str) -> None:
        self.clicks += 1
        self.page.locator(selector).first.click()

    def tab_to(self, name: str) -> None:
        """Press Tab until the field of that name has the focus."""
        for _press in range(60):
            if self.page.evaluate("document.activeElement?.name || ''") == name:
                return
            self.press("Tab")
        raise LookupError(name)


class Site:
    """A demo, and a browser that goes to it as one role after another."""

    def __init__(self, browser, address: str) -> None:
        self.browser, self.address = browser, address

    @contextmanager
    def visit(self, path: str, role: str = "", view: dict = DESK, slow: bool = False):
        context = self.browser.new_context(
            base_url=self.address, viewport=view, locale="vi-VN", has_touch=view is PHONE
        )
        page = context.new_page()
        if role:
            page.goto("/accounts/login/")
            page.fill("[name=login]", role)
            page.fill("[name=password]", "thuc-hanh-2026")
            page.press("[name=password]", "Enter")
            page.wait_for_url("**/desk/**")
        counted = Counted(page)
        if slow:
            counted.session.send("Network.emulateNetworkConditions", SLOW_LINE)
            counted.session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(path)
        page.wait_for_load_state("networkidle")
        yield counted
        context.close()


Row = tuple[str, str, str]


def top(counted: Counted, selector: str) -> int:
    """The pixel at which the first such element begins."""
    box = counted.page.locator(selector).first.bounding_box()
    return round(box["y"]) if box else -1


def height(counted: Counted, selector: str = "html") -> int:
    script = "(name) => Math.round(document.querySelector(name).getBoundingClientRect().height)"
    return counted.page.evaluate(script, selector)


def record_by_keys(site: Site) -> Iterator[Row]:
    """A dialogue from the desk to its saved record, by the keyboard alone."""
    with site.visit("/desk/", CLERK) as clerk:
        clerk.press("n")
        clerk.page.wait_for_selector("#find-kind:focus")
        clerk.type("doi", is_content=False)
        clerk.press("Enter")
        clerk.page.wait_for_selector("[name=held_on]:focus")
        held_on = show_day(today() - timedelta(days=3))
        clerk.type(held_on)
        clerk.tab_to("title")
        clerk.type("Đối thoại về vỉa hè, chợ và phố cổ")
        numbers = clerk.page.locator("main form [inputmode=numeric]:visible")
        names = numbers.evaluate_all("(fields) => fields.map((field) => field.name)")
        names = [name for name in names if name != "held_on" and "part" not in name]
        for name, count in zip(names, ("120", "14", "9"), strict=False):
            clerk.tab_to(name)
            clerk.type(count)
        clerk.press("Enter")
        clerk.page.wait_for_url("**/desk/records/*-*/")
        told = f"{clerk.keys} keys, {clerk.content} of them content, {clerk.loads} loads"
        yield "clerk: dialogue by keyboard, desk to saved", "86 keys, 50 content, 2 loads", told


def pixels_of_desk(site: Site) -> Iterator[Row]:
    with site.visit("/desk/", CLERK, PHONE) as clerk:
        yield "clerk, 390 px: header of each page", "305 px", f"{height(clerk, 'header')} px"
        yield "clerk, 390 px: desk", "5.076 px", f"{height(clerk)} px"
        clerk.page.goto("/desk/records/new/?kind=dialogue")
        first = "main form.form input:not([type=hidden])"
        yield "clerk, 390 px: first field of a form", "y = 604", f"y = {top(clerk, first)}"
        clerk.page.goto("/desk/records/")
        row = top(clerk, "main tbody tr")
        yield "clerk, 390 px: first row of the book", "y = 961", f"y = {row}"


def confirm_drafts(site: Site) -> Iterator[Row]:
    with site.visit("/desk/", CHAIR) as chair:
        chair.click("a[href*='confirm/']")
        chair.page.wait_for_load_state("networkidle")
        number = chair.page.locator("main form input[type=checkbox]").count()
        told = f"{chair.clicks + 1} clicks, {chair.loads + 1} loads for {number} on the page"
        yield "chairman: thirty drafts confirmed", "about 90 clicks, 90 loads", told


def answer_a_lamp(site: Site) -> Iterator[Row]:
    """A lamp from the list to its answer, the next one open."""
    with site.visit("/desk/petitions/?nature=feedback&status=received", OFFICER) as officer:
        officer.click("main tbody tr a")
        officer.page.wait_for_load_state("networkidle")
        steps = [one.strip() for one in officer.page.locator("main form button").all_inner_texts()]
        yield "officer: next steps that a new lamp offers", "–", ", ".join(steps[:3])


def report_a_lamp(site: Site) -> Iterator[Row]:
    with site.visit("/", "", PHONE) as citizen:
        front = height(citizen)
        yield "citizen, 390 px: front page", "5.028 px, no way in", f"{front} px"
        citizen.click("main a[href*='broken'], main a[href*='send/']")
        citizen.page.wait_for_load_state("networkidle")
        fields = citizen.page.locator(
            "main form input:not([type=hidden]):visible, main form textarea:visible, "
            "main form select:visible"
        ).count()
        told = f"{citizen.clicks} tap, {height(citizen)} px, {fields} fields"
        yield "citizen: from the front page to the form", "2 taps, 3.568 px, 14 fields", told


def my_ward(site: Site) -> Iterator[Row]:
    with site.visit("/search/?q=hoan+kiem", "", PHONE) as citizen:
        citizen.click("main a[href*='/places/'], main a[href*='/units/']")
        citizen.page.wait_for_load_state("networkidle")
        told = f"{citizen.clicks} tap, page of {height(citizen)} px"
        yield "citizen: what my ward promises", "4 taps, page of 7.114 px", told


def open_a_number(site: Site) -> Iterator[Row]:
    with site.visit("/search/?q=24.624") as journalist:
        found = journalist.page.locator("main a:has-text('24.6')").count()
        yield "journalist: search “24.624”", "nothing", f"{found} links"
    with site.visit("/report/ha-noi-2023/") as journalist:
        journalist.click("main a:has-text('24.62')")
        journalist.page.wait_for_load_state("networkidle")
        told = f"{journalist.clicks + 1} clicks, {journalist.loads + 1} loads"
        yield "journalist: front page to the rows of 24.624", "2 clicks, rows at y = 1.908", told


def weight(site: Site, path: str, name: str, before: str) -> Iterator[Row]:
    with site.visit(path, "", PHONE) as reader:
        told = f"{reader.bytes / 1000:.0f} kB, {reader.requests} requests"
        yield f"{name}: first visit at 390 px", before, told


def first_paint(site: Site) -> Iterator[Row]:
    with site.visit("/", "", PHONE, slow=True) as reader:
        script = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime || 0"
        seconds = reader.page.evaluate(script) / 1000
        yield "front page: first paint, 400 kbit/s, 400 ms, CPU a quarter", "–", f"{seconds:.2f} s"


def lengths(site: Site) -> Iterator[Row]:
    for path, before in (("/figures/", "23.421 px"), ("/law/", "26.010 px")):
        with site.visit(path, "", PHONE) as reader:
            yield f"{path} at 390 px", before, f"{height(reader)} px"


JOURNEYS: tuple[Callable[[Site], Iterator[Row]], ...] = (
    record_by_keys,
    pixels_of_desk,
    confirm_drafts,
    answer_a_lamp,
    report_a_lamp,
    my_ward,
    open_a_number,
    partial(weight, path="/", name="front page", before="357 kB, 21 requests"),
    partial(weight, path="/report/", name="report", before="264 kB, 19 requests"),
    partial(weight, path="/figures/supervisions_217/", name="figure", before="400 kB, 21 requests"),
    partial(weight, path="/petitions/", name="petitions", before="242 kB, 20 requests"),
    first_paint,
    lengths,
)


def main(address: str) -> int:
    """Print the table; 1 when a journey could not be gone."""
    path = next((one for one in CHROMIUM if Path(one).exists()), None)
    failures = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        site = Site(browser, address.rstrip("/"))
        for journey in JOURNEYS:
            try:
                for what, before, now in journey(site):
                    print(f"{what:62} {before:>32}   {now}", flush=True)
            except Exception as fault:  # noqa: BLE001  the others are still counted
                failures += 1
                print(f"{getattr(journey, '__name__', journey)}: {str(fault)[:200]}", flush=True)
        browser.close()
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
