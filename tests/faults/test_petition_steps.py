"""The steps of a petition are proved with it, from the next entry about it on."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from danchu.casework.models import Step
from danchu.journal.digest_form import forms
from danchu.journal.loading import found_digests
from danchu.journal.models import RowDigest
from danchu.journal.verify_rows import record_problems
from tests.casework.conftest import (  # noqa: F401
    _law_loaded_once,
    keys_apart,
    law,
    registered,
)
from tests.casework.test_life import OURS, step
from tests.faults.test_book import plant
from tests.people.conftest import country, system  # noqa: F401

PLANTED = {
    "a day": 'UPDATE casework_step SET "on" = "on" - 1 WHERE act = \'classify\'',
    "an act": "UPDATE casework_step SET act = 'guide' WHERE act = 'classify'",
    "one gone": "DELETE FROM casework_step WHERE act = 'classify'",
    "one more": (
        'INSERT INTO casework_step (petition_id, number, act, "on", state, unit_id, text, by, at) '
        "SELECT petition_id, 9, 'send', \"on\", state, unit_id, text, by, at FROM casework_step "
        "WHERE act = 'classify'"
    ),
}


def problems():
    return list(record_problems(forms()["petition"]))


@pytest.fixture
def classified(registered, system):  # noqa: F811
    found_digests(by=system)
    petition = step(registered("complaint"), "classify", system, **OURS)
    connection.check_constraints()
    assert problems() == []
    return petition


@pytest.mark.case("TR1")
@pytest.mark.parametrize("change", PLANTED)
def test_a_step_changed_around_the_triggers_is_named(classified, change):
    plant(PLANTED[change], "casework_step")
    [(where, what)] = problems()
    assert classified.code in where and "nội dung" in what


@pytest.mark.case("TR1")
def test_the_database_commits_no_step_without_its_entry(classified):
    with pytest.raises(IntegrityError, match="journal_changes_digested"), transaction.atomic():
        Step.objects.create(
            petition=classified,
            number=9,
            act="send",
            on=date(2026, 3, 2),
            state="sent",
            unit=classified.unit,
            by="x",
            at=classified.made_at,
        )
        connection.check_constraints()


def test_a_digest_of_an_earlier_version_is_right_without_the_steps(classified, system):
    form = forms()["petition"]
    plant(
        f"UPDATE journal_rowdigest AS d SET form = 1, digest = {form.digest('d.salt', '1')} "
        f"FROM {form.table} AS r WHERE d.kind = 'petition' AND d.subject = r.id "
        "AND d.salt IS NOT NULL",
        "journal_rowdigest",
    )
    assert problems() == []
    step(classified, "accept", system)
    assert problems() == []
    assert RowDigest.objects.filter(kind="petition").latest("pk").form == 2
    plant(PLANTED["one gone"], "casework_step")
    assert len(problems()) == 1
