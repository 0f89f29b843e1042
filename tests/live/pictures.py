"""Pictures of a hall in use, for docs/pictures: DANCHU_TESTING=1 .venv/bin/python -m pytest
tests/live/pictures.py
"""

import runpy
from pathlib import Path

import pytest

from danchu.conference.models import Vote
from tests.live.conftest import hall  # noqa: F401
from tests.live.pages import full, pages  # noqa: F401

WEBP = Path(__file__).resolve().parents[2] / "docs" / "pictures" / "webp.py"
WIDTHS = {390: 844, 1280: 800}
TALLEST = 1500


@pytest.mark.browser
def test_pictures_of_a_hall_in_use(full):
    keep = runpy.run_path(str(WEBP))["keep"]
    poll = full.full.poll(franchise="both")
    Vote.objects.bulk_create(
        Vote(poll=poll, voter=one, choice=place % 5 == 4)
        for place, one in enumerate(full.served.delegates[1:])
    )
    full.full.tell()
    stewards = {
        role: full.pass_for(role, full.full.ward if role == "room" else None)
        for role in ("chair", "moderator", "room", "projector", "speaker")
    }
    blank = full.browser()
    views = (
        ("hall", full.served.delegates[0].pass_in, ""),
        ("hall-room", stewards["room"], "room/"),
        ("hall-chair", stewards["chair"], "chair/"),
        ("hall-questions", stewards["moderator"], "questions/"),
        ("hall-screen", stewards["projector"], "screen/?view=result"),
        ("hall-speaker", stewards["speaker"], "speaker/"),
    )
    for name, held, path in views:
        for width, height in WIDTHS.items():
            page = full.browser(held, width=width)
            page.set_viewport_size({"width": width, "height": height})
            full.enter(page, path)
            page.wait_for_timeout(800)
            tall = page.evaluate("document.documentElement.scrollHeight")
            if path and not path.startswith("s"):
                page.set_viewport_size({"width": width, "height": max(height, min(TALLEST, tall))})
            keep(blank, page.screenshot(), f"{name}-{width}")
            assert page.problems == []
            page.context.close()
