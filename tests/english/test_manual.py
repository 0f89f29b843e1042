"""The manual: its links lead somewhere, its pictures exist and are small."""

import re

import pytest
from django.conf import settings

PAGES = sorted([*settings.ROOT.glob("*.md"), *(settings.ROOT / "docs").rglob("*.md")])
LARGEST = 150_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(settings.ROOT).as_posix())
def test_every_link_of_a_page_leads_to_a_file(page):
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []


def test_every_page_of_the_manual_is_in_its_contents():
    folder = settings.ROOT / "docs" / "manual"
    contents = (folder / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in folder.glob("*.md") if page.name != "README.md" and f"({page.name})" not in contents] == []


def test_pictures_are_small_and_each_is_at_both_widths():
    pictures = {path.stem: path.stat().st_size for path in (settings.ROOT / "docs" / "pictures").glob("*.webp")}
    assert [name for name, size in pictures.items() if size > LARGEST] == []
    assert {name.removesuffix("-1280") for name in pictures if name.endswith("-1280")} == {
        name.removesuffix("-390") for name in pictures if name.endswith("-390")
    }
