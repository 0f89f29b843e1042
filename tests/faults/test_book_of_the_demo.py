"""The demo's records, all written by acts: nothing is invented of them, and every field of every
kind is proved.
"""

import re
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from danchu.casework.lives import RECEPTION_DAY_LIFE
from danchu.casework.loading import load_matters
from danchu.casework.models import Petition, ReceptionDay
from danchu.conference.models import Question
from danchu.conference.question_life import QUESTION_LIFE
from danchu.config.demo import load_demo
from danchu.demo import generate, petitions
from danchu.demo.tasks import CITIZEN, OFFICES, TASKS
from danchu.demo.workdays import Days
from danchu.disclosure.loading import load_catalogue
from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.figures.loading import load_scores
from danchu.inspection.models import BoardTerm
from danchu.inspection.rules.membership import refuse_incomplete
from danchu.journal.actions import record
from danchu.journal.digest_form import forms
from danchu.journal.loading import found_digests
from danchu.journal.verify import CHECKS
from danchu.journal.verify_rows import row_problems
from danchu.kernel.days import Period, today
from danchu.kernel.numbers import show_number
from danchu.law.book import book
from danchu.law.calendar import OFF
from danchu.law.loading import load_law
from danchu.obligations.loading import load_escalations
from danchu.obligations.models import Obligation
from danchu.people.actor import Actor
from danchu.people.loading import load_office_kinds, rights_table
from danchu.register.models import Event
from danchu.reports.models import SealLine
from danchu.subjects.room import public_sections, sections
from danchu.units.models import Body, Unit
from danchu.units.sources_load import load_units
from tests.digested import CHECK
from tests.faults.tasks_of_the_demo import PLAYS
from tests.journeys.visitor import Visitor
from tests.kept.attempts import quoted
from tests.markup import tight
from tests.planted import free, keys, other, plant
from tests.sizes import IS_LONG, one_in

# The demo is loaded for all of them: on every second day; tests/faults/test_book.py on each.
pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.turn(2, 1)]
BY = Actor.system("kiểm thử")
PROVED_OTHERWISE = {
    "register_eventtally": "sums of events, compared with them by `danchu verify`",
    "units_mapversion": "the number under which a map is cached",
    "law_edition": "the number under which the law is cached",
    "law_legaltext": "names of texts beside the rules",
}
# Tables that the demo has no record of, and the test that plants in them.
PLANTED_ELSEWHERE = {
    "village_electedmember": "tests/village/test_conferences.py",
    "minutes_commitmentpaper": "tests/minutes/test_life.py",
    "conference_itempaper": "tests/conference/test_preparing.py",
    "inspection_roundphoto": "tests/inspection/test_rounds.py",
}
PLANTED_HERE = [kind for kind, form in forms().items() if form.table not in PLANTED_ELSEWHERE]
# What a list says behind a task when it is empty.
NOTHING_TO_DO = ("Chưa có kiến nghị nào.", "Không có bản nháp nào chờ ông/bà xác nhận.")


@pytest.fixture(scope="module")
def demo(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo on a database that was founded before: whole in `make test-long`, else a fiftieth of
    its records, and the law and the outside scores are taken in by the founding. Each loader is
    checked as at its commit.
    """
    from django.conf import settings

    if not IS_LONG:
        request.getfixturevalue("country_database")
    by = Actor.system("kiểm thử")
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PAPERS_ROOT", tmp_path_factory.mktemp("papers"))
        if not IS_LONG:
            _shrink(patch)
        load_units(by=by)
        found_digests(by=by)
        loaders = (load_law, load_matters, load_office_kinds, load_escalations, load_scores)
        for load in (*loaders, load_catalogue):
            load(by=by)
            connection.check_constraints()
        load_demo(by=by)
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


def _shrink(patch):
    """Let the demo have a fiftieth of its records."""

    def few(plan):
        return [
            (kind, form, rows // 50 + 1, *rest, {name: totals[name] // 50 for name in totals})
            for kind, form, rows, *rest, totals in plan
        ]

    patch.setattr(generate, "HA_NOI", few(generate.HA_NOI))
    since, until, numbers = generate.FILES
    patch.setattr(generate, "FILES", (since, until, tuple(number // 50 for number in numbers)))
    patch.setattr(petitions, "CITIES", (("01", 8),))


def batched(values, size):
    """The values in tuples of `size`, as itertools.batched from Python 3.12 on."""
    return [values[at : at + size] for at in range(0, len(values), size)]


def test_nothing_is_invented_of_honest_records(demo):
    assert list(row_problems()) == []
    assert [(place, str(message)) for check in CHECKS for place, message in check()] == []


@pytest.mark.parametrize("kind", PLANTED_HERE)
def test_each_field_changed_around_the_triggers_is_found_and_its_record_named(demo, kind):
    form = forms()[kind]
    with connection.cursor() as cursor:
        free(cursor, form.table)
        cursor.execute(
            f'SELECT r."{form.key}" FROM {form.table} AS r WHERE {form.counts} LIMIT %s',
            [len(form.rule.names)],
        )
        rows = [key for (key,) in cursor.fetchall()]
        assert rows, f"the demo has no counted {kind}: give it one (danchu/demo/states.py)"
        # Each field in a record of its own, so that few comparisons serve for many fields.
        for names in batched(form.rule.names, len(rows)):
            cursor.execute("SAVEPOINT planted")
            for name, key in zip(names, rows, strict=False):
                plant(cursor, form.model, name, f'"{form.key}" = {key}')
            assert keys(kind) == sorted(rows[: len(names)]), names
            cursor.execute("ROLLBACK TO SAVEPOINT planted")


@pytest.mark.parametrize("kind", [kind for kind in PLANTED_HERE if forms()[kind].parts])
def test_each_field_of_a_part_is_found_and_its_record_named(demo, kind):
    form = forms()[kind]
    with connection.cursor() as cursor:
        for model, rule in form.parts:
            table = model._meta.db_table
            if table in PLANTED_ELSEWHERE:
                continue
            whole = model._meta.get_field(rule.whole).column
            free(cursor, table)
            cursor.execute(
                f'SELECT r."{form.key}", min(p.ctid::text) FROM {table} AS p JOIN {form.table} '
                f'AS r ON r."{form.key}" = p."{whole}" WHERE {form.counts} GROUP BY 1 LIMIT %s',
                [len(rule.names) + 1],
            )
            rows = cursor.fetchall()
            assert rows, f"the demo has no {table}"
            for names in batched((*rule.names, ""), len(rows)):
                cursor.execute("SAVEPOINT planted")
                for name, (_key, place) in zip(names, rows, strict=False):
                    if name:
                        plant(cursor, model, name, f"ctid = '{place}'")
                    else:
                        cursor.execute(f"DELETE FROM {table} WHERE ctid = '{place}'")
                assert keys(kind) == sorted(key for key, _place in rows[: len(names)]), names
                cursor.execute("ROLLBACK TO SAVEPOINT planted")


@pytest.mark.case("TR1")
def test_each_table_that_a_figure_reads_is_proved(demo):
    """So that no row beside a record makes it count for something else without being noticed."""
    day = date(2026, 3, 15)
    nation = Unit.objects.get(level="nation", until=None)
    with CaptureQueriesContext(connection) as queries:
        for indicator in INDICATORS.values():
            for period in (Period.year(2024), Period.year(2025)):
                figure(indicator, nation.pk, period, day)
    text = "\n".join(query["sql"] for query in queries)
    tables = {model._meta.db_table for model in apps.get_models()}
    read_tables = tables & set(re.findall(r"\b[a-z0-9_]+\b", text))
    proved = {form.table for form in forms().values()}
    proved |= {model._meta.db_table for form in forms().values() for model, _rule in form.parts}
    assert read_tables - proved <= set(PROVED_OTHERWISE)


# What public pages read and the journal does not prove, with the reason.
SHOWN_UNPROVED = {
    **PROVED_OTHERWISE,
    **dict.fromkeys(
        ("journal_entry", "journal_head", "journal_tile", "journal_rowdigest"), "itself"
    ),
    **dict.fromkeys(("journal_checkpoint", "journal_cosignature", "journal_founding"), "itself"),
    "reports_sealline": "under a digest that an entry has",
    **dict.fromkeys(("copies_change", "copies_horizon", "copies_pagecopy"), "kept pages"),
    "papers_paper": "its hash is in its entry",
    "law_joinedkey": "compared with the law by `danchu verify`",
    "law_openpoint": "what is open in the law",
    "disclosure_yearlyduty": "the law of yearly disclosures",
    "units_place": "where a unit lies on the map",
    "staff_installation": "who operates the installation",
    "conference_conference": "when and where, before it is held",
    "conference_programmeitem": "what is planned",
    "conference_bridgepoint": "where it is held",
    "conference_headcount": "counted while it is held; its minutes say how many",
    "conference_question": "asked in the hall; its minutes say what was answered",
    "consultation_findings": "results are compared with the votes; groups, topics are of opinions",
    "casework_knock": "how often somebody asked",
    "django_session": "who asks",
    "people_account": "who asks",
}


@pytest.mark.case("TR1")
def test_each_row_that_a_public_page_shows_is_proved(demo, client):
    """The list of each public section and the pages of its latest records."""
    read_tables = defaultdict(set)
    for section in public_sections():
        address = section.listing.name.replace("-", "_")
        pages = [reverse(address)]
        if section.record:
            rows = section.record.rows(Actor.public()).order_by("-pk")[:5]
            pages += [reverse(section.one, kwargs=section.named(row)) for row in rows]
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200, page
            for query in queries:
                for table in re.findall(r'(?:FROM|JOIN) "?([a-z0-9_]+)', query["sql"]):
                    read_tables[table].add(page)
    tables = {model._meta.db_table for model in apps.get_models()}
    proved = {form.table for form in forms().values()}
    proved |= {model._meta.db_table for form in forms().values() for model, _rule in form.parts}
    assert len(read_tables.keys() & proved) > 20
    unproved = read_tables.keys() & tables - proved - SHOWN_UNPROVED.keys()
    assert {table: sorted(read_tables[table]) for table in unproved} == {}


# What the issue of the book that proves itself names, and the kind under which it is proved.
NAMED = {
    "events and parts": "event",
    "statements": "statement",
    "findings": "finding",
    "recommendations": "recommendation",
    "petitions": "petition",
    "visits": "visit",
    "commitments": "commitment",
    "minutes": "minutes",
    "votes": "poll",
    "bodies": "body",
    "units": "unit",
    "successions": "succession",
    "rules": "rule",
    "outside scores": "score",
}


@pytest.mark.case("TR1")
def test_every_named_kind_is_proved_and_has_records_to_plant_in(demo):
    assert set(NAMED.values()) <= set(forms())
    with connection.cursor() as cursor:
        for kind in NAMED.values():
            form = forms()[kind]
            cursor.execute(f"SELECT count(*) FROM {form.table} AS r WHERE {form.counts}")
            assert cursor.fetchone()[0] > 0, kind


@one_in(3)
@pytest.mark.case("TR1")
@pytest.mark.parametrize("kind", PLANTED_HERE)
def test_a_thousand_records_planted_and_some_removed_are_named_with_an_entry_too(demo, kind):
    form = forms()[kind]
    columns = [field.column for field in form.model._meta.concrete_fields]
    values = {quoted(column): quoted(column) for column in columns if column != form.key}
    if (name := form.model._meta.pk.column) != form.key:
        values[quoted(name)] = f"{quoted(name)} || '-' || n"
    with connection.cursor() as cursor:
        free(cursor, form.table)
        cursor.execute(
            f'INSERT INTO {form.table} ("{form.key}", {", ".join(values)}) '
            f'SELECT -("{form.key}" * 1000 + n), {", ".join(values.values())} '
            f"FROM (SELECT * FROM {form.table} AS r WHERE {form.counts} ORDER BY 1 LIMIT 3) AS r, "
            f'generate_series(0, 333) AS n RETURNING "{form.key}"'
        )
        planted_keys = [key for (key,) in cursor.fetchall()]
        originals = {-key // 1000 for key in planted_keys}
        assert len(planted_keys) == 334 * len(originals)
        cursor.execute(
            f'DELETE FROM {form.table} WHERE "{form.key}" = ANY(%s)', [sorted(originals)]
        )
    assert keys(kind) == sorted([*planted_keys, *originals])
    record(Actor.system("kiểm thử"), "rows.founded", None)
    assert keys(kind) == sorted([*planted_keys, *originals])


@one_in(3)
@pytest.mark.case("TR1", "TR3")
@pytest.mark.parametrize("kind", PLANTED_HERE)
def test_with_triggers_no_change_is_committed_without_its_entry(demo, kind):
    """Each field of one record, and of all; a record or a part that goes or comes."""
    form = forms()[kind]
    sources = [(form.model, form.rule.names, f"{form.counts}", f'r."{form.key}"')]
    for model, rule in form.parts:
        if rule.quiet or model._meta.db_table in PLANTED_ELSEWHERE:
            continue  # quiet: found by `danchu verify` only
        whole = model._meta.get_field(rule.whole).column
        belongs = (
            f'EXISTS (SELECT FROM {form.table} AS r WHERE r."{form.key}" = p."{whole}" '
            f"AND {form.counts})"
        )
        sources.append((model, rule.names, belongs, ""))
    refusals = []
    with connection.cursor() as cursor:
        for model, names, counted, key in sources:
            table, alias = model._meta.db_table, "r" if key else "p"
            cursor.execute(f"SELECT ctid::text FROM {table} AS {alias} WHERE {counted} LIMIT 1")
            first = cursor.fetchone()
            assert first, f"the demo has no counted row of {table} (danchu/demo/states.py)"
            one = f"ctid = '{first[0]}'"
            for name in names:
                field = quoted(model._meta.get_field(name).column)
                change = f"UPDATE {table} AS {alias} SET {field} = {other(cursor, model, name)}"
                refusals.append(_refusal(cursor, f"{change} WHERE {one}"))
                assert refusals[-1], (kind, table, name)
            assert _refusal(cursor, f"{change} WHERE {counted}"), (kind, table)
            assert _refusal(cursor, f"DELETE FROM {table} AS {alias} WHERE {one}"), (kind, table)
    assert any("journal_changes_digested" in one or "_kept" in one for one in refusals), refusals


def _refusal(cursor, statement):
    """What the database says against the statement by the end of its transaction; "" for nothing.
    What it did is undone.
    """
    try:
        with transaction.atomic():
            cursor.execute(statement)
            cursor.execute(CHECK)
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(error)
    return ""


def states_of(model, life):
    """The states of a life cycle as its table and the column of its records name them."""
    named = {state for move in life.moves for state in (*move.sources, move.target)}
    states = {str(state) for state in named if isinstance(state, str)}
    fields = {field.name: field for field in model._meta.concrete_fields}
    if "state" in fields and fields["state"].choices:
        states |= {value for value, _word in fields["state"].choices}
    return states


# States that no demo can have on the day on which it is loaded: a contest of a posting comes on the
# day on which it is written, and lapses when the days of its answer are over.
NOT_YET = {"Contest": "unanswered"}
# Life cycles of records that have no section of their own at the desk.
ELSEWHERE = ((ReceptionDay, RECEPTION_DAY_LIFE), (Question, QUESTION_LIFE))


@pytest.mark.parametrize(
    ("model", "life"),
    [
        *((section.listing.rows(BY).model, section.life) for section in sections() if section.life),
        *ELSEWHERE,
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_the_demo_has_something_in_each_state_of_each_life_cycle(demo, model, life):
    rows = model._default_manager.all()
    missing = states_of(model, life) - {str(life.state(row)) for row in rows.iterator()}
    missing -= {*NOT_YET.get(model.__name__, "").split()}
    assert not missing, (
        f"the demo has no {model.__name__} in {sorted(missing)}: give it one "
        "(danchu/demo/states.py), or name the state in NOT_YET where no demo can have it"
    )


def test_every_inspection_board_of_the_cities_has_lawful_members(demo):
    boards = Body.objects.on(today()).filter(kind="peoples_inspection_board")
    terms = BoardTerm.objects.filter(until__gt=today(), board__in=boards, recognised_on__lt=today())
    assert {term.board_id for term in terms} == set(boards.values_list("pk", flat=True))
    for term in terms.select_related("board"):
        refuse_incomplete(term, list(term.members.filter(left_on=None)), today())


@one_in(3)
@pytest.mark.parametrize("role", [CITIZEN, *OFFICES])
def test_each_role_can_do_its_three_tasks_at_once(demo, client, settings, role):
    settings.DEMO = True
    client.post("/demo/role/", {"role": role})
    page = tight(client.get("/", follow=True).content.decode())
    tasks = TASKS[OFFICES.get(role, role)]
    assert len(tasks) == 3
    for task in tasks:
        assert escape(task.url) in page
        answer = client.get(task.url)
        assert answer.status_code == 200, task.url
        assert not any(words in answer.content.decode() for words in NOTHING_TO_DO), task.url


@one_in(3)
@pytest.mark.parametrize("role", [CITIZEN, *OFFICES])
def test_each_role_carries_its_three_tasks_to_their_end(demo, settings, role):
    settings.DEMO = True
    office = OFFICES.get(role, role)
    offices = {key: names["vi"] for key, names in rights_table()["offices"].items()}
    for task, play in zip(TASKS[office], PLAYS[office], strict=True):
        with transaction.atomic():
            visitor = Visitor()
            visitor.open("/").press("Đổi", {"Đổi vai": offices.get(office, "người dân")})
            play(visitor.open(visitor.path).follow(str(task.words)))
            transaction.set_rollback(True)


def test_the_open_hall_of_a_demo_is_entered_by_each_of_its_codes(demo, client, settings):
    settings.DEMO = True
    page = tight(client.get("/demo/hall/").content.decode())
    codes = re.findall(r'name="code" value="([^"]+)"', page)
    assert len(codes) == 4
    for code in codes:
        answer = client.post("/h/", {"code": code})
        assert answer.status_code == 302 and "/hall/" in answer.url, code
    assert client.get("/demo/hall/").content.decode().count('name="code"') == 4


def test_a_figure_of_the_demos_sealed_report_is_found_by_its_value(demo, client):
    lines = SealLine.objects.filter(key="supervisions_217", own="")
    line = max(lines, key=lambda line: int(line.value))
    page = tight(client.get("/search/", {"q": show_number(int(line.value))}).content.decode())
    assert f"/figures/supervisions_217/?unit={line.unit_id}" in page


def test_a_role_that_the_demo_does_not_have_is_no_page(demo, client, settings):
    settings.DEMO = True
    assert client.post("/demo/role/", {"role": "ai-do@example.vn"}).status_code == 404


def test_elsewhere_nobody_changes_roles(demo, client, settings):
    settings.DEMO = False
    role = next(iter(OFFICES))
    assert client.post("/demo/role/", {"role": role}).status_code == 404
    assert client.get("/demo/hall/").status_code == 404
    assert "/demo/" not in client.get("/").content.decode()


def test_nothing_is_held_on_a_holiday_and_little_on_a_sunday(demo):
    days = list(Event.objects.filter(illustrative=True).values_list("held_on", flat=True))
    special_days = book().calendar.special_days
    assert not [day for day in days if day in special_days and special_days[day].kind in OFF]
    of_weekday = Counter(day.weekday() for day in days)
    assert 0 < 4 * of_weekday[6] < min(of_weekday[day] for day in range(5))
    assert max(days) < today() and (today() - max(days)).days < 10


def test_as_much_is_held_in_a_year_after_the_report_as_during_it():
    """Of the kind that is recorded most, by the weights of the days alone."""
    [plan] = [row for row in generate.HA_NOI if row[0] == "supervision_217"]
    days = Days("supervision_217", plan[3], generate.LAST)
    year = Days("supervision_217", date(2025, 1, 1), date(2025, 12, 31))
    [later] = [
        row[2]
        for row in generate._plan_like(
            generate.HA_NOI, Fraction(1), date(2025, 1, 1), date(2025, 12, 31)
        )
        if row[0] == "supervision_217"
    ]
    assert later == plan[2] * year.weight // days.weight
    assert Fraction(1, 4) < Fraction(later, plan[2]) < Fraction(2, 5)  # of nearly three years


def test_nothing_stands_empty_that_a_reader_would_not_believe(demo):
    """Units inspected, second complaints, reception days of each year, reports of boards."""
    inspections = Event.objects.counted().filter(kind="steering_inspection")
    assert inspections.exists() and not inspections.exclude(parts__role="inspected").exists()
    if IS_LONG:  # a fiftieth of the demo has no first complaint that is resolved
        states = set(Petition.objects.filter(stage="second").values_list("state", flat=True))
        assert {"closed", "accepted"} <= states
    years = {day.year for day in ReceptionDay.objects.values_list("on", flat=True)}
    assert years >= set(range(2022, today().year + 1))
    reports = Obligation.objects.filter(subject_kind="board_report")
    overdue = reports.filter(state="open", due_on__lt=today()).count()
    assert reports.filter(state="late").exists() and 20 * overdue < reports.count()


def test_hardly_two_records_of_a_hundred_have_the_same_words(demo):
    titles = Event.objects.filter(illustrative=True).exclude(kind="reception")
    titles = list(titles.values_list("title", flat=True))
    assert len(set(titles)) > 0.97 * len(titles)
    assert not [title for title in titles if "minh họa" in title]
