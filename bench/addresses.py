"""The addresses that the readers of `bench/load.py` ask for."""

import random

from bench.clients import Ask

COMMUNES, FIGURES = 168, 40
LANGUAGES = ("", "/en")
FRONT, PLACE, FIGURE = "trang chính", "nơi của tôi", "một con số"
REPORT, LIST = "báo cáo", "danh sách"


def places():
    """(ids of communes, keys of figures) from which addresses are drawn."""
    from danchu.figures.catalogue import INDICATORS
    from danchu.kernel.days import today
    from danchu.units.find import unit_from
    from danchu.units.maps import boundaries

    city = unit_from(f"79@{today().isoformat()}")
    communes = boundaries(today()).children(city.pk)[:COMMUNES]
    keys = [key for key, one in INDICATORS.items() if one.kind != "outside"]
    return communes, keys[:FIGURES]


def _paths(commune, key):
    return (
        (FRONT, "/"),
        (PLACE, f"/units/{commune}/"),
        (FIGURE, f"/figures/{key}/?unit={commune}"),
        (REPORT, "/report/tp-hcm-2023/"),
        (LIST, "/commitments/"),
    )


def public_pages(communes, keys, cookie=""):
    """Endless pages: front, a place, a figure, the report and a list in turn, of places, figures
    and languages drawn at random; with a cookie a third of them have it.
    """
    chance = random.Random(2)  # noqa: S311  # the same addresses each time
    while True:
        for kind in range(5):
            label, path = _paths(chance.choice(communes), chance.choice(keys))[kind]
            language = chance.choice(LANGUAGES)
            yield Ask(label, language + path, cookie if cookie and chance.random() < 1 / 3 else "")


def every_page(communes, keys):
    """Each page that `public_pages` may draw once, in an order drawn at random."""
    asks = {
        Ask(label, language + path): None
        for commune in communes
        for key in keys
        for label, path in _paths(commune, key)
        for language in LANGUAGES
    }
    asks = list(asks)
    random.Random(3).shuffle(asks)  # noqa: S311
    return asks


def desk_pages(cookie):
    """{name of a row: the pages that it asks for in turn} of an official's work."""
    words = ("v%E1%BB%87+sinh+m%C3%B4i+tr%C6%B0%E1%BB%9Dng", "ph%E1%BA%A3n+bi%E1%BB%87n", "777/BC")
    return {
        "trang bàn làm việc": [Ask("desk", "/desk/", cookie)],
        "danh sách sổ": [Ask("list", "/desk/records/", cookie)],
        "sổ tìm theo chữ": [Ask("search", f"/desk/records/?q={one}", cookie) for one in words],
    }
