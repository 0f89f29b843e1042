"""Pictures of the pages of a demo that runs, at the width of a desk and of a hand.

    make demo                                  # in one terminal
    make test                                  # once, it brings the browser's driver
    make pictures                              # in another: docs/pictures/<page>-<width>.png
    .venv/bin/python docs/pictures/take.py http://127.0.0.1:8000 front report    # only these
"""

import shutil
import sys
from pathlib import Path

from danchu.demo.staff import PASSWORD, STAFF

HERE = Path(__file__).parent
PERIOD = "unit=01@2023-12-12&since=2021-01-01&until=2023-12-13&map=2023-12-12"
# page: (address, whether one must be logged in)
PAGES = {
    "front": ("/", False),
    "figure": (f"/figures/supervisions_217/?{PERIOD}", False),
    "compare": ("/compare/", False),
    "units": ("/units/", False),
    "search": ("/search/?q=hoan+kiem", False),
    "report": ("/reports/", False),
    "login": ("/accounts/login/", False),
    "desk": ("/desk/", True),
}
WIDTHS = {1280: 900, 390: 844}
TALLEST = 2400
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def take(address, names):
    from playwright.sync_api import sync_playwright  # among the packages of `make test` only

    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not browser_path:
        sys.exit("Không có Chromium. (no Chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for width, height in WIDTHS.items():
            context = browser.new_context(base_url=address, viewport={"width": width, "height": height}, locale="vi-VN")
            page = context.new_page()
            for name in sorted(names, key=lambda one: PAGES[one][1]):
                _take_one(page, name, width, height)
            context.close()
        browser.close()


def _take_one(page, name, width, height):
    path, inside = PAGES[name]
    answer = page.goto(path, wait_until="networkidle")
    if inside and "login" in page.url:
        _log_in(page)
        answer = page.goto(path, wait_until="networkidle")
    if answer.status != 200:
        print(f"– {path}: {answer.status}")
        return
    tall = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    page.screenshot(path=HERE / f"{name}-{width}.png")
    page.set_viewport_size({"width": width, "height": height})
    print(f"✓ {name}-{width}.png")


def _log_in(page):
    page.fill("input[name=login]", STAFF[0][0])
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    wanted = sys.argv[2:] or list(PAGES)
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000", wanted)
