"""What stands is not named as what can be done: states and buttons have words of their own."""

import pytest
from django.utils import translation

from danchu.subjects.room import sections

WITH_BOTH = [one for one in sections() if one.acts and "state" in one.listing.filters]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("section", WITH_BOTH, ids=lambda section: section.one)
def test_no_act_is_called_as_a_state_of_its_record(section, language):
    with translation.override(language):
        states = {str(word) for _value, word in section.listing.filters["state"].extra["choices"]}
        assert not states & {str(act.word) for act in section.acts}
