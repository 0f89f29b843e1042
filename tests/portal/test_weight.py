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


def test_the_dots_of_the_map_wait_for_the_sheet_of_the_page(client, country, db):
    """They are a picture that is fetched late: as part of the page's drawing they shared the line
    with the sheet, and the page stayed white a quarter of a second longer.
    """
    page = client.get("/").content.decode()
    picture = re.search(r'<img\s+class="map-ground"[^>]*>', page)[0]
    assert 'loading="lazy"' in picture
    address = re.search(r'src="([^"]+)"', picture)[1]
    assert page.count(address) == 1
    drawing = client.get(address)
    assert drawing["Content-Type"] == "image/svg+xml"
    assert "immutable" in drawing["Cache-Control"]
    assert drawing.content.count(b"<path") == 1
