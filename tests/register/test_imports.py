"""A table of events: every bad cell named, everything or nothing written, the same file twice
writes once.
"""

import io
from datetime import date

import pytest
import xlsxwriter
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from danchu.journal.models import Entry
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.register.actions import confirm_event, correct_event, draft_event
from danchu.register.imports import check_events, import_events
from danchu.register.imports.columns import COLUMNS
from danchu.register.imports.samples import sample_csv, sample_xlsx
from danchu.register.models import Batch, Event
from danchu.register.tally import wrong_cells
from danchu.units.find import unit_from
from danchu.units.models import Body, BodyStanding
from danchu.units.sources_load import load_units
from tests.sizes import long, size

BY = Actor.system("test")
HEAD = (
    "reference,kind,form,held_on,unit_code,body,title,participants,opinions,"
    "opinions_accepted,findings,resolved,note"
)


@pytest.fixture(scope="module")
def units(country_database, django_db_blocker):
    """The country's units, once for the module, taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_units(by=BY)
        connection.check_constraints()  # once here, not again at the end of each test
        yield
        transaction.set_rollback(True)


@pytest.fixture
def country(units, db, settings, tmp_path):
    settings.PAPERS_ROOT = tmp_path / "papers"


def table(*lines, head=HEAD, encoding="utf-8"):
    return io.BytesIO("\n".join([head, *lines]).encode(encoding))


def line(number=1, **cells):
    typed = {
        "reference": f"N-{number}",
        "kind": "supervision_217",
        "form": "delegation",
        "held_on": "03/03/2026",
        "unit_code": "00070",
        "title": "Giám sát quỹ",
        "participants": "45",
        **cells,
    }
    return ",".join(f'"{typed.get(name, "")}"' for name in HEAD.split(","))


def looked(*lines, **more):
    return check_events(table(*lines, **more), "so.csv", by=BY)


def written(*lines, **more):
    return import_events(table(*lines, **more), "so.csv", by=BY)


def bad(outlook):
    return {(p.row, p.column) for p in outlook.problems}


def test_a_check_writes_nothing_and_an_import_writes_what_it_showed(country):
    outlook = looked(line(1), line(2))
    assert (outlook.rows, outlook.new, outlook.drafts, outlook.same, outlook.problem_count) == (
        2,
        2,
        0,
        0,
        0,
    )
    assert not Event.objects.exists() and not Batch.objects.exists()
    done = import_events(table(line(1), line(2)), "so.csv", by=BY, token=outlook.token)
    assert Event.objects.counted().filter(batch=done.batch).count() == 2
    assert Entry.objects.filter(act="events.imported").count() == 1
    assert list(wrong_cells()) == []


def test_the_same_file_again_writes_nothing(country):
    written(line(1), line(2))
    again = written(line(1), line(2))
    assert (again.new, again.same, again.batch) == (0, 2, None)
    assert Event.objects.count() == 2


def test_a_row_corrected_since_is_not_brought_back_by_the_old_file(country):
    written(line(1))
    correct_event(Event.objects.get(), by=BY, reason="đếm lại", participants=50)
    again = written(line(1))
    assert (again.new, again.same) == (0, 1)
    assert Event.objects.counted().get().participants == 50


def test_another_content_under_a_known_number_is_refused_by_row(country):
    written(line(1))
    assert bad(looked(line(2), line(1, title="Khác"))) == {(3, "reference")}


def test_a_number_twice_in_the_file_is_refused_by_row(country):
    outlook = looked(line(1), line(2), line(1))
    assert bad(outlook) == {(4, "reference")}
    assert "dòng 2" in outlook.problems[0].message


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"held_on": "31/02/2026"}, "held_on"),
        ({"held_on": "hôm qua"}, "held_on"),
        ({"held_on": "01/01/2999"}, "held_on"),
        ({"held_on": ""}, "held_on"),
        ({"participants": "12,567"}, "participants"),
        ({"participants": "-3"}, "participants"),
        ({"participants": "mười"}, "participants"),
        ({"participants": "99999999999"}, "participants"),
        ({"kind": "tiệc"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"form": "online"}, "form"),
        ({"unit_code": "99999"}, "unit_code"),
        ({"unit_code": ""}, "unit_code"),
        ({"unit_code": "00001", "held_on": "03/03/2026"}, "unit_code"),
        ({"body": "school"}, "body"),
        ({"title": ""}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"reference": ""}, "reference"),
        ({"reference": "x" * 61}, "reference"),
        ({"findings": "3"}, "findings"),
        ({"kind": "inspection_round", "form": "", "findings": "1", "resolved": "2"}, "resolved"),
        ({"note": "x" * 5001}, "note"),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column_and_nothing_is_written(country, cells, column):
    outlook = looked(line(1), line(2, **cells))
    assert bad(outlook) == {(3, column)}
    assert all(p.message for p in outlook.problems)
    with pytest.raises(Refused, match="dòng 3"):
        written(line(1), line(2, **cells))
    assert not Event.objects.exists()


def test_every_bad_cell_of_a_row_is_named_not_the_first_alone(country):
    outlook = looked(line(1, held_on="31/02/2026", participants="12,567", title="", unit_code="x"))
    assert bad(outlook) == {(2, "held_on"), (2, "participants"), (2, "title")}


def test_what_is_missing_is_asked_for_and_what_there_is_is_offered(country):
    body = Body.objects.create(unit=unit_from("00070@2026-03-03"), kind="front")
    BodyStanding.objects.create(body=body, name="Ban giám sát phường")
    rows = (
        line(1, held_on="", kind=""),
        line(2, body="Hội đồng"),
        line(3, participants="9" * 20),
        line(4, body="Ban giám sát phường"),
    )
    messages = {(p.row, p.column): p.message for p in looked(*rows).problems}
    assert set(messages) == {(2, "held_on"), (2, "kind"), (3, "body"), (4, "participants")}
    assert messages[2, "held_on"].startswith("Hãy ghi ngày")
    assert messages[2, "kind"].startswith("Hãy ghi mã hoặc tên loại việc")
    assert "Ban giám sát phường" in messages[3, "body"]
    assert "số quá lớn" in messages[4, "participants"]


def test_an_empty_code_is_named_even_where_the_day_is_bad_too(country):
    for held_on in ("31/02/2026", "03/03/2026"):
        outlook = looked(line(1, held_on=held_on, unit_code=""))
        message = {p.column: p.message for p in outlook.problems}["unit_code"]
        assert message.startswith("Hãy ghi mã")


def test_a_broken_cell_of_code_or_body_is_named_even_where_the_day_is_bad_too(country):
    outlook = looked(line(1, held_on="31/02/2026", unit_code="#REF!", body="#N/A"))
    assert bad(outlook) == {(2, "held_on"), (2, "unit_code"), (2, "body")}


def test_the_code_is_read_as_of_the_day(country):
    written(
        line(1, unit_code="00001", held_on="03/03/2023"),
        line(2, unit_code="00070", held_on="03/03/2026"),
    )
    old, new = Event.objects.get(reference="N-1"), Event.objects.get(reference="N-2")
    assert old.unit == unit_from("00001@2023-03-03")
    assert new.unit == unit_from("00070@2026-03-03")


def test_numbers_and_words_may_be_written_as_people_write_them(country):
    written(
        line(
            1,
            participants="12.567",
            kind="Giám sát theo Quyết định 217",
            form="Đoàn giám sát",
            held_on="2026-03-03",
        )
    )
    made = Event.objects.get()
    assert (made.participants, made.kind, made.form, made.held_on) == (
        12567,
        "supervision_217",
        "delegation",
        date(2026, 3, 3),
    )


def test_decomposed_letters_become_one_form_and_formulas_stay_text(country):
    import unicodedata

    written(
        line(1, title=unicodedata.normalize("NFD", "Giám sát quỹ")),
        line(2, title="=HYPERLINK(1)"),
        line(3, title="'=1+1"),
    )
    assert set(Event.objects.values_list("title", flat=True)) == {
        "Giám sát quỹ",
        "=HYPERLINK(1)",
        "=1+1",
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_unicode_files_are_read_whatever_their_mark(country, encoding):
    assert written(line(1), encoding=encoding).new == 1


def test_semicolons_and_tabs_part_cells_too(country):
    for number, mark in ((1, ";"), (2, "\t")):
        head, text = HEAD.replace(",", mark), line(number).replace(",", mark)
        assert written(text, head=head).new == 1


def test_a_file_in_an_old_encoding_is_refused_with_the_line(country):
    with pytest.raises(Refused, match="UTF-8"):
        looked(line(1, title="Giám sát"), encoding="cp1258")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "không có nội dung"),
        (HEAD.encode(), "không có dòng nào"),
        (b"\n\n", "không có nội dung"),
        (b"reference,kind\n1,2\n", "Thiếu cột"),
        ((HEAD + ",la\n").encode(), "la"),
        ((HEAD + ",note\n").encode(), "hai lần"),
        ((HEAD + '\n"N-1,supervision_217').encode(), "nháy kép"),
        (b"MZ\x90\x00\x03", "không phải là CSV"),
        (b"%PDF-1.4\n%%EOF\n", "không phải là CSV"),
        (b"PK\x03\x04broken", "cắt giữa chừng"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(country, content, told):
    with pytest.raises(Refused, match=told):
        check_events(io.BytesIO(content), "so.csv", by=BY)


def test_a_row_with_more_cells_than_the_heading_is_told(country):
    assert bad(looked(line(1) + ",thừa")) == {(2, "")}


def sheet(rows):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(0, 0, HEAD.split(","))
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, place, cell, day)
                else:
                    page.write(number, place, cell)
    file.seek(0)
    return file


def test_a_spreadsheet_with_days_and_numbers_of_its_own_is_read(country):
    row = ["N-1", "supervision_217", "delegation", date(2026, 3, 3), "00070", "", "Giám sát", 45]
    assert import_events(sheet([row]), "so.xlsx", by=BY).new == 1
    made = Event.objects.get()
    assert (made.held_on, made.participants) == (date(2026, 3, 3), 45)


def test_a_code_kept_as_a_number_and_half_a_person_are_told(country):
    row = ["N-1", "supervision_217", "delegation", date(2026, 3, 3), 70, "", "Giám sát", 4.5]
    assert bad(check_events(sheet([row]), "so.xlsx", by=BY)) == {
        (2, "unit_code"),
        (2, "participants"),
    }


def test_ten_thousand_rows_with_one_bad_one_write_nothing(country):
    lines = [line(i) for i in range(10_000)]
    lines[7_654] = line(7_654, participants="1,5")
    outlook = looked(*lines)
    assert (outlook.rows, outlook.problem_count, bad(outlook)) == (
        10_000,
        1,
        {(7_656, "participants")},
    )
    with pytest.raises(Refused):
        written(*lines)
    assert not Event.objects.exists()


def test_ten_thousand_bad_rows_are_counted_and_the_first_thousand_told(country):
    outlook = looked(*[line(i, participants="x") for i in range(10_000)])
    assert (outlook.problem_count, len(outlook.problems)) == (10_000, 1000)


def test_a_file_or_a_book_changed_since_the_check_is_refused(country):
    outlook = looked(line(1), line(2))
    written(line(1))
    with pytest.raises(Refused, match="đã thay đổi"):
        import_events(table(line(1), line(2)), "so.csv", by=BY, token=outlook.token)


def test_where_a_statement_counts_no_record_is_confirmed_by_import(country, settings):
    from danchu.register.actions import attach_paper, confirm_statement, draft_statement
    from danchu.units.actions import open_body

    unit = unit_from("00070@2026-03-03")
    body = open_body(unit, by=BY, kind="fatherland_front", name="Mặt trận phường", since=unit.since)
    made = draft_statement(
        by=BY,
        body=body,
        indicator="supervisions_217",
        since=date(2026, 1, 1),
        until=date(2026, 4, 1),
        amount=3,
    )
    attach_paper(made, io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "a.pdf", by=BY)
    confirm_statement(made, by=BY)
    assert bad(looked(line(1, body="fatherland_front"))) == {(2, "held_on")}
    assert looked(line(1, body="Mặt trận phường", held_on="03/05/2026")).problem_count == 0


def test_who_may_not_import_reads_no_file(country):
    with pytest.raises(Denied):
        check_events(table(line(1)), "so.csv", by=Actor.public())


def test_a_draft_written_by_hand_with_the_same_content_is_known_again(country):
    unit = unit_from("00070@2026-03-03")
    made = draft_event(
        "supervision_217",
        by=BY,
        unit=unit,
        held_on=date(2026, 3, 3),
        title="Giám sát quỹ",
        reference="N-1",
        form="delegation",
        participants=45,
    )
    confirm_event(made, by=BY)
    assert looked(line(1)).same == 1


def test_the_samples_can_be_sent_back(country):
    assert check_events(io.BytesIO(sample_csv()), "mau.csv", by=BY).problem_count == 0
    assert check_events(io.BytesIO(sample_xlsx()), "mau.xlsx", by=BY).problem_count == 0


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40
)


@long
@settings(
    max_examples=size(10, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(title=TEXTS, note=TEXTS, participants=st.integers(0, 10**7))
def test_what_is_written_down_is_what_the_file_said(country, title, note, participants):
    import csv

    from danchu.kernel.text import clean

    text = io.StringIO()
    writer = csv.writer(text)
    reference = f"T-{abs(hash((title, note, participants)))}"
    row = {
        "reference": reference,
        "kind": "supervision_217",
        "held_on": "03/03/2026",
        "unit_code": "00070",
        "title": title,
        "note": note,
        "participants": participants,
    }
    writer.writerows([list(row), list(row.values())])
    file = io.BytesIO(text.getvalue().encode())
    kept = clean(title[1:] if title.startswith(("'=", "'+", "'-", "'@")) else title)
    if not kept:
        assert check_events(file, "so.csv", by=BY).problem_count == 1
    elif import_events(file, "so.csv", by=BY).new:
        made = Event.objects.get(reference=reference)
        assert (made.title, made.participants) == (kept, participants)


def test_every_column_is_explained():
    assert all(column.help and column.vi for column in COLUMNS.values())
