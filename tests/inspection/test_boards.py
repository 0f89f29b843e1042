"""Boards of every kind: who may sit on one, when it is whole, terms, by-elections, plans with
their notice, projects, violations.
"""

from datetime import date, timedelta

import pytest

from danchu.figures.answer import evidence_rows, figure
from danchu.figures.catalogue import INDICATORS
from danchu.inspection import actions
from danchu.inspection.boards_of import boards_of
from danchu.inspection.models import BoardMember, Finding
from danchu.inspection.rules.membership import Declaration
from danchu.kernel.days import Period
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from danchu.units.actions import open_body
from tests.inspection.conftest import FOUND
from tests.people.conftest import NOW, REFORM, make_unit

SINCE, UNTIL, ELECTED = REFORM, date(2030, 7, 1), date(2025, 8, 1)


@pytest.fixture
def term(bodies, system):
    return actions.open_term(by=system, board=bodies[0], since=SINCE, until=UNTIL)


def elect(term, by, name, village=None, role="member", on=ELECTED, **more):
    return actions.elect_member(
        term, by=by, name=name, elected_on=on, role=role, village=village, **more
    )


def filled(term, by, village, number=5):
    for n in range(number):
        elect(
            term, by, f"Người {n}", village, "head" if n == 0 else "deputy" if n == 1 else "member"
        )
    return term


@pytest.mark.parametrize(
    ("declaration", "article"),
    [(Declaration(is_official=True), "Điều 37"), (Declaration(is_resident=False), "Điều 37")],
)
def test_who_may_not_be_a_member_is_refused_with_the_article(
    term, system, country, declaration, article
):
    with pytest.raises(Refused, match=article):
        elect(term, system, "Ông Cán Bộ", country.village, declaration=declaration)
    assert not BoardMember.objects.exists()


def test_the_bars_of_agencies_and_investment_boards_are_their_own(country, bodies, system):
    agency = open_body(
        country.here, by=system, kind="pib_agency", name="Ban TTND Trường A", since=REFORM
    )
    of_agency = actions.open_term(by=system, board=agency, since=SINCE, staff=40)
    assert of_agency.until == date(2027, 7, 1), "two years by the rule of the day"
    with pytest.raises(Refused, match="Điều 60"):
        elect(of_agency, system, "Kế toán trưởng", declaration=Declaration(is_head=True))
    elect(of_agency, system, "Công chức xã", declaration=Declaration(is_official=True))
    project = actions.register_project(
        by=system,
        unit=country.here,
        name="Đường ngõ 5",
        owner="UBND phường",
        capital="public",
        begun_on=REFORM,
    )
    body = open_body(
        country.here,
        by=system,
        kind="investment_board",
        name="Ban GSĐTCCĐ Đường ngõ 5",
        since=REFORM,
    )
    with pytest.raises(Refused):
        actions.open_term(by=system, board=body, since=SINCE, until=UNTIL)
    of_project = actions.open_term(by=system, board=body, since=SINCE, until=UNTIL, project=project)
    with pytest.raises(Refused, match="thân thích"):
        elect(of_project, system, "Em chủ đầu tư", declaration=Declaration(is_kin=True))


def test_a_board_is_recognised_when_it_is_whole_by_the_rules_of_the_day(term, system, country):
    for n in range(4):
        elect(term, system, f"Người {n}", country.village, "deputy" if n else "head")
    with pytest.raises(Refused, match="có 4"):
        actions.recognise_term(term, by=system, on=ELECTED)
    elect(term, system, "Người 4", country.village)
    with pytest.raises(Refused, match="có 3"):  # deputies
        actions.recognise_term(term, by=system, on=ELECTED)
    member = BoardMember.objects.filter(role="deputy").first()
    actions.leave_board(member, by=system, on=ELECTED, reason="Xin thôi")
    elect(term, system, "Người 5", country.village)
    assert actions.recognise_term(term, by=system, on=ELECTED).recognised_on == ELECTED
    with pytest.raises(Refused, match="đã được công nhận"):
        actions.recognise_term(term, by=system, on=ELECTED)


def test_every_village_sends_a_member_and_few_villages_make_exactly_five(term, system, country):
    other = make_unit("village", "Tổ 6", country.here, REFORM)
    filled(term, system, country.village)
    with pytest.raises(Refused, match="Còn 1"):
        actions.recognise_term(term, by=system, on=ELECTED)
    elect(term, system, "Người tổ 6", other)
    with pytest.raises(Refused, match="nhiều nhất 5"):
        actions.recognise_term(term, by=system, on=ELECTED)


def test_a_seat_is_filled_while_six_months_are_left_and_not_after(bodies, system, country):
    short = actions.open_term(by=system, board=bodies[0], since=SINCE, until=date(2026, 6, 1))
    actions.recognise_term(filled(short, system, country.village), by=system, on=ELECTED)
    one, two = BoardMember.objects.filter(role="member")[:2]
    assert actions.leave_board(one, by=system, on=date(2025, 12, 1), reason="Chuyển đi") is True
    elect(short, system, "Người mới", country.village, on=date(2025, 12, 1))
    assert actions.leave_board(two, by=system, on=date(2025, 12, 2), reason="Chuyển đi") is False
    with pytest.raises(Refused, match="dưới 6 tháng"):
        elect(short, system, "Người mới nữa", country.village, on=date(2025, 12, 2))
    asked = country.province.pk, Period(date(2025, 12, 1), date(2026, 1, 1)), NOW
    assert figure(INDICATORS["pib_members"], *asked).value == 4


@pytest.mark.parametrize(
    ("more", "field"),
    [({"since": None}, "since"), ({"until": SINCE}, "until"), ({"until": None}, "until")],
)
def test_a_term_that_cannot_be_is_refused(bodies, system, more, field):
    with pytest.raises(Refused) as refusal:
        actions.open_term(by=system, **{"board": bodies[0], "since": SINCE, "until": UNTIL, **more})
    assert refusal.value.field == field
    with pytest.raises(Refused):
        actions.open_term(by=system, board=bodies[1], since=SINCE, until=UNTIL)


def test_the_days_of_a_term_are_corrected_until_the_front_recognises_it(
    term, bodies, system, country
):
    filled(term, system, country.village)
    later = actions.open_term(
        by=system, board=bodies[0], since=date(2031, 1, 1), until=date(2032, 1, 1)
    )
    for since, until, field in (
        (UNTIL, SINCE, "until"),
        (SINCE, ELECTED, "until"),  # members were elected on that day
        (SINCE, later.until, "since"),
    ):
        with pytest.raises(Refused) as refusal:
            actions.change_days(term, by=system, since=since, until=until)
        assert refusal.value.field == field
    corrected = actions.change_days(
        term, by=system, since=SINCE + timedelta(days=4), until=date(2030, 12, 31)
    )
    stored = type(corrected).objects.get(pk=term.pk)
    assert (stored.since, stored.until) == (SINCE + timedelta(days=4), date(2030, 12, 31))
    with pytest.raises(Denied):
        actions.change_days(term, by=Actor.public(), since=SINCE, until=UNTIL)
    actions.recognise_term(term, by=system, on=ELECTED)
    with pytest.raises(Refused, match="đã được công nhận"):
        actions.change_days(term, by=system, since=SINCE, until=UNTIL)


def test_two_terms_of_a_board_do_not_overlap(term, bodies, system):
    with pytest.raises(Refused, match="đã có nhiệm kỳ"):
        actions.open_term(
            by=system, board=bodies[0], since=date(2030, 6, 30), until=date(2031, 1, 1)
        )


def test_notice_of_a_round_is_owed_five_working_days_before(bodies, system):
    plan = actions.plan_round(
        by=system,
        board=bodies[0],
        span="quarter",
        title="Thu chi quỹ tổ dân phố",
        planned_on=date(2026, 3, 16),
    )
    assert plan.notice.due_on == date(2026, 3, 9)
    done = actions.notify_round(plan, by=system, on=date(2026, 3, 10))
    assert (done.notice.state, done.notified_on) == ("late", date(2026, 3, 10))
    with pytest.raises(Refused):
        actions.notify_round(plan, by=system, on=date(2026, 3, 10))


def test_the_owner_is_told_forty_five_days_before(country, bodies, system):
    project = actions.register_project(
        by=system,
        unit=country.here,
        name="Nhà văn hóa",
        owner="UBND phường",
        capital="community",
        begun_on=REFORM,
    )
    told = actions.announce_supervision(
        project, by=system, on=date(2026, 1, 5), starts_on=date(2026, 2, 18)
    )
    assert (told.notice.due_on, told.notice.state) == (date(2026, 1, 4), "late")
    other = actions.register_project(
        by=system,
        unit=country.here,
        name="Đường",
        owner="UBND phường",
        capital="public",
        begun_on=REFORM,
    )
    assert (
        actions.announce_supervision(
            other, by=system, on=date(2026, 1, 4), starts_on=date(2026, 2, 18)
        ).notice.state
        == "met"
    )
    assert (
        figure(INDICATORS["investment_projects"], country.province.pk, Period.year(2026), NOW).value
        == 2
    )


def found(board, by, **more):
    return actions.record_finding(
        by=by, **{"board": board, "found_on": FOUND, "title": "Thu quỹ sai mức", **more}
    )


def test_a_violation_is_resolved_through_its_recommendation_or_on_the_spot(bodies, system, country):
    board, committee = bodies
    through, spot, open_, none = (found(board, system, title=f"Vụ {n}") for n in range(4))
    it = actions.draft_recommendation(
        by=system,
        board=board,
        answerer=committee,
        title="Vụ 0",
        finding="Thu vượt",
        found_on=FOUND,
        violation=through,
    )
    with pytest.raises(Refused):
        actions.draft_recommendation(
            by=system,
            board=board,
            answerer=committee,
            title="Vụ 0",
            finding="Thu vượt",
            found_on=FOUND,
            violation=through,
        )
    it = actions.send_recommendation(
        actions.confirm_recommendation(it, by=system), by=system, sent_on=FOUND, received_on=FOUND
    )
    with pytest.raises(Refused, match="kiến nghị"):
        actions.resolve_finding(through, by=system, on=FOUND, outcome="x")
    it = actions.answer_recommendation(it, by=system, on=FOUND, answer="full", text="Sẽ trả")
    it = actions.report_remedy(it, by=system, on=FOUND, text="Đã trả", money=5_000_000)
    actions.settle_recommendation(it, by=system, on=FOUND + timedelta(days=9))
    actions.resolve_finding(spot, by=system, on=FOUND, outcome="Trả lại tại chỗ", land=20)
    actions.withdraw_finding(none, by=system, on=FOUND, reason="Không có vi phạm")
    through.refresh_from_db()
    assert (through.resolved_on, through.money, through.is_recommended) == (
        FOUND + timedelta(days=9),
        5_000_000,
        True,
    )
    asked = country.province.pk, Period.year(2025), NOW
    told = {
        key: figure(INDICATORS[key], *asked).value
        for key in (
            "pib_violations",
            "pib_violations_recommended",
            "pib_violations_resolved",
            "findings",
        )
    }
    assert told == {
        "pib_violations": 3,
        "pib_violations_recommended": 1,
        "pib_violations_resolved": 2,
        "findings": 3,
    }
    rows = list(evidence_rows(INDICATORS["pib_violations_resolved"], *asked))
    assert {row.pk for row in rows} == {through.pk, spot.pk} and sum(
        row.amount * row.share for row in rows
    ) == 2
    for act in (
        lambda: actions.resolve_finding(spot, by=system, on=FOUND, outcome="x"),
        lambda: actions.withdraw_finding(through, by=system, on=FOUND, reason="x"),
    ):
        with pytest.raises(Refused):
            act()
    assert Finding.objects.get(pk=open_.pk).resolved_on is None


def test_the_board_of_ones_own_office_is_offered_before_those_of_companies(
    bodies, system, country, holder
):
    for kind in ("pib_agency", "pib_enterprise"):
        open_body(country.here, by=system, kind=kind, name=f"Ban {kind}", since=REFORM)
    head = Actor.of(holder("inspection_head", country.here).account, NOW)
    offered = boards_of(head, "draft", "inspection_round")
    kinds = [board.kind for board in offered]
    assert kinds == ["peoples_inspection_board", "pib_agency", "pib_enterprise"]


def test_only_the_front_keeps_boards_and_only_boards_find(
    term, bodies, system, holder, country, offices
):
    keeps, recognises, finds = set(), set(), set()
    for office in offices:
        by = Actor.of(holder(office, country.here, name=office).account, NOW)
        for able, act in (
            (keeps, lambda by=by: elect(term, by, f"Người {by.name}", country.village)),
            (finds, lambda by=by: found(bodies[0], by)),
        ):
            try:
                act()
                able.add(office)
            except Denied:
                continue
        try:
            actions.recognise_term(term, by=by, on=ELECTED)
        except Denied:
            continue
        except Refused:
            recognises.add(office)
    assert keeps == {"front_clerk", "front_chair", "operator"}
    assert recognises == {"front_chair", "operator"}
    assert finds == {"inspection_member", "inspection_head", "committee_chair", "operator"}
