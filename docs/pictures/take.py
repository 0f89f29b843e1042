"""Pictures of the pages of a demo that runs, at the width of a desk and of a hand, as small WebP
files.

make demo                                  # in one terminal make test
# once, it brings the browser's driver make pictures                              # in another:
docs/pictures/<page>-<width>.webp .venv/bin/python docs/pictures/take.py http://127.0.0.1:8000 front
report    # only these DANCHU_TESTING=1 .venv/bin/python -m pytest tests/live/pictures.py
# a hall in use: needs no demo
"""

import base64
import shutil
import sys
from pathlib import Path

from danchu.demo.staff import PASSWORD

HERE = Path(__file__).parent
PERIOD = "unit=01@2023-12-12&since=2021-01-01&last=2023-12-12&map=2023-12-12"
CLERK, FRONT = "congchuc@hoankiem.example", "mattran@hoankiem.example"
HANDLER = "tiepdan@hoankiem.example"
OPERATOR = "quantri@demo.example"
BOARD = "thanhtra@hoankiem.example"
CHAIR, OFFICER = "chutich@hoankiem.example", "bcd@hanoi.example"
# page: (address, who is logged in, the link to follow from there, or several)
PAGES = {
    "front": ("/", None, None),
    "figure": (f"/figures/supervisions_217/?{PERIOD}", None, None),
    "figures": ("/figures/", None, None),
    "compare": ("/compare/", None, None),
    "unit": ("/units/?q=hoan+kiem", None, "main ol.rows a, main .columns a, main table a"),
    "search": ("/search/?q=hoan+kiem", None, None),
    "report": ("/report/ha-noi-2023/", None, None),
    "login": ("/accounts/login/", None, None),
    "desk": ("/desk/", CLERK, None),
    "form": ("/desk/records/new/?kind=supervision_217", FRONT, None),
    "records": ("/desk/records/", CHAIR, None),
    "statement": ("/desk/statements/new/", CLERK, None),
    "import": ("/desk/imports/", CLERK, None),
    "petitions": ("/petitions/?unit=01@2026-03-16", None, None),
    "petition-send": ("/petitions/send/", None, None),
    "petition-list": ("/desk/petitions/", HANDLER, None),
    "petition-file": ("/desk/petitions/?nature=complaint", HANDLER, "main table a"),
    "reception": ("/desk/reception/", HANDLER, None),
    "round": ("/desk/rounds/new/", BOARD, None),
    "project": ("/projects/", None, "main tbody a"),
    "law-rules": ("/desk/law/", OPERATOR, None),
    "law-rule": ("/desk/law/complaint.accept/", OPERATOR, None),
    "law-form": ("/desk/law/complaint.resolve/new/", OPERATOR, None),
    "law-calendar": ("/desk/law/calendar/2026/", OPERATOR, None),
    "law-escalations": ("/desk/law/escalations/", OPERATOR, None),
    "conferences": ("/conferences/?q=minh+hoa", None, "main tbody a"),
    "conference": ("/desk/conferences/", OFFICER, "main tbody a"),
    "conference-delegates": (
        "/desk/conferences/",
        OFFICER,
        "main tbody a then main a[href$='/delegates/']",
    ),
    "conference-presence": (
        "/desk/conferences/",
        OFFICER,
        "main tbody a then main a[href$='/presence/']",
    ),
    "conference-form": ("/desk/conferences/new/", OFFICER, None),
    "commitments": ("/commitments/?unit=01@2026-03-16", None, None),
    "minutes": ("/desk/minutes/?state=approved&q=doi+thoai", CLERK, "main tbody a"),
    "minutes-edit": (
        "/desk/minutes/?state=drafted",
        CLERK,
        "main tbody a then .page-actions a.primary",
    ),
    "report-seal": ("/report/ha-noi-2023/", OFFICER, None),
}
WIDTHS = {1280: 900, 390: 844}
TALLEST = 1500
LARGEST = 150_000  # bytes of a picture
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# The browser itself turns its picture into WebP: no further library.
SMALLER = """async ([png, quality]) => {
  const source = await fetch('data:image/png;base64,' + png);
  const picture = await createImageBitmap(await source.blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d').drawImage(picture, 0, 0);
  const blob = await canvas.convertToBlob({type: 'image/webp', quality});
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}"""


def take(address, names):
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  late: optional

    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if not browser_path:
        sys.exit("Không có Chromium. (no Chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"]
        )
        blank = browser.new_page()
        for who in dict.fromkeys(PAGES[name][1] for name in names):
            for width, height in WIDTHS.items():
                context = browser.new_context(
                    base_url=address, viewport={"width": width, "height": height}, locale="vi-VN"
                )
                page = context.new_page()
                if who:
                    _log_in(page, who)
                for name in names:
                    if PAGES[name][1] == who:
                        _take_one(page, blank, name, width, height)
                context.close()
        browser.close()


def _take_one(page, blank, name, width, height):
    path, _who, link = PAGES[name]
    answer = page.goto(path, wait_until="networkidle")
    for one in link.split(" then ") if link else ():
        page.locator(one).first.click()
        page.wait_for_load_state("networkidle")
    if answer.status != 200:
        print(f"– {path}: {answer.status}")
        return
    tall = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": width, "height": max(height, tall)})
    png = page.screenshot()
    page.set_viewport_size({"width": width, "height": height})
    keep(blank, png, name, width)


def keep(blank, png, name, width):
    """Write a picture as WebP that is not too large."""
    png = base64.b64encode(png).decode()
    for quality in (0.85, 0.7, 0.5, 0.3):
        picture = base64.b64decode(blank.evaluate(SMALLER, [png, quality]))
        if len(picture) <= LARGEST:
            break
    (HERE / f"{name}-{width}.webp").write_bytes(picture)
    print(f"✓ {name}-{width}.webp {len(picture) // 1000} kB")


def _log_in(page, who):
    page.goto("/accounts/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    wanted = sys.argv[2:] or list(PAGES)
    take(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000", wanted)
