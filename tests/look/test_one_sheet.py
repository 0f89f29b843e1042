"""A page has one style sheet, made of sources that stay apart, and one face in two weights."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

import danchu
from danchu.look.one_sheet import ON_PAPER, SHEETS, OneSheetFinder, merged, tight

SOURCES = Path(finders.find("look/page.css")).parent


def rules(css):
    """{selector: how often} of a sheet, without blanks and comments."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    heads = [re.sub(r"\s+", "", head) for head in re.findall(r"([^{};]+)\{", css)]
    return {head: heads.count(head) for head in heads}


def test_the_sheet_holds_every_rule_of_its_sources_in_their_order():
    texts = [(SOURCES / f"{name}.css").read_text() for name in (*SHEETS, ON_PAPER)]
    assert rules(merged()) == rules("".join([*texts[:-1], "@media print{", texts[-1]]))
    assert list(rules(merged())) == list(rules("".join([*texts[:-1], "@media print{", texts[-1]])))
    assert len(merged()) < sum(map(len, texts)) * 0.9


def test_what_only_people_read_goes_and_what_a_page_shows_stays():
    css = """/* The end; of a { row */
    .next::after , .more { content: "\\00a0→  ; }"; width: calc(1rem + 2px); }
    """
    assert tight(css) == '.next::after,.more{content: "\\00a0→  ; }";width: calc(1rem + 2px)}'


def test_the_sheet_is_found_and_written_anew_only_when_a_source_changed(tmp_path, settings):
    settings.VAR = tmp_path
    finder = OneSheetFinder()
    path = Path(finder.find("look/sheet.css"))
    assert path.read_text() == merged()
    written = path.stat().st_mtime_ns
    assert [(name, storage.path(name)) for name, storage in finder.list([])] == [
        ("look/sheet.css", str(path))
    ]
    assert path.stat().st_mtime_ns == written
    path.write_text("old")
    finder.find("look/sheet.css")
    assert path.read_text() == merged()
    assert finder.find("look/page.css") == []


def test_a_page_asks_for_one_style_sheet(client, db):
    page = client.get("/law/").content.decode()
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    assert sheets == [staticfiles_storage.url("look/sheet.css")]


def test_pages_have_one_face_in_two_weights_and_never_wait_for_it():
    faces = re.findall(r"@font-face\{[^}]+\}", (SOURCES / "fonts.css").read_text())
    assert {re.search(r'font-family:"([^"]+)"', face)[1] for face in faces} == {"Be Vietnam Pro"}
    assert {re.search(r"font-weight:(\d+)", face)[1] for face in faces} == {"400", "600"}
    assert all("font-display:swap" in face for face in faces)
    for path in Path(danchu.__file__).parent.rglob("static/**/*.css"):
        weights = re.findall(r"font(?:-weight)?: (?:italic )?(\d{3})\b", path.read_text())
        assert set(weights) <= {"400", "600"}, path
