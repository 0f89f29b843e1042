"""Elections, heads, conventions and conferences by pages: who may do which act, what everybody
reads, the figures and the papers.
"""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.decision import actions as decisions
from danchu.inspection import actions as boards
from danchu.papers.official import official_file
from danchu.units.actions import open_village
from danchu.units.kinds import BodyKind
from danchu.units.models import Body
from danchu.village import actions
from danchu.village.lives import (
    CONFERENCE_LIFE,
    CONVENTION_LIFE,
    ELECTION_LIFE,
    HEAD_LIFE,
)
from danchu.village.models import Convention, HeadElection, VillageConference, VillageHead
from danchu.village.papers.kinds import KINDS
from danchu.village.papers.sheets import paper_of
from danchu.village.rules.electing import decisions_electing
from tests.decision import played as matters
from tests.decision.played import write_roll
from tests.faults.test_two_at_one_thing import edition_in
from tests.sizes import one_in
from tests.village import played
from tests.village.test_conferences import STEPS
from tests.village.test_elections import balloting

PEOPLE = ["clerk", "head", "front", "chair", "auditor", "village_head"]
COMMITTEE = {"clerk", "head"}
NOMINATES = COMMITTEE | {"front", "chair"}
IN_VILLAGE = COMMITTEE | {"village_head"}
SECRET_DAY = "01/05/1970"


def _flagged(village, by):
    convention = played.in_force(village, by, 9)
    return actions.flag_convention(convention, by=by, on=date(2026, 2, 9), flagged="suspend")


def _suspended(village, by):
    return actions.suspend_convention(
        _flagged(village, by), by=by, on=date(2026, 2, 10), document="5/QĐ", reason="Trái luật"
    )


def _unsettled(village, by):
    """A head on whom the households could not agree."""
    head = played.head(village, by)
    decision = actions.ask_release(head, by=by, on=date(2026, 1, 5), ground="front")
    played.decided(decision, by, 9, 1)
    return head


def _elects(village, by):
    """A conference with a matter by which a member of the board was elected."""
    board = Body.objects.create(
        unit_id=village.standings.get().parent_id,
        kind=BodyKind.PEOPLES_INSPECTION_BOARD,
        since="2025-07-01",
    )
    boards.open_term(by=by, board=board, since=date(2025, 7, 1), until=date(2030, 7, 1))
    matters.decided_by_meeting(village, by, 9, 9, 5)
    return played.held(village, by, year=2026)


def _told(village, by):
    return actions.write_steps(played.held(village, by), by=by, texts=STEPS)


def _posted_draft(village, by):
    return actions.post_convention(played.drafted(village, by), by=by, on=date(2025, 12, 1))


def _plan_sent(village, by):
    return actions.send_conference_plan(played.planned(village, by), by=by, on=date(2026, 1, 6))


DOCUMENT = {"document": "7/QĐ", "reason": "Trái luật"}
# {(list, act): (how it comes there, what is typed, who may)}
ACTS = {
    ("head-elections", "nominate"): (
        played.plan,
        {"name": "Lê Văn Ứng", "born_on": SECRET_DAY, "source": "front"},
        NOMINATES,
    ),
    ("head-elections", "send_candidates"): (played.nominated, {"on": "08/01/2026"}, NOMINATES),
    ("head-elections", "set_team"): (
        played.nominated,
        {"on": "10/01/2026", "team": played.TEAM},
        COMMITTEE,
    ),
    ("head-elections", "post"): (
        lambda village, by: actions.set_team(
            played.nominated(village, by), by=by, on=played.TEAM_ON, team=played.TEAM
        ),
        {"on": "16/01/2026"},
        COMMITTEE,
    ),
    ("head-elections", "vote"): (
        lambda village, by: played.ready(village, by, 9),
        {"against": "1"},
        COMMITTEE,
    ),
    ("head-elections", "count"): (
        lambda village, by: balloting(village, by, 9),
        {"issued": "9", "returned": "9", "against": "1"},
        NOMINATES,
    ),
    ("village-heads", "ask_release"): (
        played.head,
        {"on": "05/01/2026", "ground": "front"},
        NOMINATES,
    ),
    ("village-heads", "decide_release"): (_unsettled, {"on": "02/02/2026", **DOCUMENT}, {"head"}),
    ("village-heads", "vacate"): (
        played.head,
        {"on": "02/02/2026", "reason": "Từ trần"},
        COMMITTEE,
    ),
    ("conventions", "revise"): (
        played.drafted,
        {"on": "01/12/2025", "text": "Điều 1. Khác."},
        IN_VILLAGE,
    ),
    ("conventions", "post"): (played.drafted, {"on": "01/12/2025"}, IN_VILLAGE),
    ("conventions", "put"): (_posted_draft, {"on": "12/01/2026"}, IN_VILLAGE),
    ("conventions", "file"): (
        lambda village, by: played.adopted(village, by, 9, 9),
        {"on": "28/01/2026", "number": "2/TTr"},
        IN_VILLAGE,
    ),
    ("conventions", "forward"): (
        lambda village, by: played.in_force(village, by, 9),
        {"on": "02/02/2026"},
        COMMITTEE,
    ),
    ("conventions", "flag"): (
        lambda village, by: played.in_force(village, by, 9),
        {"on": "09/02/2026", "flagged": "annul"},
        COMMITTEE,
    ),
    ("conventions", "suspend"): (_flagged, {"on": "10/02/2026", **DOCUMENT}, {"head"}),
    ("conventions", "resume"): (_suspended, {"on": "11/02/2026", **DOCUMENT}, {"head"}),
    ("conventions", "annul"): (_flagged, DOCUMENT, {"head"}),
    ("conventions", "withdraw"): (played.drafted, {"reason": "Nhầm"}, IN_VILLAGE),
    ("village-conferences", "send_plan"): (played.planned, {"on": "06/01/2026"}, IN_VILLAGE),
    ("village-conferences", "convene"): (
        _plan_sent,
        {"on": "19/01/2026", "planned_on": "24/01/2026", "venue": "Đình"},
        IN_VILLAGE,
    ),
    ("village-conferences", "hold"): (
        played.convened,
        {"on": "24/01/2026", "chair": "Trưởng", "secretary": "Thư", "attending": "5"},
        IN_VILLAGE,
    ),
    ("village-conferences", "minute"): (
        played.held,
        {f"step_{number}": text for number, text in STEPS.items()},
        IN_VILLAGE,
    ),
    ("village-conferences", "elect"): (_elects, {"name": "Bùi Thị Hạnh"}, {"front", "chair"}),
    ("village-conferences", "report"): (_told, {"on": "26/01/2026"}, IN_VILLAGE),
    ("village-conferences", "cancel"): (played.planned, {"reason": "Bão"}, IN_VILLAGE),
}
LIVES = {
    "head-elections": ELECTION_LIFE,
    "village-heads": HEAD_LIFE,
    "conventions": CONVENTION_LIFE,
    "village-conferences": CONFERENCE_LIFE,
}
pytestmark = pytest.mark.usefixtures("village_head")


@pytest.fixture
def roll(officials):
    return write_roll(officials.village, 9)


def test_every_act_of_the_lives_is_asked_here():
    assert {(name, act) for name, life in LIVES.items() for act in life.acts} == ACTS.keys()


def _typed(name, act, row, typed):
    """What is typed, with a number for each candidate and the matter by which a member was
    elected.
    """
    if (name, act) in (("head-elections", "vote"), ("head-elections", "count")):
        keys = [one.pk for one in row.candidates.order_by("number")]
        return {**typed, f"chosen_{keys[0]}": "5", f"chosen_{keys[1]}": "3"}
    if act == "elect":
        [decision] = decisions_of(row)
        return {**typed, "decision": decision.pk}
    return typed


def decisions_of(conference):
    return list(decisions_electing(conference))


def test_what_takes_something_back_is_not_open_where_nothing_waits_for_it(
    client, officials, system
):
    head = played.head(officials.village, system)
    client.force_login(officials.head)
    acts = client.get(f"/desk/village-heads/{head.uid}/").context["acts"]
    assert [(act.name, comes_next) for act, _form, _address, comes_next in acts] == [
        ("ask_release", True),
        ("decide_release", False),
        ("vacate", False),
    ]
    VillageHead.objects.update(is_interim=True)
    acts = client.get(f"/desk/village-heads/{head.uid}/").context["acts"]
    assert [(act.name, comes_next) for act, _form, _address, comes_next in acts] == [
        ("vacate", False)
    ]


@one_in(3)
@pytest.mark.parametrize(("name", "act"), ACTS)
def test_each_act_is_done_by_pages_by_whom_it_is_for_and_by_nobody_else(
    client, officials, system, roll, name, act
):
    come, typed, may = ACTS[name, act]
    row = come(officials.village, system)
    typed = _typed(name, act, row, typed)
    here = f"/desk/{name}/{row.uid}/"
    for role in PEOPLE:
        client.force_login(getattr(officials, role))
        offered = [one.name for one, *_rest in client.get(here).context["acts"]]
        assert (act in offered) == (role in may), role
        if role not in may:
            assert client.post(f"{here}{act}/", typed).status_code == 403, role
    client.force_login(getattr(officials, sorted(may)[0]))
    answer = client.post(f"{here}{act}/", typed)
    if answer.status_code == 409:  # the form asks whether the page was still as it was read
        answer = client.post(f"{here}{act}/", typed)
    assert answer.status_code == 302, answer.context and answer.context["refused"].errors


NEW = {
    "head-elections": (
        {
            "plan_on": "02/01/2026",
            "document": "12/KH-UBND",
            "planned_on": "24/01/2026",
            "term_until": "01/07/2030",
        },
        COMMITTEE,
        HeadElection,
    ),
    "village-heads": (
        {
            "name": "Vũ Văn Cựu",
            "since": "01/08/2025",
            "document": "3/QĐ",
            "term_until": "01/07/2030",
        },
        COMMITTEE,
        VillageHead,
    ),
    "conventions": (
        {
            "title": "Quy ước",
            "proposer": "head",
            "proposed_on": "03/11/2025",
            "drafters": "Trần Văn Soạn",
            "text": played.TEXT,
        },
        IN_VILLAGE,
        Convention,
    ),
    "village-conferences": (
        {
            "year": "2025",
            "plan_on": "05/01/2026",
            "planned_on": "24/01/2026",
            "plan": "Kiểm điểm",
        },
        IN_VILLAGE,
        VillageConference,
    ),
}


@pytest.mark.parametrize("name", NEW)
def test_a_record_is_begun_by_pages_once_by_whom_it_is_for(client, officials, roll, name):
    typed, may, model = NEW[name]
    typed = {**typed, "uid": "7f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a11", "unit": "Tổ 5"}
    for role in PEOPLE:
        client.force_login(getattr(officials, role))
        asked = client.get(f"/desk/{name}/new/").status_code
        assert (asked == 200) == (role in may), role
        if role not in may:
            assert client.post(f"/desk/{name}/new/", typed).status_code == 403
    client.force_login(getattr(officials, sorted(may)[-1]))
    for _again in range(2):
        answer = client.post(f"/desk/{name}/new/", typed)
        assert answer.status_code == 302, answer.context["form"].errors
    assert model.objects.count() == 1


def test_the_head_of_a_village_convenes_the_households_with_an_account_of_their_own(
    client, officials, roll
):
    by = officials.by["village_head"]
    decision = matters.meet(matters.propose(officials.village, by), by, 9)
    decision = matters.vote(matters.choose(decision, by), by, 9)
    decision = decisions.send_decision(decision, by=by, on=date(2026, 1, 15))
    assert decision.state == "in_force"


def test_the_head_of_a_village_acts_in_no_other_village(officials, system):
    other = open_village(
        officials.here, by=system, name="Tổ 6", kind="to_dan_pho", since=matters.SINCE
    )
    by = officials.by["village_head"]
    for kind in ("household_decision", "household_roll", "village_convention"):
        assert by.may("draft", kind, officials.village) and not by.may("draft", kind, other)
    assert not by.may("draft", "village_office", officials.village)


def test_everybody_reads_candidates_and_results_and_no_day_of_birth(
    client, officials, system, roll
):
    election = played.voted(officials.village, system, 9, 5, 3)
    page = client.get(f"/head-elections/{election.uid}/").content.decode()
    assert played.NAMES[0] in page and "số hộ chọn 5" in page
    assert SECRET_DAY not in page and "1970" not in page
    played.plan(officials.village, system, document="99/KH-UBND")
    assert "99/KH-UBND" not in client.get("/head-elections/").content.decode()


def test_everybody_reads_all_versions_of_a_posted_convention(client, officials, system, roll):
    convention = played.drafted(officials.village, system)
    assert client.get(f"/conventions/{convention.uid}/").status_code == 404
    actions.revise_convention(convention, by=system, text="Điều 1. Sửa lại.")
    actions.post_convention(convention, by=system, on=date(2025, 12, 1))
    page = client.get(f"/conventions/{convention.uid}/").content.decode()
    assert "Điều 1. Sửa lại." in page and "Cưới hỏi tiết kiệm" in page
    assert "Trần Văn Soạn" not in page


def test_a_version_of_a_convention_is_of_its_day_and_not_of_the_one_when_it_was_typed(
    client, officials, system, roll
):
    convention = played.drafted(officials.village, system)  # proposed on 3 November
    client.force_login(officials.clerk)
    revise = f"/desk/conventions/{convention.uid}/revise/"
    too_early = client.post(revise, {"on": "02/11/2025", "text": "Điều 1. Khác."})
    assert "Ngày phải từ 03/11/2025 trở đi" in too_early.text
    assert client.post(revise, {"on": "20/11/2025", "text": "Điều 1. Khác."}).status_code == 302
    actions.post_convention(convention, by=system, on=date(2025, 12, 1))
    page = client.get(f"/conventions/{convention.uid}/").text
    assert "Bản số 2, ngày 20/11/2025" in page and "Bản số 1, ngày 03/11/2025" in page


def test_the_matter_of_an_election_or_a_convention_leads_back_to_its_page(
    client, officials, system, roll
):
    client.force_login(officials.clerk)
    election = played.ready(officials.village, system, 9)
    convention = played.put(officials.village, system)
    for row, name in ((election, "head-elections"), (convention, "conventions")):
        page = client.get(f"/desk/decisions/{row.decision.uid}/").text
        assert f'href="/desk/{name}/{row.uid}/"' in page


def test_a_convention_in_force_waits_to_be_put_up_and_then_for_nobody(
    client, officials, system, roll
):
    convention = played.in_force(officials.village, system, 9)
    client.force_login(officials.clerk)
    here = f"/desk/decisions/{convention.decision.uid}/"
    assert [one.act for one, _word in client.get(here).context["owners"]] == ["post"]
    assert client.post(f"{here}post/", {"on": "02/03/2026"}).status_code == 302
    assert client.get(here).context["owners"] == []


def test_who_was_chosen_stands_before_who_chose_nobody(client, officials, system, roll):
    election = played.ready(officials.village, system, 9)
    client.force_login(officials.clerk)
    acts = client.get(f"/desk/head-elections/{election.uid}/").context["acts"]
    [fields] = [list(form.fields) for act, form, *_rest in acts if act.name == "vote"]
    first = [name for name in fields if name != "edition"][:2]
    assert all(name.startswith("chosen_") for name in first)


def test_everybody_reads_the_conference_with_what_was_decided_in_the_year(
    client, officials, system, roll
):
    decision = matters.decided_by_meeting(officials.village, system, 9, 9)
    conference = played.convened(officials.village, system, year=2026)
    page = client.get(f"/village-conferences/{conference.uid}/").content.decode()
    assert f"/decisions/{decision.uid}/" in page


def test_everybody_reads_who_is_head_and_the_list_shows_who_serves(client, officials, system, roll):
    played.head(officials.village, system)
    head = played.recognised(officials.village, system, 9, 5, 3)
    assert head.name in client.get(f"/village-heads/{head.uid}/").content.decode()
    lines = client.get("/village-heads/?state=serving").context["lines"]
    assert [line.row.pk for line in lines] == [head.pk]
    lines = client.get("/village-heads/?state=ended").context["lines"]
    assert [line.row.name for line in lines] == ["Vũ Văn Cựu"]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("head-elections", played.posted),
        ("village-heads", played.head),
        ("conventions", _posted_draft),
        ("village-conferences", played.convened),
    ],
)
def test_a_list_asks_the_same_number_of_questions_for_one_and_three(
    client, officials, system, name, make
):
    client.force_login(officials.clerk)
    villages = [
        open_village(
            officials.here, by=system, name=f"Tổ {n}", kind="to_dan_pho", since=matters.SINCE
        )
        for n in (7, 8)
    ]

    def asked():
        total = 0
        for path in (f"/desk/{name}/", f"/{name}/", f"/api/v1/lists/{name}"):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            total += len(queries)
        return total

    make(officials.village, system)
    one = asked()
    for village in villages:
        make(village, system)
    assert asked() == one


def test_the_figures_count_rows_and_open_to_them(client, officials, system, roll):
    village = officials.village
    others = [
        open_village(
            officials.here, by=system, name=f"Tổ {n}", kind="to_dan_pho", since=matters.SINCE
        )
        for n in (7, 8, 9)
    ]
    convention = played.in_force(village, system, 9)
    played.adopted(village, system, 9, 9, title="Bản chưa công nhận")
    conference = played.held(village, system)
    played.convened(others[0], system)
    head = played.recognised(village, system, 9, 5, 3)
    played.head(others[0], system, since=date(2026, 1, 9))
    played.head(others[1], system, since=date(2026, 1, 9), is_interim=True)
    release = actions.ask_release(head, by=system, on=date(2026, 2, 2), ground="own")
    decision = decisions.announce_meeting(
        release, by=system, on=date(2026, 2, 3), planned_on=date(2026, 2, 6)
    )
    decision = decisions.open_meeting(decision, by=system, chair="Trưởng ban")
    keys = list(matters.latest(decision).entries.values_list("pk", flat=True))
    decision = decisions.attend_meeting(decision, by=system, entries=keys)
    decision = matters.vote(matters.choose(decision, system), system, 9)
    decision = decisions.send_decision(decision, by=system, on=date(2026, 2, 7))
    decisions.recognise_decision(decision, by=system, on=date(2026, 2, 9), document="41/QĐ")
    query = f"?unit={officials.here.pk}&since=2026-01-01&last=2026-02-28&map=2026-03-01"
    expected = {
        "conventions_in_force": 1,
        "village_conferences": 1,
        "villages_standing": 4,
        "village_conferences_share": 25,
        "heads_elected": 2,
        "heads_released": 1,
    }
    pages = {key: client.get(f"/figures/{key}/{query}") for key in expected}
    assert {key: page.context["figure"].value for key, page in pages.items()} == expected
    for key, address in (
        ("conventions_in_force", f"/conventions/{convention.uid}/"),
        ("village_conferences", f"/village-conferences/{conference.uid}/"),
        ("heads_elected", f"/village-heads/{head.uid}/"),
        ("heads_released", f"/village-heads/{head.uid}/"),
    ):
        assert address in pages[key].content.decode(), key


def test_each_paper_is_printed_from_the_record(client, officials, system, roll):
    election = played.voted(officials.village, system, 9, 5, 3)
    convention = played.in_force(officials.village, system, 9)
    conference = actions.write_steps(played.held(officials.village, system), by=system, texts=STEPS)
    client.force_login(officials.clerk)
    rows = {"head-elections": election, "conventions": convention}
    rows["village-conferences"] = conference
    for name, row in rows.items():
        for kind in KINDS[row.journal_kind]:
            assert official_file(paper_of(row, kind), "docx")[:2] == b"PK", kind
        here = f"/desk/{name}/{row.uid}/papers/"
        assert client.get(f"{here}{kind}.docx").status_code == 200
        assert client.get(f"{here}other.docx").status_code == 404
        assert client.get(f"{here}{kind}.odt").status_code == 404
    said = "\n".join(line.text for line in paper_of(conference, "minutes").lines)
    assert all(text in said for text in STEPS.values())
    ballot = paper_of(election, "ballot")
    assert played.NAMES[0] in "\n".join(line.text for line in ballot.lines)
    assert official_file(ballot, "pdf")[:4] == b"%PDF"


@pytest.mark.case("FA19")
def test_a_text_that_was_revised_after_its_page_was_opened_is_not_posted(client, officials, system):
    convention = played.drafted(officials.village, system)
    client.force_login(officials.clerk)
    here = f"/desk/conventions/{convention.uid}/"
    seen = edition_in(client.get(here), f"{here}post/")
    actions.revise_convention(convention, by=system, text="Điều 1. Khác hẳn.")
    refused = client.post(f"{here}post/", {"on": "02/03/2026", "edition": seen})
    assert refused.status_code == 409 and "Điều 1. Khác hẳn." in refused.content.decode()
    assert Convention.objects.get().state == "draft"
    again = edition_in(refused, f"{here}post/")
    assert client.post(f"{here}post/", {"on": "02/03/2026", "edition": again}).status_code == 302
    assert Convention.objects.get().state == "posted"
