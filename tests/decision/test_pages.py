"""Decisions of households by pages: who may do which act, what everybody reads, and the figures."""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from danchu.decision import actions
from danchu.decision.lives import DECISION_LIFE
from danchu.decision.models import HouseholdDecision, OnlinePoll, RollEntry
from danchu.decision.writes.choices import YES, write_choice
from danchu.kernel.refusals import Denied
from danchu.units.actions import open_village
from danchu.units.models import Standing
from tests.decision import played
from tests.decision.played import (
    EMPTY,
    TEAM,
    TITLE,
    decided_by_meeting,
    fallen_short,
    propose,
    write_roll,
)
from tests.sizes import one_in

NAME = "Người Đại Diện"
PEOPLE = ["clerk", "head", "front", "chair", "auditor"]
DRAFTS = {"clerk", "head"}
CLUSTERS = "Bờ đông; An; 10/01/2026; Nhà văn hóa\nBờ tây; Bình; 11/01/2026; Trường cũ"
CHOSEN = {"secretary": "Thư", "secretary_yes": "9", "way": "hands", "way_yes": "9"} | {
    "team": TEAM,
    "team_yes": "9",
}


def _sent(village, by, item):
    decision = decided_by_meeting(village, by, 9, 9, item)
    return actions.send_decision(decision, by=by, on=played.ISSUED)


def _in_force(village, by):
    return _sent(village, by, 1)


def _meeting(village, by):
    return played.meet(propose(village, by), by, 9)


def _collecting(village, by):
    return propose(village, by, proposer="initiative", is_collecting=True, consents="1 02/01/2026")


def _ballot_planned(village, by):
    return actions.plan_ballot(
        fallen_short(village, by, 2),
        by=by,
        on=played.BALLOT_NOTICED,
        since=played.ISSUED,
        until=played.UNTIL,
        team=TEAM,
    )


def _online(village, by, steps):
    """A vote on line, noticed; after one step all agreed to it, after two all voted."""
    day = date(2026, 3, 2)
    decision = actions.plan_online(
        propose(village, by, 6),
        by=by,
        on=day,
        reported_on=day,
        since=day,
        until=day,
        team=TEAM,
        leader="front",
    )
    for step in range(steps):
        if step:
            decision = actions.close_form(decision, by=by, until=day)
        else:
            decision = actions.open_online(decision, by=by)
        poll = OnlinePoll.objects.get(vote__decision=decision, closed_at=None)
        for entry in poll.vote.entries.all():
            write_choice(poll, entry.pk, YES)
    return decision


def _without_ballots(village, by):
    decision = played.ballots_out(fallen_short(village, by, 2), by)
    entry = played.entries_of(decision)[-1]
    return actions.take_back_ballot(decision, by=by, entry=entry)


def _of_commune(village, by):
    commune = Standing.objects.get(unit=village).parent
    return propose(commune, by, proposer="commune")


def _opened(village, by):
    """A matter of the commune that is before its one village, and the decision of that one."""
    whole = actions.open_villages(
        _of_commune(village, by),
        by=by,
        on=played.PROPOSED,
        until=played.UNTIL,
        form="meeting",
        agreement="1/MT",
    )
    return whole, HouseholdDecision.objects.get(commune_part__whole__decision=whole)


def _gone_on(village, by):
    """A village is there that was not when the matter was opened."""
    whole, _own = _opened(village, by)
    open_village(whole.unit, by=by, name="Tổ 9", kind="thon", since=played.SINCE)
    return whole


def _agreed(village, by):
    whole, own = _opened(village, by)
    own = played.choose(played.meet(own, by, 9), by)
    actions.send_decision(played.vote(own, by, 9), by=by, on=played.ISSUED)
    return actions.close_villages(whole, by=by)


def _announced(village, by):
    return actions.announce_meeting(
        propose(village, by), by=by, on=played.NOTICED, planned_on=played.MEETS
    )


def _planned_clusters(village, by):
    return actions.plan_clusters(
        _announced(village, by),
        by=by,
        on=played.NOTICED,
        clusters=CLUSTERS,
        aggregator="Thư",
        ground="Hai bờ suối",
    )


def _in_clusters(village, by):
    decision = _planned_clusters(village, by)
    actions.approve_clusters(decision, by=by, on=played.NOTICED, document="3/QĐ")
    return actions.open_meeting(decision, by=by, chair="Trưởng")


def _came_to_clusters(village, by):
    decision = _in_clusters(village, by)
    entries = played.entries_of(decision)
    return actions.attend_cluster(decision, by=by, cluster=1, entries=entries)


def _chose_in_clusters(village, by):
    decision = _came_to_clusters(village, by)
    chosen = {key: int(value) if value == "9" else value for key, value in CHOSEN.items()}
    return actions.choose_in_cluster(decision, by=by, cluster=1, **chosen)


# {act: (how it comes there, what is typed, who may)}
ACTS = {
    "announce": (propose, {"on": "06/01/2026", "planned_on": "10/01/2026"}, DRAFTS),
    "open": (
        lambda village, by: actions.announce_meeting(
            propose(village, by), by=by, on=played.NOTICED, planned_on=played.MEETS
        ),
        {"chair": "Trần Văn Trưởng", "convener": "head"},
        DRAFTS,
    ),
    "attend": (lambda village, by: played.meet(propose(village, by), by, 0), {}, DRAFTS),
    "strike": (_meeting, {}, DRAFTS),
    "choose": (_meeting, CHOSEN, DRAFTS),
    "vote": (
        lambda village, by: played.choose(_meeting(village, by), by),
        {"yes": "6", "no": "3"},
        DRAFTS,
    ),
    "close_short": (lambda village, by: played.meet(propose(village, by), by, 2), {}, DRAFTS),
    "plan_ballot": (
        lambda village, by: fallen_short(village, by, 2),
        {"on": "12/01/2026", "since": "15/01/2026", "until": "20/01/2026"}
        | {"team": TEAM, "leader": "front"},
        DRAFTS,
    ),
    "plan_ballot_again": (
        lambda village, by: _ballot_planned(village, by),
        {"on": "12/01/2026", "since": "16/01/2026", "until": "21/01/2026"}
        | {"team": TEAM, "leader": "front"},
        DRAFTS,
    ),
    "issue": (
        lambda village, by: _ballot_planned(village, by),
        {"on": "15/01/2026"},
        DRAFTS,
    ),
    "consent": (_collecting, {"consents": "2 04/01/2026"}, DRAFTS),
    "submit": (_collecting, {"on": "06/01/2026"}, DRAFTS),
    "hand_out": (
        lambda village, by: _without_ballots(village, by),
        {},
        DRAFTS,
    ),
    "take_back": (
        lambda village, by: played.ballots_out(fallen_short(village, by, 2), by),
        {},
        DRAFTS,
    ),
    "count": (
        lambda village, by: played.ballots_out(fallen_short(village, by, 2), by),
        {**dict.fromkeys(EMPTY, "0"), "issued": "9", "returned": "9", "yes": "6", "no": "3"},
        {"clerk", "head", "front", "chair"},
    ),
    "plan_online": (
        lambda village, by: propose(village, by, 6),
        {"on": "01/03/2026", "reported_on": "01/03/2026", "since": "02/03/2026"}
        | {"until": "02/03/2026", "team": TEAM, "leader": "front"},
        DRAFTS,
    ),
    "plan_online_again": (
        lambda village, by: _online(village, by, 0),
        {"on": "01/03/2026", "reported_on": "01/03/2026", "since": "03/03/2026"}
        | {"until": "04/03/2026", "team": TEAM, "leader": "front"},
        DRAFTS,
    ),
    "open_online": (lambda village, by: _online(village, by, 0), {}, DRAFTS),
    "close_form": (lambda village, by: _online(village, by, 1), {"until": "05/03/2026"}, DRAFTS),
    "close_online": (lambda village, by: _online(village, by, 2), {}, DRAFTS),
    "works": (
        lambda village, by: decided_by_meeting(village, by, 9, 9),
        {"value": "100", "money": "60"},
        DRAFTS,
    ),
    "send": (
        lambda village, by: decided_by_meeting(village, by, 9, 9),
        {"on": "15/01/2026"},
        DRAFTS,
    ),
    "recognise": (
        lambda village, by: _sent(village, by, 3),
        {"on": "16/01/2026", "document": "1/QĐ"},
        {"head"},
    ),
    "refuse": (
        lambda village, by: _sent(village, by, 5),
        {"on": "16/01/2026", "document": "1/MT", "reason": "Trái luật"},
        {"chair"},
    ),
    "post": (_in_force, {"on": "16/01/2026"}, DRAFTS),
    "carry_out": (_in_force, {"on": "16/01/2026", "result": "Xong"}, DRAFTS),
    "annul": (_in_force, {"document": "2/QĐ", "reason": "Sai trình tự"}, {"head"}),
    "withdraw": (propose, {"reason": "Đưa ra nhầm"}, DRAFTS),
    "copy_plan": (
        lambda village, by: played.ballots_out(fallen_short(village, by, 2), by),
        {"on": "13/01/2026"},
        DRAFTS,
    ),
    "ask_again": (_in_force, {"document": "2/QĐ", "reason": "Sai trình tự"}, {"head"}),
    "redo": (
        lambda village, by: actions.ask_again(
            _in_force(village, by), by=by, document="2/QĐ", reason="Sai trình tự"
        ),
        {"on": "20/01/2026"},
        DRAFTS,
    ),
    "report": (_in_force, {"on": "20/01/2026"}, DRAFTS),
    "open_villages": (
        _of_commune,
        {"on": "05/01/2026", "until": "01/02/2026", "form": "meeting", "agreement": "1/MT"},
        {"head"},
    ),
    "add_villages": (_gone_on, {}, DRAFTS),
    "close_villages": (lambda village, by: _opened(village, by)[0], {}, {"head"}),
    "plan_clusters": (
        _announced,
        {"on": "06/01/2026", "clusters": CLUSTERS, "aggregator": "Thư", "ground": "Hai bờ suối"},
        DRAFTS,
    ),
    "announce_again": (
        _announced,
        {"on": "06/01/2026", "planned_on": "12/01/2026", "papers_on": "07/01/2026"},
        DRAFTS,
    ),
    "refuse_clusters": (_planned_clusters, {"document": "3/UBND"}, {"head"}),
    "approve_clusters": (_planned_clusters, {"on": "07/01/2026", "document": "3/QĐ"}, {"head"}),
    "attend_cluster": (_in_clusters, {"cluster": "1"}, DRAFTS),
    "choose_cluster": (_came_to_clusters, {**CHOSEN, "cluster": "1"}, DRAFTS),
    "count_cluster": (_chose_in_clusters, {"cluster": "1", "yes": "9"}, DRAFTS),
    "close_clusters": (_in_clusters, {}, DRAFTS),
    "set_day": (_agreed, {"on": "05/02/2026", "document": "2/QĐ"}, {"head"}),
}
# {act on some households: which are offered}
CHOOSES = {
    "attend": {"present_at": None},
    "attend_cluster": {"present_at": None},
    "strike": {"present_at__isnull": False},
    "hand_out": {"issued_at": None, "vote__number": 2},
    "take_back": {"issued_at__isnull": False},
}


@pytest.fixture
def roll(officials):
    return write_roll(officials.village, 9)


def test_every_act_of_the_life_is_asked_here():
    assert set(DECISION_LIFE.acts) == ACTS.keys()


@one_in(4)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_done_by_pages_by_whom_it_is_for_and_by_nobody_else(
    client, officials, system, roll, act
):
    come, typed, may = ACTS[act]
    decision = come(officials.village, system)
    if act in CHOOSES:
        entry = RollEntry.objects.filter(**CHOOSES[act]).order_by("-pk").first()
        field = "entry" if act in ("strike", "take_back") else "entries"
        typed = {**typed, field: str(entry.pk)}
    here = f"/desk/decisions/{decision.uid}/"
    for role in PEOPLE:
        client.force_login(getattr(officials, role))
        offered = [one.name for one, *_rest in client.get(here).context["acts"]]
        assert (act in offered) == (role in may), role
        if role not in may:
            assert client.post(f"{here}{act}/", typed).status_code == 403, role
    decision.refresh_from_db()
    before = decision.state
    doer = sorted(may)[0]
    client.force_login(getattr(officials, doer))
    answer = client.post(f"{here}{act}/", typed)
    assert answer.status_code == 302, answer.context and answer.context["refused"].errors
    decision.refresh_from_db()
    stays = {*CHOOSES, "consent", "choose", "count", "works", "post"}
    stays |= {"copy_plan", "redo", "report", "add_villages", "announce_again"}
    stays |= {"plan_ballot_again", "plan_online_again"}
    stays |= {"choose_cluster", "count_cluster"}
    assert (decision.state == before) == (act in stays)


def test_the_step_that_comes_next_stands_first_and_open(client, officials, system, roll):
    decision = _in_force(officials.village, system)
    client.force_login(officials.clerk)
    page = client.get(f"/desk/decisions/{decision.uid}/")
    acts = [(act.name, comes_next) for act, _form, _address, comes_next in page.context["acts"]]
    assert acts[0] == ("post", True)
    assert ("works", False) in acts and [name for name, first in acts if first] == ["post"]
    opened = re.findall(r'<details class="act"\s+open>\s*<summary><h2 id="act-(\w+)"', page.text)
    assert opened == ["post"]


@pytest.mark.parametrize("item", [3, 5])
def test_nobody_recognises_what_another_body_must(officials, system, roll, item):
    decision = _sent(officials.village, system, item)
    wrong = officials.by["chair" if item == 3 else "head"]
    with pytest.raises(Denied):
        actions.recognise_decision(decision, by=wrong, on=played.UNTIL, document="1")


@pytest.mark.parametrize("path", ["/desk/decisions/new/", "/desk/households/new/"])
def test_no_commune_is_offered_where_only_a_village_fits(client, officials, path):
    client.force_login(officials.clerk)
    assert client.get(path).context["form"].initial["unit"] == ""


def test_a_matter_is_put_forward_by_pages_once(client, officials, roll):
    typed = {
        "uid": "7f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a11",
        "unit": "Tổ 5",
        "item": "1",
        "title": TITLE,
        "content": "Rộng ba mét.",
        "proposer": "initiative",
        "proposed_on": "05/01/2026",
        "consents": "1 02/01/2026",
    }
    client.force_login(officials.front)
    assert client.post("/desk/decisions/new/", typed).status_code == 403
    client.force_login(officials.clerk)
    for _again in range(2):
        assert client.post("/desk/decisions/new/", typed).status_code == 302
    assert HouseholdDecision.objects.get().consents_alive == 1
    page = client.post(
        "/desk/decisions/new/", {**typed, "uid": typed["uid"][:-1] + "2"} | {"consents": "1 mai"}
    )
    assert page.status_code == 400 and set(page.context["form"].errors) == {"consents"}


def test_who_may_not_view_the_roll_sees_numbers_and_no_names(client, officials, system, roll):
    decision = _meeting(officials.village, system)
    here = f"/desk/decisions/{decision.uid}/"
    client.force_login(officials.operator)
    page = client.get(f"{here}").content.decode()
    assert "Hộ số 1" in page and NAME not in page
    client.force_login(officials.clerk)
    assert NAME in client.get(here).content.decode()


def test_everybody_reads_the_result_in_whole_numbers_and_no_name(client, officials, system, roll):
    decision = decided_by_meeting(officials.village, system, 9, 6)
    propose(officials.village, system, title="Việc chưa thông báo")
    page = client.get("/decisions/")
    assert [line.row.title for line in page.context["lines"]] == [TITLE]
    page = client.get(f"/decisions/{decision.uid}/").content.decode()
    assert "3 × 6 = 18 ≥ 2 × 9 = 18" in page and "Điều 21 khoản 1" in page
    for name in (NAME, "Trần Văn Trưởng", "Lê Văn Một", "Lê Thị Thư"):
        assert name not in page
    answer = client.get("/api/v1/lists/decisions").json()
    assert [row["title"] for row in answer["rows"]] == [TITLE]
    text = client.get("/decisions.csv").getvalue().decode("utf-8-sig")
    head, line = csv.reader(io.StringIO(text))
    assert line[head.index("Hộ tán thành")] == "6"
    given = dict.fromkeys(("options", "labour_days", "land", "budget", "other"), 0)
    actions.note_works(decision, by=system, value=100, money=60, **given)
    head, line = csv.reader(
        io.StringIO(client.get("/decisions.csv").getvalue().decode("utf-8-sig"))
    )
    table = {"Tổng giá trị (đồng)": "100", "Nhân dân đóng góp bằng tiền (đồng)": "60"}
    assert {name: line[head.index(name)] for name in table} == table


def test_counts_are_not_public_before_two_people_agree(client, officials, system, roll):
    decision = played.ballots_out(fallen_short(officials.village, system, 2), system)
    played.count(decision, officials.by["clerk"], 7)
    page = client.get(f"/decisions/{decision.uid}/").content.decode()
    assert "<dt>Tán thành</dt>" not in page
    played.count(decision, officials.by["front"], 7)
    page = client.get(f"/decisions/{decision.uid}/").content.decode()
    assert "<dt>Tán thành</dt>" in page


def test_the_list_asks_the_same_number_of_questions_for_one_and_three(
    client, officials, system, roll
):
    client.force_login(officials.clerk)

    def asked():
        total = 0
        for path in ("/desk/decisions/", "/decisions/", "/api/v1/lists/decisions"):
            client.get(path)
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            total += len(queries)
        return total

    decided_by_meeting(officials.village, system, 9, 6)
    one = asked()
    for _more in range(2):
        decided_by_meeting(officials.village, system, 9, 6)
    assert asked() == one


FIGURES = {
    "decisions_settled": 3,
    "decisions_settled.item_1": 2,
    "decisions_settled.meeting": 2,
    "decisions_settled.ballot": 1,
    "decisions_passed": 2,
    "village_meetings": 3,
    "village_meetings_attending": 9 + 8 + 2,
    "village_meetings_households": 27,
    "decisions_yes": 6 + 5 + 7,
    "decisions_households": 27,
    "works_with_contributions": 1,
    "works_value": 100,
    "works_money": 60,
}


def test_the_figures_count_rows_and_open_to_them(client, officials, system, roll):
    given = dict.fromkeys(("options", "labour_days", "land", "budget", "other"), 0)
    passed = decided_by_meeting(officials.village, system, 9, 6)
    actions.note_works(passed, by=system, value=100, money=60, **given)
    decided_by_meeting(officials.village, system, 8, 5)
    decision = played.ballots_out(fallen_short(officials.village, system, 2, 3), system)
    for role in ("clerk", "front"):
        decision = played.count(decision, officials.by[role], 7)
    propose(officials.village, system)
    query = f"?unit={officials.here.pk}&since=2026-01-01&last=2026-01-31&map=2026-02-01"
    values = {key: client.get(f"/figures/{key}/{query}").context["figure"].value for key in FIGURES}
    assert values == FIGURES
    page = client.get(f"/figures/decisions_settled/{query}").content.decode()
    assert f"/decisions/{passed.uid}/" in page


def test_whether_it_was_recognised_in_time_counts_on_the_day_it_was_due(client, officials, system):
    write_roll(officials.village, 9)
    decision = _sent(officials.village, system, 3)  # due on 22/01/2026
    actions.recognise_decision(decision, by=system, on=played.UNTIL, document="1/QĐ")
    _sent(officials.village, system, 4)
    query = f"?unit={officials.here.pk}&since=2026-01-01&last=2026-01-31&map=2026-02-01"
    shares = client.get(f"/figures/decisions_in_time_share/{query}").context["figure"]
    assert shares.value == 50
