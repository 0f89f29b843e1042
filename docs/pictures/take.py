"""Pictures of a demo that runs, at the width of a desk and of a hand, as small WebP files.

    make demo       # in one terminal
    make pictures   # in another: docs/pictures/<page>-<width>.webp, and <paper>.webp of papers

After `make test`, once, which brings the driver of the browser. Only some of them:

    .venv/bin/python docs/pictures/take.py http://127.0.0.1:8000 front paper-ballot

Those of a hall in use need no demo:

    DANCHU_TESTING=1 .venv/bin/python -m pytest tests/live/pictures.py
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from pages import PAGES, PAPERS
from webp import TALLEST, WIDTHS, keep

from danchu.demo.staff import PASSWORD

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def take(address, names):
    """Take the pictures of these names of PAGES and PAPERS."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  late: optional

    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not browser_path:
        sys.exit("Không có Chromium. (no Chromium)")
    pages = {name: page for name, page in PAGES.items() if name in names}
    papers = {name: page for name, page in PAPERS.items() if name in names}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        blank = browser.new_page()
        for who in dict.fromkeys(page.who for page in [*pages.values(), *papers.values()]):
            for width, height in WIDTHS.items():
                context = browser.new_context(
                    base_url=address, viewport={"width": width, "height": height}, locale="vi-VN"
                )
                tab = context.new_page()
                if who:
                    _log_in(tab, who)
                for name, page in pages.items():
                    if page.who == who:
                        _take_page(tab, blank, name, width, height)
                for name, paper in papers.items():
                    if paper.who == who and width == max(WIDTHS):
                        _take_paper(tab, blank, name)
                context.close()
        browser.close()


def _take_page(tab, blank, name, width, height):
    if not _open(tab, PAGES[name].address, PAGES[name].links):
        return
    tall = min(TALLEST, tab.evaluate("document.documentElement.scrollHeight"))
    tab.set_viewport_size({"width": width, "height": max(height, tall)})
    tab.wait_for_load_state("networkidle")  # pictures further down are fetched when they are near
    png = tab.screenshot()
    tab.set_viewport_size({"width": width, "height": height})
    keep(blank, png, f"{name}-{width}")


def _take_paper(tab, blank, name):
    """The first sheet of a PDF."""
    paper = PAPERS[name]
    if not _open(tab, paper.address, paper.links[:-1]):
        return
    link = tab.locator(paper.links[-1]).first.get_attribute("href")
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "sheet"
        sheet.with_suffix(".pdf").write_bytes(tab.request.get(link).body())
        options = ["-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile"]
        subprocess.run(["pdftoppm", *options, sheet.with_suffix(".pdf"), sheet], check=True)
        keep(blank, sheet.with_suffix(".png").read_bytes(), name)


def _open(tab, address, links):
    """Whether the page behind the address and the links is open; says where there is none."""
    answer = tab.goto(address, wait_until="networkidle")
    if answer.status != 200:
        print(f"– {address}: {answer.status}")
        return False
    for link in links:
        if not tab.locator(link).count():
            print(f"– {tab.url}: {link}")
            return False
        tab.locator(link).first.click()
        tab.wait_for_load_state("networkidle")
    return True


def _log_in(tab, who):
    tab.goto("/accounts/login/")
    tab.fill("input[name=login]", who)
    tab.fill("input[name=password]", PASSWORD)
    tab.press("input[name=password]", "Enter")
    tab.wait_for_load_state("networkidle")


if __name__ == "__main__":
    wanted = sys.argv[2:] or [*PAGES, *PAPERS]
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000", wanted)
