"""The first visit of the front page is light: at most 100 kB before pictures."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

MOST = 100_000


def test_a_first_visit_of_the_front_page_is_light(client, country, db):
    """The page, its styles and scripts as they are sent compressed, and the faces that a page in
    Vietnamese fetches.
    """
    answer = client.get("/", headers={"Accept-Encoding": "gzip"})
    page = answer.content
    if answer.headers.get("Content-Encoding") == "gzip":
        page = gzip.decompress(page)
    names = re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js))"', page.decode())
    assert len(names) >= 2
    sizes = {name: len(gzip.compress(Path(finders.find(name)).read_bytes())) for name in names}
    fonts = Path(finders.find("look/fonts.css")).parent / "fonts"
    for face in fonts.glob("*.woff2"):
        if "-latin-ext-" not in face.name:
            sizes[face.name] = face.stat().st_size
    sizes["page"] = len(gzip.compress(page))
    assert sum(sizes.values()) <= MOST, sizes
