"""Templates keep to lines that a screen holds; djangofmt keeps their form (`make test`)."""

import re

from django.conf import settings
from django.template.loader import get_template

from tests.architecture.measures import UNCLEAR_NAMES

LONGEST_LINE = 160


def test_no_line_of_a_template_is_longer_than_160_characters():
    templates = sorted(settings.PACKAGE.rglob("templates/**/*.html"))
    assert len(templates) > 200
    assert [
        f"{path.relative_to(settings.PACKAGE)}:{number}"
        for path in templates
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST_LINE
    ] == []


def test_every_template_that_another_one_names_is_there():
    named = set()
    for path in settings.PACKAGE.rglob("templates/**/*.html"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"""{% (?:include|extends) ["']([^"']+)["']""", text))
    assert len(named) > 20
    for name in named:
        get_template(name)


def test_no_argument_of_a_filter_reaches_through_another_record():
    """`default:one.delegate.name` ends the whole page where there is no delegate, which a value
    outside an argument does not; `firstof` or `if` says the same.
    """
    reaching = re.compile(r"\|[a-z_]+:[a-z_]+\.[a-z_]+\.")
    assert [
        path.name
        for path in settings.PACKAGE.rglob("templates/**/*.html")
        if reaching.search(path.read_text(encoding="utf-8"))
    ] == []


def test_the_values_of_templates_are_named_by_what_they_hold():
    tag = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
    unclear = set()
    for path in settings.PACKAGE.rglob("templates/**/*.html"):
        for match in tag.findall(path.read_text(encoding="utf-8")):
            words = re.sub(r"\"[^\"]*\"|'[^']*'", "", match)
            names = re.findall(r"(?<![\w.-])[a-z_]+(?![\w-])", words)
            unclear |= {(path.name, name) for name in names if name in UNCLEAR_NAMES}
    assert unclear == set()


def test_a_page_about_a_record_of_the_desk_names_it_in_its_title():
    title = re.compile(r"\{% block title %\}(.*?)\{% endblock", re.DOTALL)
    pages = {
        path.name: words[1]
        for path in settings.PACKAGE.rglob("desk/templates/desk/*.html")
        if (words := title.search(text := path.read_text(encoding="utf-8")))
        and ("{{ record.title }}</a>" in text or "conference_trail.html" in text)
    }
    assert len(pages) > 10
    # The page of a delegate is called by their name: it stands in no other title.
    assert {name for name, words in pages.items() if "record" not in words} <= {"delegate.html"}
