"""The rows of the law: their articles and days, history before 2023, the linter, upgrades, the
calendar of next year.
"""

from datetime import date
from functools import partial

import pytest
from django.utils import translation

from danchu.config.checks import CHECKS
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused
from danchu.law.actions import (
    correct_rule,
    enact_rule,
    join_rules,
    raise_point,
    set_calendar,
    settle_point,
)
from danchu.law.book import book, uncertain_years
from danchu.law.decision import Form, Next, Vote, decide, decide_on
from danchu.law.lint import faults_in_force, faults_of
from danchu.law.loading import load_law, read_source
from danchu.law.models import LegalText, OpenPoint, RuleVersion
from danchu.obligations.actions import (
    change_law,
    meet_obligation,
    owe,
    recount_obligations,
    revise_misjudged,
)
from danchu.obligations.models import Revision
from danchu.obligations.outlook import years_to_enter
from danchu.people.actor import Actor
from tests.people.conftest import country, system  # noqa: F401

BY = Actor.system("test")
JULY = date(2023, 7, 1)
# What the texts say: key, day, article, document, first day in force.
SOURCES = [
    ("denunciation.send", "2019-06-01", "Điều 35 khoản 3", "Luật Tố cáo", "2019-01-01"),
    ("pib.members", "2023-07-01", "Điều 36 khoản 1", "Luật Thực hiện dân chủ", "2023-07-01"),
    ("pib.answer", "2023-07-01", "Điều 40 khoản 1 điểm c", "Luật Thực hiện dân chủ", "2023-07-01"),
    ("pib.answer.agency", "2023-07-01", "Điều 63", "Luật Thực hiện dân chủ", "2023-07-01"),
    ("pib.answer.enterprise", "2023-07-01", "Điều 81", "Luật Thực hiện dân chủ", "2023-07-01"),
    ("investment.answer", "2023-07-01", "Điều 45 khoản 2 điểm c", "Luật Thực hiện", "2023-07-01"),
    ("pib.deputies", "2023-08-15", "Điều 13 khoản 3", "Nghị định 59/2023", "2023-08-15"),
    ("pib.byelection", "2023-07-01", "Điều 36 khoản 2", "Luật Thực hiện dân chủ", "2023-07-01"),
    ("pib.report", "2023-08-15", "Điều 14 khoản 3", "Nghị định 59/2023", "2023-08-15"),
    ("investment.people", "2023-08-15", "Điều 17 khoản 2", "Nghị định 59/2023", "2023-08-15"),
    ("investment.deputies", "2023-08-15", "Điều 17 khoản 3", "Nghị định 59/2023", "2023-08-15"),
    ("investment.notice", "2023-07-01", "Điều 45 khoản 1 điểm b", "Luật Thực hiện", "2023-07-01"),
    ("investment.report", "2023-08-15", "Điều 18 khoản 3", "Nghị định 59/2023", "2023-08-15"),
    ("meeting.clusters", "2023-07-01", "Điều 18 khoản 3", "Luật Thực hiện", "2023-07-01"),
    ("ballot.notice", "2023-07-01", "Điều 19 khoản 2", "Luật Thực hiện dân chủ", "2023-07-01"),
    ("ballot.team_least", "2023-07-01", "Điều 19 khoản 2", "Luật Thực hiện", "2023-07-01"),
    ("ballot.team_most", "2023-07-01", "Điều 19 khoản 2", "Luật Thực hiện", "2023-07-01"),
    ("complaint.second_publish", "2012-11-20", "Điều 12", "Nghị định 75/2012", "2012-11-20"),
    ("complaint.second_publish", "2020-12-10", "", "Nghị định 124/2020", "2020-12-10"),
    ("complaint.second_posting", "2020-12-09", "Điều 12", "Nghị định 75/2012", "2012-11-20"),
    (
        "reception.transfer_told",
        "2020-01-01",
        "Điều 28 khoản 2",
        "Luật Tiếp công dân",
        "2014-07-01",
    ),
    ("complaint.dialogue_notice", "2026-07-01", "Điều 28 khoản 1", "155/2026", "2026-07-01"),
    ("complaint.suspend_send", "2026-07-01", "Điều 28b khoản 1", "155/2026", "2026-07-01"),
    ("complaint.resume_send", "2026-07-01", "Điều 28b khoản 2", "155/2026", "2026-07-01"),
    ("complaint.accept", "2026-07-01", "Điều 16 khoản 1", "155/2026", "2026-07-01"),
    ("pib.second_deputy", "2023-08-15", "Điều 21 khoản 3", "Nghị định 59/2023", "2023-08-15"),
    ("disclosure.agency.publish", "2023-07-01", "Điều 47 khoản 2", "Luật Thực hiện", "2023-07-01"),
    ("disclosure.enterprise.posting", "2023-07-01", "Điều 66", "Luật Thực hiện", "2023-07-01"),
    ("convention.recognise", "2023-08-16", "Điều 11 khoản 3", "Nghị định 61/2023", "2023-08-16"),
    ("convention.suspend", "2023-08-16", "Điều 12 khoản 2", "Nghị định 61/2023", "2023-08-16"),
    ("convention.send_recognised", "2023-08-16", "Điều 18", "Nghị định 61/2023", "2023-08-16"),
    ("pib.recognise.agency", "2023-08-15", "Điều 21 khoản 1", "Nghị định 59/2023", "2023-08-15"),
    ("pib.recognise.enterprise", "2023-08-15", "Điều 25 khoản 1", "59/2023", "2023-08-15"),
    ("supervision.result", "2018-01-01", "Điều 9 khoản 1", "403/2017", "2017-06-15"),
]


@pytest.fixture(scope="module", autouse=True)
def _law_loaded_once(law_loaded):
    pass


@pytest.fixture
def law(db):
    load_law(by=BY)
    return book()


@pytest.mark.case("LA4")
@pytest.mark.case("LA7")
def test_each_rule_names_the_article_and_the_day_of_its_text(law):
    wrong = []
    for key, day, article, text, since in SOURCES:
        rule = law.rule(key, date.fromisoformat(day))
        is_right = article in rule.article and text in rule.text
        if not is_right or rule.since.isoformat() != since:
            wrong.append((key, rule.article, rule.text, rule.since))
    assert wrong == []


@pytest.mark.case("LA4")
def test_the_law_of_the_product_has_no_fault(law):
    assert faults_in_force() == []
    (run,) = (one.run for one in CHECKS if one.key == "law")
    assert list(run()) == []


@pytest.mark.case("LA4")
def test_a_rule_under_two_keys_is_one_rule(law):
    day = date(2026, 9, 1)
    for old, new in (
        ("staff.quorum", "quorum.staff"),
        ("staff.resolution", "vote.present.staff"),
        ("employees.quorum", "quorum.enterprise"),
        ("employees.resolution", "vote.present.enterprise"),
    ):
        assert old not in law.rule_keys() and new in law.rule_keys()
    fields = _fields(law.rule("quorum.staff", day))
    enact_rule("staff.quorum", by=BY, since=JULY, **fields)
    assert [(fault.key, fault.kind) for fault in faults_in_force()] == [("quorum.staff", "twice")]
    join_rules("staff.quorum", "quorum.staff", by=BY, reason="Cùng một quy tắc")
    assert book().rule("staff.quorum", day) == book().rule("quorum.staff", day)
    assert faults_in_force() == []
    with pytest.raises(Refused):
        join_rules("staff.quorum", "quorum.staff", by=BY, reason="Lần nữa")


def _fields(rule):
    """The columns of a copy of a rule."""
    names = ("vi", "en", "sense", "unit", "article", "mark")
    text = LegalText.objects.get(vi=rule.text)
    return {name: getattr(rule, name) for name in names} | {"value": rule.value_text, "text": text}


def _version(key="one.rule", since="2020-01-01", until=None, **more):
    """An unsaved version of a rule in a text in force from 2020 until before 2024."""
    text = LegalText(
        key="text", vi="Văn bản", en="Text", since=date(2020, 1, 1), until=date(2024, 1, 1)
    )
    days = {"since": date.fromisoformat(since), "until": until and date.fromisoformat(until)}
    fields = {
        "sense": "within",
        "value": "5",
        "unit": "day",
        "mark": "verified",
        "article": "Điều 1",
    }
    return RuleVersion(key=key, text=text, **{**fields, **days, **more})


@pytest.mark.parametrize(
    ("versions", "kinds"),
    [
        ([_version(until="2024-01-01")], []),
        ([_version(until="2021-01-01"), _version(since="2021-01-01", until="2024-01-01")], []),
        (
            [_version(until="2021-01-01"), _version(since="2021-01-02", until="2024-01-01")],
            ["boundary"],
        ),
        (
            [_version(until="2021-01-01"), _version(since="2021-03-01", until="2024-01-01")],
            ["hole"],
        ),
        (
            [_version(until="2021-02-01"), _version(since="2021-01-01", until="2024-01-01")],
            ["overlap"],
        ),
        ([_version(since="2019-12-31", until="2024-01-01")], ["older"]),
        ([_version(until="2024-01-02")], ["outlived"]),
        ([_version()], ["outlived"]),
        ([_version(until="2024-01-01", article=" ")], ["article"]),
        ([_version(until="2024-01-01", article="", mark="secondary")], []),
        ([_version(until="2020-01-01")], ["empty"]),
        ([_version(until="2024-01-01"), _version("two", until="2024-01-01")], ["twice"]),
        (
            [_version(until="2024-01-01"), _version("two", until="2024-01-01", article="điều  1")],
            ["twice"],
        ),
        ([_version(until="2024-01-01"), _version("two", until="2024-01-01", value="6")], []),
        ([_version(until="2021-01-01"), _version("two", "2021-01-01", "2024-01-01")], []),
    ],
)
@pytest.mark.case("LA4")
def test_the_linter_finds_each_kind_of_fault(versions, kinds):
    assert [fault.kind for fault in faults_of(versions)] == kinds


@pytest.mark.case("LA4")
def test_an_earlier_installation_gets_the_corrections_and_keeps_its_own_changes(
    db, country, system, clock
):
    clock.set("2026-09-22")
    _as_earlier(system)
    closed = owe(
        by=system,
        unit=country.here,
        rule_key="complaint.second_publish",
        event_on=date(2026, 9, 1),
        title="Công khai quyết định",
    )
    closed = meet_obligation(closed, by=system, on=date(2026, 9, 10))
    load_law(by=system)
    law = book()
    assert law.rule("denunciation.send", date(2026, 9, 1)).article == "Điều 35 khoản 3"
    wrong = RuleVersion.objects.filter(key="denunciation.send", article="Điều 40")
    assert wrong.get().replaced_at is not None, "the wrong one stays readable"
    assert law.rule("ballot.notice", JULY).text.startswith("Luật Thực hiện")
    assert law.rule("ballot.plan", date(2026, 9, 1)).article == "Điều 4, theo Sở Nội vụ"
    assert law.rule("staff.quorum", JULY) == law.rule("quorum.staff", JULY)
    assert law.rule("complaint.second_publish", date(2026, 9, 1)).mark == "secondary"
    assert law.rule("decision.items.ballot", JULY).value == (1, 2, 6)
    assert load_law(by=system) == (0, 0)
    recount_obligations(by=system)
    closed.refresh_from_db()
    assert closed.rule.replaced_at is not None and closed.due_on == date(2026, 9, 16)
    assert revise_misjudged(by=system) == 0, "the day is the same under the right row"


def _as_earlier(by):
    """Some rows as earlier versions of the product loaded them; one was changed by its operator."""
    texts = {}
    for text in read_source("rules")["text"]:
        row, _new = LegalText.objects.get_or_create(key=text["key"], defaults=text)
        texts[row.key] = row
    sources = {rule["key"]: rule for rule in read_source("rules")["rule"]}
    twice = {"key": "staff.quorum", "vi": "Người dự", "en": "Attending", "sense": "at_least"}
    RuleVersion.objects.uncorrected().update(replaced_at=now())
    for key, text, article, since in (
        ("denunciation.send", "law-denunciation-2018", "Điều 40", date(2019, 1, 1)),
        ("ballot.notice", "decree-59-2023", "Điều 4", date(2023, 8, 15)),
        ("ballot.plan", "decree-59-2023", "Điều 4, theo Sở Nội vụ", date(2023, 8, 15)),
        ("complaint.second_publish", "law-complaints-2011", "Điều 41", date(2012, 7, 1)),
        ("decision.items.ballot", "decree-59-2023", "Điều 4.1.c", date(2023, 8, 15)),
        ("quorum.staff", "law-10-2022", "Điều 51", JULY),
        ("staff.quorum", "law-10-2022", "Điều 51", JULY),
    ):
        rule = sources.get(key, twice)
        version = (rule.get("version") or sources["quorum.staff"]["version"])[-1]
        enact_rule(
            key,
            by=by,
            since=since,
            text=texts[text],
            article=article,
            mark="verified",
            **{name: rule[name] for name in ("vi", "en", "sense")},
            **{name: version[name] for name in ("value", "unit")},
        )


@pytest.mark.case("LA4")
def test_a_correction_that_moves_a_due_day_is_written_beside_it(law, country, system, clock):
    clock.set("2026-09-22")
    rows = [
        owe(
            by=system,
            unit=country.here,
            rule_key="decision.send",
            event_on=date(2026, 9, 14),
            title=title,
        )
        for title in ("Đã gửi", "Chưa gửi")
    ]
    closed = meet_obligation(rows[0], by=system, on=date(2026, 9, 21))
    version = RuleVersion.objects.uncorrected().get(key="decision.send")
    correct_rule(version, by=system, reason="Đọc lại", value="3")
    assert recount_obligations(by=system) == 1
    assert revise_misjudged(by=system) == 1
    found = Revision.objects.order_by("pk").values_list(
        "obligation__title", "from_due", "to_due", "is_applied", "state"
    )
    assert list(found) == [
        ("Chưa gửi", date(2026, 9, 21), date(2026, 9, 17), True, "open"),
        ("Đã gửi", date(2026, 9, 21), date(2026, 9, 17), False, "met"),
    ]
    closed.refresh_from_db()
    assert (closed.due_on, closed.state) == (date(2026, 9, 21), "met")
    assert revise_misjudged(by=system) == 0


@pytest.mark.case("LA5")
@pytest.mark.parametrize("day", [JULY, date(2023, 7, 10), date(2023, 8, 14)])
def test_before_the_decree_households_were_balloted_as_the_law_allows(law, day):
    for item in (1, 2, 6):
        vote = Vote(item=item, households=150, yes=101, form=Form.BALLOT)
        assert decide_on(day, vote).outcome == "passed"
    for item in (3, 4, 5):
        with pytest.raises(Refused, match="phát phiếu"):
            decide_on(day, Vote(item=item, households=150, yes=101, form=Form.BALLOT))
    online = Vote(item=6, households=150, yes=100, form=Form.ONLINE, agreed=90)
    assert decide_on(day, online).outcome == "passed"


@pytest.mark.case("LA5")
def test_since_the_decree_only_item_6_is_balloted_without_a_meeting(law):
    with pytest.raises(Refused, match="Điều 4"):
        decide_on(date(2023, 8, 15), Vote(item=1, households=150, yes=101, form=Form.BALLOT))


@pytest.mark.case("LA5")
def test_a_refusal_never_fails_for_its_own_text(law):
    rules = partial(law.rule, day=JULY)

    def without(key):
        if key.startswith("decision.items"):
            raise Refused(key)
        return rules(key)

    for form in (Form.BALLOT, Form.ONLINE):
        with pytest.raises(Refused, match="họp") as refusal:
            decide(Vote(item=1, households=150, yes=101, form=form, agreed=90), without)
        assert refusal.value.field == "form"


@pytest.mark.case("LA6")
def test_the_committee_sets_the_day_of_what_concerns_the_whole_commune(law):
    vote = Vote(item=1, households=150, attending=110, yes=100, by_commune=True)
    decision = decide_on(date(2026, 9, 1), vote)
    assert decision.next == Next.COMMITTEE_SETS_DAY
    assert "từ ngày biểu quyết" not in decision.why


@pytest.mark.case("LA10")
def test_an_answer_of_before_2023_has_its_days_by_the_law_of_its_time(law):
    for key in ("pib.answer", "pib.answer.agency", "pib.answer.enterprise"):
        due = law.due(key, date(2021, 3, 1))
        assert (due.day, due.rule.text) == (date(2021, 3, 16), "Luật Thanh tra 56/2010/QH12")
        assert law.due(key, date(2023, 6, 30)).day == date(2023, 7, 17)
    assert not law.is_in_force("investment.answer", date(2021, 3, 1))
    assert law.rule_if_any("investment.answer", JULY) is not None


@pytest.mark.case("LA11")
def test_the_calendar_of_a_year_that_a_deadline_reaches_is_asked_for(law, country, system, clock):
    clock.set("2026-08-03")
    assert years_to_enter() == []
    owe(
        by=system,
        unit=country.here,
        rule_key="election.again",
        event_on=date(2026, 11, 16),
        title="Bầu trưởng thôn mới",
    )
    assert years_to_enter() == [2027], "a running deadline reaches it"
    clock.set("2026-11-29")
    assert uncertain_years([2026, 2027, 2028]) == [2027, 2028]
    assert OpenPoint.objects.open().filter(key="calendar.2027").exists()
    due = law.due("decision.send", date(2026, 12, 29))
    assert not due.complete, "the days of 2027 are a guess"
    days = [(date(2027, 1, 1), "holiday", "Tết Dương lịch")]
    set_calendar(2027, days, by=system, basis="Thông báo", mark="verified")
    assert years_to_enter() == [] and book().due("decision.send", date(2026, 12, 29)).complete


@pytest.mark.case("LA11")
def test_the_doubt_about_24_november_stands_in_the_register(law):
    point = OpenPoint.objects.get(key="calendar.2026")
    assert "24/11" in point.text
    assert law.calendar.is_working(date(2026, 11, 24))


def test_an_open_point_stands_beside_its_rule_until_it_is_settled(law, client):
    point = raise_point(
        "decision.send", by=BY, vi="Ngày gửi qua bưu điện tính thế nào?", en="Post?"
    )
    assert "qua bưu điện" in client.get("/law/decision.send/").content.decode()
    with translation.override("en"):
        assert point.text == "Post?"
    with pytest.raises(Refused) as refusal:
        settle_point(point, by=BY, answer=" ")
    assert refusal.value.field == "answer"
    settle_point(point, by=BY, answer="Ngày trên dấu bưu điện (Điều 148 Bộ luật Dân sự).")
    with pytest.raises(Refused):
        settle_point(point, by=BY, answer="Khác")
    assert "dấu bưu điện" in client.get("/law/decision.send/").content.decode()


@pytest.mark.case("LA4", "LA11")
def test_what_was_closed_by_a_guessed_calendar_stands_beside_the_announced_one(
    law, country, system, clock
):
    """By the guess an answer was late, by the announced days it was not. Its outcome stays."""
    clock.set("2027-03-01")
    guess = [(date(2027, 1, 1), "holiday", "Tết Dương lịch")]
    change_law(
        partial(set_calendar, 2027, guess, by=system, basis="Dự kiến", mark="memory_low"), by=system
    )
    days = [(date(2027, 2, day), "holiday", "Tết Nguyên đán") for day in (8, 9, 10, 11, 12)]
    rows = [
        owe(by=system, unit=country.here, rule_key="decision.send", event_on=on, title=f"{on}")
        for on in (date(2027, 2, 4), date(2027, 2, 19))
    ]
    late = meet_obligation(rows[0], by=system, on=date(2027, 2, 17))
    assert (late.due_on, late.state) == (date(2027, 2, 11), "late")
    assert meet_obligation(rows[1], by=system, on=date(2027, 2, 26)).state == "met"
    announced = [*guess, *days]
    change_law(partial(set_calendar, 2027, announced, by=system, basis="Thông báo"), by=system)
    revisions = Revision.objects.values_list("obligation", "from_due", "to_due", "is_applied")
    assert list(revisions) == [(late.pk, date(2027, 2, 11), date(2027, 2, 18), False)]
    late.refresh_from_db()
    assert (late.due_on, late.state) == (date(2027, 2, 11), "late")
    assert revise_misjudged(by=system) == 0, "once"


@pytest.mark.case("LA4")
def test_a_correction_at_the_desk_writes_the_closed_ones_at_once(law, country, system, clock):
    clock.set("2026-09-22")
    row = owe(
        by=system,
        unit=country.here,
        rule_key="decision.send",
        event_on=date(2026, 9, 14),
        title="Đã gửi",
    )
    meet_obligation(row, by=system, on=date(2026, 9, 21))
    version = RuleVersion.objects.uncorrected().get(key="decision.send")
    change_law(partial(correct_rule, version, by=system, reason="Đọc lại", value="3"), by=system)
    [revision] = Revision.objects.all()
    assert (revision.to_due, revision.is_applied) == (date(2026, 9, 17), False)


@pytest.mark.case("LA4")
def test_a_version_that_was_entered_late_is_written_beside_what_was_closed_meanwhile(
    law, country, system, clock
):
    clock.set("2026-09-30")
    rows = [
        owe(by=system, unit=country.here, rule_key="decision.send", event_on=on, title=f"{on}")
        for on in (date(2026, 8, 31), date(2026, 9, 1))
    ]
    for row in rows:
        meet_obligation(row, by=system, on=date(2026, 9, 8))
    new = partial(enact_rule, "decision.send", by=system, since=date(2026, 9, 1), value="3")
    change_law(new, by=system)
    [revision] = Revision.objects.all()
    assert (revision.obligation_id, revision.is_applied) == (rows[1].pk, False)
    # 1 and 2 September are holidays.
    assert (revision.from_due, revision.to_due) == (date(2026, 9, 9), date(2026, 9, 7))
    assert revise_misjudged(by=system) == 0, "once"
