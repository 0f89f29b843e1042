"""Projects from registration to the end of their board: what must be disclosed until when, who
sits, proposals to suspend.
"""

from datetime import date

import pytest

from danchu.figures.answer import figure
from danchu.figures.catalogue import INDICATORS
from danchu.inspection import actions
from danchu.inspection.models import BoardMember, BoardTerm, InterestDeclaration, Item, Project
from danchu.inspection.moves import answer_choices
from danchu.inspection.rules.membership import Declaration
from danchu.kernel.days import Period
from danchu.kernel.refusals import Refused
from danchu.units.actions import close_body, open_body
from tests.inspection.conftest import FOUND
from tests.people.conftest import NOW, REFORM

DECIDED = date(2025, 8, 4)  # a Monday: five working days on is the next Monday
BEGUN = date(2025, 8, 18)


@pytest.fixture
def project(country, bodies, system):
    return registered(country, system)


def registered(country, by, **more):
    given = {
        "unit": country.here,
        "name": "Đường ngõ 5",
        "owner": "UBND phường",
        "capital": "public",
        "decided_on": DECIDED,
        "begun_on": BEGUN,
        "budget": 2_000_000_000,
    }
    return actions.register_project(by=by, **{**given, **more})


def founded(project, by):
    term = actions.found_board(
        project, by=by, name=f"Ban GSĐTCCĐ {project.name}", on=BEGUN, until=date(2027, 1, 1)
    )
    project.refresh_from_db()
    return term


def elect(term, by, name, seat, role="member", village=None, on=BEGUN, **declared):
    return actions.elect_member(
        term,
        by=by,
        name=name,
        elected_on=on,
        role=role,
        seat=seat,
        village=village,
        declaration=Declaration(on=on, **declared),
    )


def whole(term, by, village):
    elect(term, by, "Mặt trận", "front", "head")
    elect(term, by, "Thanh tra", "inspection", "deputy")
    for n in range(3):
        elect(term, by, f"Người dân {n}", "people", village=village)
    return actions.recognise_term(term, by=by, on=BEGUN)


@pytest.mark.parametrize(
    ("more", "items"),
    [
        ({}, 5),
        ({"takes_land": True}, 6),
        ({"capital": "community"}, 7),
        ({"capital": "sponsored", "takes_land": True}, 8),
    ],
)
def test_what_must_be_disclosed_follows_the_money_and_the_land(
    country, bodies, system, more, items
):
    made = registered(country, system, **more)
    assert (len(made.items), made.disclosure.due_on, made.disclosure.unit_id) == (
        items,
        date(2025, 8, 11),
        country.here.pk,
    )


def test_a_project_decided_before_the_law_owes_no_disclosure_under_it(country, bodies, system):
    assert registered(country, system, decided_on=date(2023, 6, 30)).disclosure is None


@pytest.mark.parametrize(
    ("last", "state"), [(date(2025, 8, 11), "met"), (date(2025, 8, 12), "late")]
)
def test_disclosure_is_judged_by_the_day_the_last_item_came(project, system, last, state):
    actions.disclose_project(
        project,
        by=system,
        on=date(2025, 8, 6),
        items=["decision", "parties", "plan", "land"],
        where="Niêm yết tại nhà văn hóa",
    )
    project.refresh_from_db()
    assert (project.disclosed_on, project.disclosure.state) == (None, "open")
    done = actions.disclose_project(
        project, by=system, on=last, items=["environment"], where="Cổng thông tin"
    )
    assert (done.disclosed_on, done.disclosure.state, done.disclosures.count()) == (last, state, 5)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"items": []}, "items"),
        ({"items": ["compensation"]}, "items"),
        ({"items": ["plan", "gold"]}, "items"),
        ({"where": " "}, "where"),
        ({"on": date(2025, 8, 1)}, "on"),
        ({"on": date(2999, 1, 1)}, "on"),
    ],
)
def test_a_disclosure_that_cannot_be_is_refused_by_field(project, system, more, field):
    with pytest.raises(Refused) as refusal:
        actions.disclose_project(
            project,
            by=system,
            **{"on": date(2025, 8, 6), "items": ["plan"], "where": "Cổng", **more},
        )
    assert (refusal.value.field, project.disclosures.count()) == (field, 0)


def test_the_same_item_is_not_disclosed_twice(project, system):
    for _once in range(2):
        given = {"on": date(2025, 8, 6), "items": ["plan"], "where": "Cổng"}
        if project.disclosures.exists():
            with pytest.raises(Refused):
                actions.disclose_project(project, by=system, **given)
        else:
            actions.disclose_project(project, by=system, **given)
    assert [one.item for one in project.disclosures.all()] == [Item.PLAN]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": ""}, "name"),
        ({"owner": " "}, "name"),
        ({"capital": "gold"}, "capital"),
        ({"budget": -1}, "budget"),
        ({"begun_on": date(2025, 8, 1)}, "begun_on"),
        ({"decided_on": date(2999, 1, 1)}, "decided_on"),
    ],
)
def test_a_project_that_cannot_be_is_refused_by_field(country, bodies, system, more, field):
    with pytest.raises(Refused) as refusal:
        registered(country, system, **more)
    assert refusal.value.field == field


def test_each_project_has_one_board_of_members_who_declared_their_ties(project, system, country):
    term = founded(project, system)
    assert (term.project, term.board.kind, term.board.name_on(BEGUN)) == (
        project,
        "investment_board",
        "Ban GSĐTCCĐ Đường ngõ 5",
    )
    with pytest.raises(Refused):
        founded(project, system)
    with pytest.raises(Refused) as refusal:
        actions.elect_member(term, by=system, name="Chưa khai", elected_on=BEGUN, seat="front")
    assert refusal.value.message and not BoardMember.objects.exists()
    with pytest.raises(Refused, match="thân thích"):
        elect(term, system, "Em chủ đầu tư", "front", is_kin=True, text="em ruột")
    with pytest.raises(Refused) as refusal:
        elect(term, system, "Người dân", "people")
    assert refusal.value.field == "village"
    whole(term, system, country.village)
    assert InterestDeclaration.objects.count() == 5


def test_a_board_without_one_of_the_three_sides_is_not_whole(project, system, country):
    term = founded(project, system)
    elect(term, system, "Mặt trận", "front", "head")
    for n in range(4):
        elect(term, system, f"Người dân {n}", "people", village=country.village)
    with pytest.raises(Refused, match="Ban Thanh tra nhân dân và người dân"):
        actions.recognise_term(term, by=system, on=BEGUN)
    elect(term, system, "Thanh tra", "inspection")
    for n in range(4, 6):
        elect(term, system, f"Người dân {n}", "people", village=country.village)
    with pytest.raises(Refused, match="có 6"):  # at most five of the people
        actions.recognise_term(term, by=system, on=BEGUN)


def test_who_turns_out_to_be_kin_leaves_with_the_article(project, system, country):
    term = whole(founded(project, system), system, country.village)
    member = term.members.get(name="Người dân 1")
    with pytest.raises(Refused):
        actions.declare_interest(member, by=system, on=date(2025, 9, 1), is_kin=True)
    actions.declare_interest(member, by=system, on=date(2025, 9, 1), text="Góp đất làm đường")
    actions.declare_interest(
        member, by=system, on=date(2025, 9, 2), is_kin=True, text="con rể nhà thầu"
    )
    member.refresh_from_db()
    assert (
        member.left_on == date(2025, 9, 2)
        and "Điều 41–45" in member.reason
        and "con rể nhà thầu" in member.reason
    )
    assert [one.is_kin for one in member.declarations.order_by("pk")] == [False, False, True]
    with pytest.raises(Refused):
        actions.declare_interest(member, by=system, on=date(2025, 9, 3))


def test_the_board_dissolves_with_its_project_and_what_was_not_disclosed_is_excused_by_name(
    project, system, country
):
    term = whole(founded(project, system), system, country.village)
    with pytest.raises(Refused) as refusal:
        actions.finish_project(project, by=system, on=BEGUN)
    assert refusal.value.field == "on"
    done = actions.finish_project(project, by=system, on=date(2026, 2, 1))
    assert BoardTerm.objects.get(pk=term.pk).until == date(2026, 2, 1)
    assert (done.disclosure.__class__.objects.get(pk=done.disclosure_id).state, done.ended_on) == (
        "excused",
        date(2026, 2, 1),
    )
    place = country.province.pk
    told = {
        day: figure(INDICATORS["investment_boards"], place, Period(BEGUN, day), NOW).value
        for day in (date(2026, 2, 1), date(2026, 2, 2))
    }
    assert told == {date(2026, 2, 1): 1, date(2026, 2, 2): 0}
    for act in (
        lambda: actions.finish_project(project, by=system, on=date(2026, 2, 2)),
        lambda: actions.disclose_project(project, by=system, on=NOW, items=["plan"], where="x"),
    ):
        with pytest.raises(Refused, match="đã kết thúc"):
            act()


def test_a_board_proposes_suspension_of_its_own_project_alone(project, bodies, system, country):
    term = whole(founded(project, system), system, country.village)
    given = {
        "by": system,
        "answerer": bodies[1],
        "title": "Đình chỉ thi công",
        "finding": "Sai thiết kế",
        "found_on": term.since,
        "asks": "suspend",
    }
    for board, more in ((bodies[0], {}), (bodies[0], {"project": project}), (term.board, {})):
        with pytest.raises(Refused):
            actions.draft_recommendation(board=board, **given, **more)
    it = actions.draft_recommendation(board=term.board, project=project, **given)
    assert answer_choices(it)[0][1] == "Đình chỉ toàn bộ"
    it = actions.send_recommendation(
        actions.confirm_recommendation(it, by=system),
        by=system,
        sent_on=term.since,
        received_on=date(2025, 8, 20),
    )
    assert it.obligation.rule.key == "investment.answer"
    it = actions.answer_recommendation(
        it, by=system, on=date(2025, 8, 28), answer="part", text="Dừng đoạn 2"
    )
    it = actions.report_remedy(
        it, by=system, on=date(2025, 9, 10), text="Làm lại", reduced=70_000_000
    )
    actions.settle_recommendation(it, by=system, on=date(2025, 9, 20))
    asked = country.province.pk, Period.year(2025), NOW
    keys = (
        "investment_recommendations",
        "investment_recommendations.suspension",
        "investment_recommendations.suspended",
        "recommendations_sent",
    )
    assert [figure(INDICATORS[key], *asked).value for key in keys] == [1, 1, 1, 0], (
        "an investment board's are not counted among inspection boards'"
    )


def test_what_was_taken_off_a_settlement_counts_on_the_day_it_was_resolved(
    project, system, country
):
    term = whole(founded(project, system), system, country.village)
    found = actions.record_finding(
        by=system,
        board=term.board,
        found_on=date(2025, 12, 20),
        title="Thiếu vật tư",
        project=project,
    )
    actions.resolve_finding(
        found,
        by=system,
        on=date(2026, 1, 10),
        outcome="Giảm trừ",
        money=3_000_000,
        reduced=50_000_000,
    )
    with pytest.raises(Refused):
        actions.record_finding(
            by=system,
            board=term.board,
            found_on=FOUND,
            title="x",
            project=registered(country, system, name="Khác"),
        )
    place = country.province.pk
    told = [
        figure(INDICATORS[key], place, Period.year(year), NOW).value
        for key in ("investment_reduced", "investment_money")
        for year in (2025, 2026)
    ]
    assert told == [0, 50_000_000, 0, 3_000_000]
    assert figure(INDICATORS["investment_findings"], place, Period.year(2025), NOW).value == 1


# Who may do each act at the own commune and nowhere else, written out apart from office_kinds.toml.
KEEPS, DECIDES = {"front_clerk", "front_chair", "operator"}, {"front_chair", "operator"}
BY_OFFICE = {
    "register": KEEPS,
    "disclose": KEEPS,
    "declare": KEEPS,
    "found": DECIDES,
    "announce": DECIDES,
    "finish": DECIDES,
}


def test_each_act_on_a_project_is_done_by_whom_the_table_names(
    country, bodies, system, otherwise_done
):
    plain, with_board = registered(country, system), registered(country, system, name="Trạm bơm")
    member = elect(founded(with_board, system), system, "Mặt trận", "front")
    acts = {
        "register": lambda by: registered(country, by),
        "disclose": lambda by: actions.disclose_project(
            plain, by=by, on=BEGUN, items=["plan"], where="Cổng"
        ),
        "declare": lambda by: actions.declare_interest(member, by=by, on=BEGUN),
        "found": lambda by: founded(plain, by),
        "announce": lambda by: actions.announce_supervision(
            plain, by=by, on=BEGUN, starts_on=date(2025, 12, 1)
        ),
        "finish": lambda by: actions.finish_project(with_board, by=by, on=date(2026, 1, 1)),
    }
    assert otherwise_done(acts, BY_OFFICE) == []
    assert Project.objects.count() == 2


def test_a_project_whose_board_was_closed_before_it_can_be_finished(country, bodies, system):
    project = registered(country, system)
    board = founded(project, system).board
    close_body(board, by=system, on=date(2025, 12, 1))
    actions.finish_project(project, by=system, on=date(2026, 1, 1))
    board.refresh_from_db()
    assert board.until == date(2025, 12, 1)


def test_an_agency_of_seven_has_no_board_and_a_small_one_one_deputy(country, bodies, system):
    agency = a_body(country, system, "pib_agency")
    for staff, told in ((None, "Hãy ghi số người"), (7, "Điều 60")):
        with pytest.raises(Refused, match=told):
            actions.open_term(by=system, board=agency, since=REFORM, staff=staff)
    enterprise = a_body(country, system, "pib_enterprise")
    with pytest.raises(Refused, match="Điều 77"):
        actions.open_term(by=system, board=enterprise, since=REFORM, staff=3)
    term = actions.open_term(by=system, board=agency, since=REFORM, staff=8)
    for n, role in enumerate(("head", "deputy", "deputy")):
        actions.elect_member(term, by=system, name=f"Viên chức {n}", elected_on=BEGUN, role=role)
    with pytest.raises(Refused, match="một phó trưởng ban"):
        actions.recognise_term(term, by=system, on=BEGUN)
    for n in range(3, 10):
        actions.elect_member(term, by=system, name=f"Viên chức {n}", elected_on=BEGUN)
    with pytest.raises(Refused, match="có 10"):
        actions.recognise_term(term, by=system, on=BEGUN)
    BoardTerm.objects.filter(pk=term.pk).update(is_dispersed=True)
    assert actions.recognise_term(term, by=system, on=BEGUN).recognised_on == BEGUN


def a_body(country, by, kind):
    return open_body(country.here, by=by, kind=kind, name=kind, since=REFORM)


def test_a_plan_called_off_owes_no_notice_and_says_why(bodies, system):
    plan = actions.plan_round(
        by=system, board=bodies[0], span="year", title="Thu quỹ", planned_on=date(2026, 9, 14)
    )
    with pytest.raises(Refused) as refusal:
        actions.cancel_plan(plan, by=system, on=NOW, reason=" ")
    assert refusal.value.field == "reason"
    off = actions.cancel_plan(plan, by=system, on=NOW, reason="Thanh tra huyện đã làm")
    assert (off.cancelled_on, off.notice.__class__.objects.get(pk=off.notice_id).state) == (
        NOW,
        "excused",
    )
    with pytest.raises(Refused, match="đã bỏ"):
        actions.notify_round(plan, by=system, on=NOW)
