"""Rules and calendars change by new versions only; what was in force on a day can always be
read again.
"""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from danchu.journal.models import Entry
from danchu.journal.verify import verify_chain
from danchu.kernel.refusals import Denied, Refused
from danchu.law.actions import (
    add_text,
    correct_rule,
    enact_earlier_rule,
    enact_rule,
    join_rules,
    raise_point,
    set_calendar,
    settle_point,
)
from danchu.law.book import book, calendar_at, missing_years
from danchu.law.loading import load_law
from danchu.law.models import CalendarVersion, Edition, LegalText, OpenPoint, RuleVersion
from danchu.people.actor import Actor

JULY = date(2027, 7, 1)


def test_loading_twice_changes_nothing(law, by):
    rows, entries = RuleVersion.objects.count(), Entry.objects.count()
    assert load_law(by=by) == (0, 0)
    assert (RuleVersion.objects.count(), Entry.objects.count()) == (rows, entries)


def test_a_new_version_ends_the_old_one_and_keeps_what_it_does_not_name(law, by):
    enact_rule(
        "pib.answer",
        by=by,
        since=JULY,
        value="10",
        unit="working_day",
        text=LegalText.objects.get(key="law-10-2022"),
    )
    *_earlier, old, new = book().versions("pib.answer")
    assert (old.value, old.unit, old.until) == (15, "day", JULY)
    assert (new.value, new.unit, new.vi, new.mark) == (10, "working_day", old.vi, "operator")
    assert book().rule("pib.answer", date(2027, 6, 30)) == old
    assert book().rule("pib.answer", JULY) == new
    assert list(verify_chain()) == []


def test_a_version_for_running_cases_takes_over_what_was_not_yet_due(law, by):
    enact_rule("pib.answer", by=by, since=JULY, value="5", transition="running")
    now = book()
    running, ended = date(2027, 6, 25), date(2027, 6, 1)
    assert now.rule_for("pib.answer", running, on=date(2027, 6, 30)).value == 15, "not yet in force"
    assert now.rule_for("pib.answer", running, on=JULY).value == 5
    assert now.rule_for("pib.answer", ended, on=JULY).value == 15, (
        "was due before the new version came"
    )


def test_a_correction_leaves_the_wrong_version_readable(law, by):
    wrong = RuleVersion.objects.uncorrected().get(key="feedback.answer")
    corrected = correct_rule(wrong, by=by, reason="Đọc lại Thông tư", value="15", mark="verified")
    assert book().rule("feedback.answer", date(2024, 1, 1)).value == 15
    assert RuleVersion.objects.get(pk=wrong.pk).value == "10"
    with pytest.raises(Refused, match="đã được đính chính"):
        correct_rule(wrong, by=by, reason="Lần nữa", value="16")
    assert Entry.objects.about(corrected).get().data["corrects"] == wrong.pk


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"value": "0"}, "value"),
        ({"value": "mười"}, "value"),
        ({"value": "1/2"}, "value"),
        ({"unit": "share"}, "unit"),
        ({"unit": "tuần"}, "unit"),
        ({"sense": "about"}, "sense"),
        ({"mark": "sure"}, "mark"),
        ({"text": None}, "text"),
        ({"until": date(2020, 1, 1)}, "since"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_field(law, by, fields, field):
    before = RuleVersion.objects.count()
    with pytest.raises(Refused) as refusal:
        enact_rule("pib.answer", by=by, since=JULY, **{"value": "10", **fields})
    assert refusal.value.field == field
    assert RuleVersion.objects.count() == before
    assert book().rule("pib.answer", JULY).until is None, "the old version was not ended"


def test_a_version_is_not_slipped_in_before_another(law, by):
    with pytest.raises(Refused, match="đính chính phiên bản đó"):
        enact_rule("complaint.accept", by=by, since=date(2025, 1, 1), value="8")


def test_only_who_has_the_right_over_the_whole_country_changes_the_law(law):
    for act in (
        lambda: enact_rule("pib.answer", by=Actor.public(), since=JULY, value="1"),
        lambda: correct_rule(RuleVersion.objects.first(), by=Actor.public(), reason="x", value="1"),
        lambda: set_calendar(2028, [], by=Actor.public(), basis="x"),
        lambda: load_law(by=Actor.public()),
        lambda: add_text(by=Actor.public(), vi="Luật X", en="Law X", since=JULY),
        lambda: enact_earlier_rule(
            "election.plan", by=Actor.public(), since=date(2020, 1, 1), until=date(2021, 1, 1)
        ),
        lambda: join_rules("pib.staff", "pib.members", by=Actor.public(), reason="x"),
        lambda: raise_point("pib.staff", by=Actor.public(), vi="x"),
        lambda: settle_point(OpenPoint.objects.first(), by=Actor.public(), answer="x"),
    ):
        with pytest.raises(Denied):
            act()


def test_a_document_is_added_once_under_a_key_of_its_own(law, by):
    made = add_text(by=by, vi="Luật Mới 1/2027/QH16", en="New law 1/2027", since=JULY)
    other = add_text(by=by, vi="Luật mới 1-2027 QH16", en="Another", since=JULY)
    assert (made.pk, other.pk) == ("luat-moi-1-2027-qh16", "luat-moi-1-2027-qh16-2")
    for fields, field in (
        ({"vi": "LUẬT MỚI 1/2027/QH16"}, "text_vi"),
        ({"vi": " "}, "text_vi"),
        ({"en": ""}, "text_en"),
        ({"since": None}, "text_since"),
        ({"vi": "x" * 201}, "text_vi"),
    ):
        with pytest.raises(Refused) as refusal:
            add_text(by=by, **{"vi": "Luật Y", "en": "Law Y", "since": JULY, **fields})
        assert refusal.value.field == field
    assert Entry.objects.about(made).get().act == "text.added"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE law_ruleversion SET value = '99'",
        "DELETE FROM law_ruleversion",
        "UPDATE law_calendarday SET kind = 'make_up'",
        "DELETE FROM law_calendarday",
        "DELETE FROM law_calendarversion",
    ],
)
def test_the_database_refuses_to_rewrite_the_law(law, statement):
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_year_set_again_moves_due_dates_and_the_earlier_calendar_is_still_there(law, by):
    before = law.calendar
    assert law.due("decision.send", date(2026, 11, 20)).day == date(2026, 11, 27)
    days = [
        (mark.day, mark.kind, mark.name)
        for mark in before.special_days.values()
        if mark.day.year == 2026
    ]
    set_calendar(
        2026,
        [*days, (date(2026, 11, 24), "holiday", "Ngày Văn hóa Việt Nam")],
        by=by,
        basis="Nghị quyết",
    )
    now = book()
    assert now.due("decision.send", date(2026, 11, 20)).day == date(2026, 11, 30)
    assert now.calendar.version == before.version + 1
    assert calendar_at(before.version).is_working(date(2026, 11, 24))


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2028, [(date(2027, 1, 1), "holiday", "Tết")]),
        (2028, [(date(2028, 1, 3), "make_up", "làm bù")]),
        (2028, [(date(2028, 1, 1), "party", "Tết")]),
        (2028, [(date(2028, 1, 1), "holiday", " ")]),
        (1900, []),
        (2028, [(date(2028, 1, 1), "holiday", "Tết")] * 2),
    ],
)
def test_a_calendar_that_cannot_be_is_refused_whole(law, by, year, days):
    before = CalendarVersion.objects.count()
    with pytest.raises(Refused):
        set_calendar(year, days, by=by, basis="Thông báo")
    assert CalendarVersion.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_the_book_costs_one_question_until_the_law_changes(by, django_assert_num_queries):
    load_law(by=by)
    assert book().rule("pib.answer", JULY).value == 15
    with django_assert_num_queries(1):
        assert book().rule("pib.answer", JULY).value == 15
    enact_rule("pib.answer", by=by, since=JULY, value="10")
    assert book().rule("pib.answer", JULY).value == 10


def test_the_command_line_tells_what_the_engine_tells(law):
    said = StringIO()
    call_command("due", "pib.answer", "--event", "2024-08-18", stdout=said)
    assert said.getvalue().startswith("04/09/2024\n")
    said = StringIO()
    call_command(
        "judge",
        "threshold.general",
        "--part",
        "75",
        "--whole",
        "150",
        "--on",
        "2025-09-01",
        stdout=said,
    )
    assert (
        said.getvalue().startswith("Không đạt.\n")
        and "2 × 75 = 150 ≤ 1 × 150 = 150" in said.getvalue()
    )
    said = StringIO()
    call_command(
        "rules", "--enact", "pib.answer", "--since", "2027-07-01", "--value", "10", stdout=said
    )
    assert book().rule("pib.answer", JULY).value == 10


def test_the_api_lists_the_rules_and_answers_why(law, client):
    rules = client.get("/api/v1/rules").json()
    assert {
        "key",
        "value",
        "unit",
        "article",
        "document",
        "valid_from",
        "valid_to",
        "mark",
    } <= rules[0].keys()
    found = client.get("/api/v1/rules/complaint.accept/due?event=2026-07-01").json()
    assert (found["due"], found["rule"]["unit"]) == ("2026-07-10", "working_day")
    assert "Điều 10" in found["why"]
    for address in (
        "khong.co/due?event=2026-07-01",
        "complaint.accept/due?event=31/02/2026",
        "complaint.accept/due?event=2010-01-01",
        "pib.members/due?event=2024-01-01",
        "pib.answer/due?event=2999-01-01",
        "pib.answer/judge?part=5",
        "threshold.general/judge?part=5",
        "threshold.general/judge?part=5&whole=4",
        "threshold.general/judge?part=5&whole=9&on=x",
    ):
        answer = client.get(f"/api/v1/rules/{address}")
        assert (answer.status_code, bool(answer.json()["error"])) == (400, True), address
    found = client.get(
        "/api/v1/rules/threshold.contribution/judge?part=99&whole=150&on=2025-09-01"
    ).json()
    assert (found["passed"], found["needed"], found["rule"]["value"]) == (False, 100, "2/3")
    assert "3 × 99 = 297 < 2 × 150 = 300" in found["why"]
    assert (
        next(rule for rule in rules if rule["key"] == "decision.items.contribution")["value"]
        == "1,2"
    )


def test_a_page_that_was_opened_before_another_change_cannot_overwrite_it(law, by):
    newest = RuleVersion.objects.uncorrected().filter(key="pib.answer").latest("pk").pk
    enact_rule("pib.answer", by=by, since=JULY, value="10", newest=newest)
    with pytest.raises(Refused, match="vừa được người khác thay đổi"):
        enact_rule("pib.answer", by=by, since=date(2028, 1, 1), value="9", newest=newest)
    with pytest.raises(Refused, match="vừa được người khác ghi lại"):
        set_calendar(2026, [], by=by, basis="Thông báo", newest=0)
    set_calendar(2030, [], by=by, basis="Thông báo", newest=0)


def test_a_correction_needs_a_reason_and_a_calendar_its_announcement(law, by):
    version = RuleVersion.objects.uncorrected().get(key="feedback.answer")
    with pytest.raises(Refused) as refusal:
        correct_rule(version, by=by, reason=" ", value="15")
    assert refusal.value.field == "reason"
    for basis in (" ", "x" * 301):
        with pytest.raises(Refused) as refusal:
            set_calendar(2030, [], by=by, basis=basis)
        assert refusal.value.field == "basis"
    with pytest.raises(Refused) as refusal:
        set_calendar(2030, [], by=by, basis="x", mark="sure")
    assert refusal.value.field == "mark"


def test_a_fault_of_another_kind_is_not_taken_for_two_versions_on_one_day(law, by):
    version = RuleVersion.objects.uncorrected().get(key="feedback.answer")
    with pytest.raises(IntegrityError, match="since"), transaction.atomic():
        correct_rule(version, by=by, reason="Sai ngày", since=None)


def test_a_year_ahead_that_was_never_set_is_missing(law):
    last = CalendarVersion.objects.latest("year").year
    assert missing_years(date(last, 12, 1), 30) == []
    assert missing_years(date(last, 12, 1), 31) == [last + 1]


def test_a_day_has_the_rules_in_force_on_it_and_rows_name_themselves(law):
    rows = RuleVersion.objects.on(date(2026, 7, 1)).filter(key="complaint.accept")
    assert [row.unit for row in rows] == ["working_day"]
    [version] = rows
    assert (version.name, str(version)) == (
        version.vi,
        f"complaint.accept {version.value} working_day",
    )
    assert str(version.text) == version.text.vi
    calendar = CalendarVersion.objects.get(year=2024)
    day = calendar.days.get(day=date(2024, 9, 2))
    assert (str(calendar), str(day)) == (f"{calendar.number}: 2024", "2024-09-02 Quốc khánh")
    assert str(Edition.objects.get()) == str(Edition.objects.get().number)


def test_a_version_is_written_for_days_before_the_first_one(law, by):
    since, until = date(2010, 1, 1), date(2011, 1, 1)
    first = enact_earlier_rule("election.plan", by=by, since=since, until=until, value="30")
    assert book().rule("election.plan", since).number == first.pk
    assert book().rule("election.plan", date(2023, 8, 15)).value == 20
    for days in ((since, until), (date(2011, 1, 1), date(2023, 8, 16)), (until, until)):
        with pytest.raises(Refused) as refusal:
            enact_earlier_rule("election.plan", by=by, since=days[0], until=days[1])
        assert refusal.value.field == "since"
    with pytest.raises(Refused):
        enact_earlier_rule("of.nobody", by=by, since=since, until=until)
