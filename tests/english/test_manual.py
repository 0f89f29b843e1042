"""The manual: every page is in its contents and shows what it is about, its pictures are small."""

import re
import runpy

from django.conf import settings

LARGEST = 150_000


def test_every_page_of_the_manual_is_in_its_contents():
    folder = settings.ROOT / "docs" / "manual"
    contents = (folder / "README.md").read_text(encoding="utf-8")
    assert [
        page.name
        for page in folder.glob("*.md")
        if page.name != "README.md" and f"({page.name})" not in contents
    ] == []


def test_pictures_are_small_and_each_is_at_both_widths():
    pictures = {
        path.stem: path.stat().st_size
        for path in (settings.ROOT / "docs" / "pictures").glob("*.webp")
    }
    assert [name for name, size in pictures.items() if size > LARGEST] == []
    assert {name.removesuffix("-1280") for name in pictures if name.endswith("-1280")} == {
        name.removesuffix("-390") for name in pictures if name.endswith("-390")
    }


def test_every_page_of_the_manual_shows_pictures_that_are_there():
    folder = settings.ROOT / "docs" / "manual"
    for page in folder.glob("*.md"):
        pictures = re.findall(r"\((\.\./pictures/[^)]+)\)", page.read_text(encoding="utf-8"))
        assert pictures or page.name == "README.md", page.name
        assert [name for name in pictures if not (folder / name).exists()] == [], page.name


def test_every_picture_that_the_script_takes_is_there():
    folder = settings.ROOT / "docs" / "pictures"
    named = runpy.run_path(str(folder / "pages.py"))
    names = {f"{page}-{width}" for page in named["PAGES"] for width in (390, 1280)}
    names |= named["PAPERS"].keys()
    assert names - {path.stem for path in folder.glob("*.webp")} == set()
