"""Rows beside the records that make these count for something else: the field of a matter, the
day and project of a round, the rule that an old key names.
"""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from danchu.casework.models import Matter
from danchu.inspection.actions import write_round
from danchu.journal.actions import record
from danchu.journal.loading import found_digests
from danchu.journal.verify_rows import row_problems
from danchu.law.actions import add_text
from danchu.law.lint import faults_of
from danchu.law.models import JoinedKey, LegalText, OpenPoint, RuleVersion
from danchu.law.proof import joined_problems, text_problems
from danchu.units.actions import open_body
from tests.faults.test_book import plant
from tests.people.conftest import country, system  # noqa: F401

CHANGES = {
    "the field of a matter": (
        "UPDATE casework_matter SET field = 'judicial' WHERE key = 'M'",
        "casework_matter",
        "nội dung đơn M",
    ),
    "a matter more": (
        "INSERT INTO casework_matter (key, vi, en, field, level, body, is_open) SELECT 'N', vi, "
        "en, field, level, body, is_open FROM casework_matter WHERE key = 'M'",
        "casework_matter",
        "nội dung đơn N",
    ),
    "the day of a round": (
        "UPDATE inspection_roundsheet SET held_on = held_on + 1",
        "inspection_roundsheet",
        "biên bản cuộc giám sát",
    ),
    "a round without its event": (
        "UPDATE inspection_roundsheet SET event_id = NULL",
        "inspection_roundsheet",
        "biên bản cuộc giám sát",
    ),
}


@pytest.fixture
def rows(db, system, country):  # noqa: F811
    """A matter and the sheet of a round, each with its entry."""
    found_digests(by=system)
    Matter.objects.create(key="M", vi="Đất", en="Land", field="land", level="commune")
    record(system, "matters.loaded", None, number=1)
    board = open_body(
        by=system,
        unit=country.here,
        kind="peoples_inspection_board",
        name="Ban Thanh tra nhân dân",
        since=date(2025, 7, 1),
    )
    write_round(uuid4(), by=system, board=board, held_on=date(2025, 9, 9), title="Giám sát chợ")
    connection.check_constraints()


@pytest.mark.case("TR1")
@pytest.mark.parametrize("change", CHANGES)
def test_a_change_is_refused_and_around_the_triggers_it_is_named(rows, change):
    sql, table, name = CHANGES[change]
    assert list(row_problems()) == []
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        connection.check_constraints()
    plant(sql, table)
    [(where, _what)] = row_problems()
    assert where.startswith(name)


@pytest.mark.case("TR1")
def test_a_key_that_was_joined_without_an_entry_is_named(db, system):  # noqa: F811
    assert list(joined_problems()) == []
    JoinedKey.objects.create(key="planted", into="other")
    assert [where for where, _what in joined_problems()] == ["khóa quy tắc planted"]
    plant("DELETE FROM law_joinedkey", "law_joinedkey")
    record(system, "rule.joined", None, key="gone", into="other")
    assert [where for where, _what in joined_problems()] == ["khóa quy tắc gone"]


def test_a_text_that_was_added_and_then_changed_is_named(db, system):  # noqa: F811
    text = add_text(by=system, vi="Luật 1/2027/QH16", en="Law 1/2027", since=date(2027, 1, 1))
    assert list(text_problems()) == []
    LegalText.objects.filter(pk=text.pk).update(since=date(2026, 1, 1))
    assert [where for where, _what in text_problems()] == ["văn bản Luật 1/2027/QH16"]


def test_rows_of_the_law_name_themselves():
    assert str(JoinedKey(key="old", into="new")) == "old = new"
    assert str(OpenPoint(pk=7, key="pib.answer")) == "pib.answer 7"


def test_a_key_that_was_joined_with_its_entry_is_not_named(db, system):  # noqa: F811
    for key in ("first", "second"):
        JoinedKey.objects.create(key=key, into="other")
    record(system, "rule.joined", None, key="first", into="other")
    assert [where for where, _what in joined_problems()] == ["khóa quy tắc second"]


def test_a_key_that_was_joined_and_still_has_versions_is_a_fault(law_loaded, db):
    version = RuleVersion.objects.select_related("text").first()
    kinds = {fault.kind for fault in faults_of([version])}
    assert "twice" not in kinds
    [fault] = [one for one in faults_of([version], {version.key: "new"}) if one.kind == "twice"]
    assert fault.key == version.key and "new" in fault.what
