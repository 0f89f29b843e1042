"""The catalogue in the documentation is the one of the program."""

from danchu.figures.catalogue import INDICATORS
from danchu.figures.catalogue_page import catalogue_page
from danchu.figures.families import FAMILIES
from danchu.figures.management.commands.figures import PLACE


def test_the_catalogue_in_the_documentation_is_current():
    assert PLACE.read_text(encoding="utf-8") == catalogue_page(), (
        "run: danchu figures catalogue --write"
    )


def test_every_indicator_has_names_a_measure_and_a_family():
    for it in INDICATORS.values():
        assert it.vi and it.en and all(it.measure) and it.version and it.code[:1] in FAMILIES, (
            it.key
        )
    assert all(f"| `{key}` |" in catalogue_page() for key in INDICATORS)
