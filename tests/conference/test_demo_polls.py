"""The illustrative votes: made once, by the acts, each recounted by the standalone script."""

import pytest

from danchu.conference.models import Declaration
from danchu.conference.votes.checks import poll_problems
from danchu.demo.polls import POLLS, load_polls
from danchu.law.loading import load_law
from danchu.people.actor import Actor
from danchu.units.sources_load import load_units
from danchu.vault import urn
from tests.conference.test_recount import recount
from tests.sizes import turn


@turn(2, together=0)
@pytest.mark.django_db
def test_the_illustrative_votes_are_whole_and_made_once(
    tmp_path, django_capture_on_commit_callbacks
):
    by = Actor.system("test")
    load_units(by=by)
    load_law(by=by)
    with django_capture_on_commit_callbacks(execute=True):
        assert load_polls(by=by) == len(POLLS)
    assert load_polls(by=by) == 0
    found = list(Declaration.objects.select_related("poll").order_by("pk"))
    assert [it.poll.result["outcome"] for it in found] == [
        "passed",
        "passed",
        "not_passed",
        "counted",
    ]
    assert [it.poll.result["counts"] for it in found][1] == [24, 10, 4]
    for it in found:
        path = tmp_path / "f.csv"
        path.write_text(it.content, encoding="utf-8", newline="")
        assert recount(path, "--key", it.public_key)[0] == 0
    assert list(poll_problems()) == [] and urn.urns() == []
