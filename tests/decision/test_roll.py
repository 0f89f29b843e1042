"""The roll of households: entered, imported, corrected, moved, ended; counted by the day; read by
nobody but whom it is for.
"""

import io
import re
from datetime import date, timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from danchu.decision import actions
from danchu.decision.input.household_list import read_households
from danchu.decision.models import Household, RollChange
from danchu.decision.sections.households import LISTING
from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.units.actions import divide_village, merge_villages, open_village
from tests.decision.conftest import SINCE
from tests.decision.played import write_roll

HEAD = ("Thôn, tổ dân phố", "Số của hộ", "Người đại diện", "Tính từ ngày")
ROW = ("Tổ 5", 1, "Trần Văn An", "01/07/2025")
DAY = timedelta(days=1)
NAME = "Trần Thị Rất Riêng"


def workbook(*rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    file.seek(0)
    return file


def numbers(village, day):
    return sorted(Household.objects.on_roll(village.pk, day).values_list("number", flat=True))


def test_who_counts_is_asked_for_a_day(officials, households, system):
    first, _second = households(2)
    households(1, first=3, since=date(2026, 1, 10))
    actions.leave_roll(first, by=system, on=date(2026, 2, 1), reason="Chuyển đi")
    village = officials.village
    assert numbers(village, SINCE - DAY) == []
    assert numbers(village, date(2026, 1, 9)) == [1, 2]
    assert numbers(village, date(2026, 1, 31)) == [1, 2, 3]
    assert numbers(village, date(2026, 2, 1)) == [2, 3]


def test_a_number_stands_for_one_household_at_a_time(officials, households, system):
    [first] = households(1)
    with pytest.raises(Refused) as refusal:
        households(1)
    assert refusal.value.field == "number"
    with pytest.raises(IntegrityError), transaction.atomic():
        Household.objects.create(
            uid="7f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a11",
            unit=officials.village,
            number=1,
            since=date(2026, 1, 1),
            made_by="x",
            made_at="2026-03-02T00:00:00Z",
        )
    actions.leave_roll(first, by=system, on=date(2026, 2, 1), reason="Không còn ai")
    households(1, since=date(2026, 2, 1))
    assert numbers(officials.village, date(2026, 2, 1)) == [1]


def test_a_household_that_moves_counts_once_on_every_day(officials, households, system):
    [household] = households(1)
    other = open_village(officials.here, by=system, name="Tổ 6", kind="thon", since=SINCE)
    on = date(2026, 2, 1)
    moved = actions.move_household(
        household, by=system, unit=other, number=4, on=on, reason="Chuyển nhà"
    )
    assert (moved.follows, moved.representative) == (household, household.representative)
    for day in (on - DAY, on, on + DAY):
        assert Household.objects.on(day).count() == 1
    assert (numbers(officials.village, on), numbers(other, on)) == ([], [4])
    with pytest.raises(Refused):
        actions.move_household(household, by=system, unit=other, number=5, on=on, reason="Lại")


def test_villages_that_are_merged_have_one_roll_from_their_day_on(officials, households, system):
    other = open_village(officials.here, by=system, name="Tổ 6", kind="thon", since=SINCE)
    households(2)
    households(3, village=other)
    on = date(2026, 2, 1)
    merged = merge_villages(
        [officials.village, other], by=system, name="Tổ 56", kind="thon", on=on, decree=""
    )
    assert numbers(merged, on) == [1, 1, 2, 2, 3]
    assert numbers(officials.village, on - DAY) == [1, 2]
    assert numbers(officials.village, on) == []


def test_households_of_a_divided_village_count_where_they_are_moved(officials, households, system):
    one, two = households(2)
    on = date(2026, 2, 1)
    parts = divide_village(
        officials.village,
        by=system,
        parts=[("Tổ 5A", "thon"), ("Tổ 5B", "thon")],
        on=on,
        decree="",
    )
    assert [numbers(part, on) for part in parts] == [[], []]
    for household, part in zip((one, two), parts, strict=True):
        actions.move_household(
            household, by=system, unit=part, number=household.number, on=on, reason="Chia tổ"
        )
    assert [numbers(part, on) for part in parts] == [[1], [2]]


def test_every_change_says_why_and_the_journal_names_nobody(officials, households, system):
    [household] = households(1, representative=NAME, address="Ngõ 5")
    values = {"representative": NAME, "ground": "Hộ thống nhất cử", "address": ""}
    with pytest.raises(Refused) as refusal:
        actions.correct_household(household, by=system, **values, reason=" ")
    assert refusal.value.field == "reason"
    actions.correct_household(household, by=system, **values, reason="Chủ hộ ốm")
    changes = RollChange.objects.order_by("pk").values_list("kind", "reason")
    assert list(changes) == [("entered", ""), ("corrected", "Chủ hộ ốm")]
    assert not any(NAME in str(entry.data) for entry in Entry.objects.all())


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"number": 0}, "number"),
        ({"number": 100_000}, "number"),
        ({"since": date(2025, 6, 30)}, "since"),
        ({"since": date(2026, 3, 3)}, "since"),
        ({"representative": "", "ground": "Hộ cử"}, "ground"),
        ({"representative": "a" * 121}, "representative"),
    ],
)
def test_what_is_wrong_with_a_household_stands_on_its_field(officials, system, values, field):
    given = {"number": 1, "since": SINCE, "representative": "An", **values}
    with pytest.raises(Refused) as refusal:
        actions.enter_household(by=system, unit=officials.village, **given)
    assert {one.field for one in refusal.value.every} == {field}


def test_only_a_village_has_a_roll(officials, system):
    with pytest.raises(Refused) as refusal:
        actions.enter_household(by=system, unit=officials.here, number=1, since=SINCE)
    assert refusal.value.field == "unit"


def test_a_table_is_written_as_previewed_once(officials):
    clerk = officials.by["clerk"]
    file = workbook(HEAD, ROW, ("Tổ 5", 2, "", "01/07/2025"))
    outcome = read_households(file, "a.xlsx", clerk)
    assert outcome.problems == ()
    assert actions.import_households(file, "a.xlsx", by=clerk, token=outcome.token) == 2
    with pytest.raises(Refused):
        actions.import_households(file, "a.xlsx", by=clerk, token=outcome.token)
    again = read_households(file, "a.xlsx", clerk)
    assert (again.same, again.new) == (2, ())
    assert numbers(officials.village, SINCE) == [1, 2]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("Tổ không có", 2, "An", "01/07/2025"), "Thôn, tổ dân phố"),
        (("Tổ 5", 0, "An", "01/07/2025"), "Số của hộ"),
        (("Tổ 5", 1, "An", "01/07/2025"), "Số của hộ"),
        (("Tổ 5", 2, "An", "hôm nọ"), "Tính từ ngày"),
        (("Tổ 5", 2, "An", "01/01/2025"), "Thôn, tổ dân phố"),
    ],
)
def test_a_bad_cell_of_a_table_is_named(officials, row, column):
    outcome = read_households(workbook(HEAD, ROW, row), "a.xlsx", officials.by["clerk"])
    assert [(one.row, one.column) for one in outcome.problems] == [(3, column)]


def test_by_pages_from_the_sample_to_the_list(client, officials):
    client.force_login(officials.clerk)
    sample = client.get("/desk/households/import/sample.xlsx")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(sample.getvalue())).get_sheet_by_index(0)
    file = SimpleUploadedFile("a.xlsx", workbook(*sheet.to_python()).read())
    page = client.post("/desk/households/import/", {"file": file}, follow=True)
    token = re.search(r'name="token" value="([0-9a-f]{64})"', page.content.decode())[1]
    answer = client.post(page.redirect_chain[-1][0], {"token": token})
    assert answer.url == "/desk/households/"
    household = Household.objects.get()
    page = client.get(f"/desk/households/{household.uid}/").content.decode()
    assert household.representative in page and "Vào danh sách" in page
    named = client.post("/desk/households/", {"q": "tran van", "sort": "number"})
    assert [line.row for line in named.context["lines"]] == [household]


def test_a_household_is_entered_corrected_and_ended_by_pages(client, officials):
    client.force_login(officials.clerk)
    typed = {
        "uid": "7f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a11",
        "unit": "Tổ 5",
        "number": "7",
        "since": "01/07/2025",
        "representative": NAME,
    }
    for _again in range(2):
        assert client.post("/desk/households/new/", typed).status_code == 302
    household = Household.objects.get()
    here = f"/desk/households/{household.uid}/"
    steps = {
        "correct": {"representative": NAME, "address": "Ngõ 7", "reason": "Ghi thiếu"},
        "leave": {"on": "01/02/2026", "reason": "Chuyển đi"},
    }
    for act, values in steps.items():
        assert client.post(f"{here}{act}/", values).status_code == 302
    household.refresh_from_db()
    assert (household.address, household.until) == ("Ngõ 7", date(2026, 2, 1))
    assert client.post(f"{here}leave/", steps["leave"]).status_code == 400


@pytest.mark.parametrize("role", ["front", "chair", "operator", "auditor"])
def test_nobody_else_reads_or_writes_the_roll(client, officials, households, role):
    [household] = households(1, representative=NAME)
    client.force_login(getattr(officials, role))
    here = f"/desk/households/{household.uid}/"
    for path in ("/desk/households/", "/desk/households.csv", here, "/desk/households/import/"):
        assert client.get(path).status_code == 403, path
    by = officials.by[role]
    values = {"representative": "", "ground": "", "address": "", "reason": "Thử"}
    acts = {
        "enter": lambda: actions.enter_household(
            by=by, unit=officials.village, number=9, since=SINCE
        ),
        "correct": lambda: actions.correct_household(household, by=by, **values),
        "move": lambda: actions.move_household(
            household, by=by, unit=officials.village, number=3, on=SINCE, reason="Thử"
        ),
        "leave": lambda: actions.leave_roll(household, by=by, on=SINCE + DAY, reason="Thử"),
        "import": lambda: actions.import_households(workbook(HEAD, ROW), "a.xlsx", by=by, token=""),
    }
    for act in acts.values():
        with pytest.raises(Denied):
            act()


def test_the_public_has_no_way_to_the_roll(client, officials, households):
    households(1, representative=NAME)
    assert client.get("/households/").status_code == 404
    assert client.get("/api/v1/lists/households").status_code in (401, 403, 404)
    assert NAME not in client.get("/api/v1/lists").content.decode()


def questions_of_the_list(client):
    client.get("/desk/households/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/desk/households/")
    return len(queries)


def test_one_household_and_three_ask_the_same_number_of_questions(client, officials, households):
    client.force_login(officials.clerk)
    households(1)
    asked = questions_of_the_list(client)
    households(2, first=2)
    assert questions_of_the_list(client) == asked


def test_the_list_goes_village_by_village_and_in_each_by_the_number(client, officials, system):
    """Also over its pages, in both directions; the numbers of two villages are the same ones."""
    other = open_village(officials.here, by=system, name="Tổ 12", kind="thon", since=SINCE)
    villages = sorted((officials.village, other), key=lambda one: one.pk)
    for village in reversed(villages):
        write_roll(village, 60, since=SINCE)
    expected = [(village.pk, number) for village in villages for number in range(1, 61)]
    actor = officials.by["clerk"]
    for sort, order in (("number", expected), ("-number", expected[::-1])):
        rows, query = [], QueryDict(f"sort={sort}", mutable=True)
        while True:
            page = LISTING.page(LISTING.narrowed_rows(actor, query), query)
            rows += [(row.unit_id, row.number) for row in page.rows]
            if not page.after:
                break
            query["after"] = page.after
        assert rows == order
    client.force_login(officials.clerk)
    assert client.get("/desk/households/", {"sort": "number", "after": "1.2"}).status_code == 400
