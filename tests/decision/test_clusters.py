"""A meeting by clusters: one roll, each household at one place, the sums of all places."""

import random
import re
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from danchu.decision import actions
from danchu.decision.lives import State
from danchu.decision.models import Cluster, RollEntry, SheetKind
from danchu.decision.sheet_codes import sheet_code
from danchu.kernel.refusals import Refused
from tests.decision import played
from tests.decision.played import MEETS, NOTICED, TEAM, write_roll

pytestmark = pytest.mark.digested
LINES = "Đông; An; 10/01/2026; Nhà A\nTây; Bình; 11/01/2026; Nhà B\nNam; Chi; 12/01/2026; Nhà C"
LAST = date(2026, 1, 12)
PLAN = {"on": NOTICED, "clusters": LINES, "aggregator": "Thư", "ground": "Ba bản xa nhau"}


def announced(officials, system):
    decision = played.propose(officials.village, system)
    return actions.announce_meeting(decision, by=system, on=NOTICED, planned_on=MEETS)


def opened(officials, system):
    decision = actions.plan_clusters(announced(officials, system), by=system, **PLAN)
    actions.approve_clusters(decision, by=system, on=NOTICED, document="3/QĐ")
    return actions.open_meeting(decision, by=system, chair="Trưởng")


def come(decision, system, cluster, entries):
    return actions.attend_cluster(decision, by=system, cluster=cluster, entries=entries)


def choose(decision, system, cluster, way="hands"):
    yes = Cluster.objects.get(vote=played.latest(decision), number=cluster).attending
    chosen = {"secretary": "Thư", "secretary_yes": yes, "way": way, "way_yes": yes}
    chosen |= {"team": TEAM, "team_yes": yes}
    return actions.choose_in_cluster(decision, by=system, cluster=cluster, **chosen)


def count(decision, system, cluster, yes, no, **more):
    return actions.count_cluster(
        decision, by=system, cluster=cluster, yes=yes, no=no, **{"other": 0, **more}
    )


def refused_field(act, *arguments, **values):
    with pytest.raises(Refused) as refusal, transaction.atomic():
        act(*arguments, **values)
    return refusal.value.every[0].field


def test_hands_and_secret_ballots_in_clusters_add_up_over_one_roll(client, officials, system):
    chance = random.Random(7)
    write_roll(officials.village, 9)
    for _round in range(4):
        decision = opened(officials, system)
        entries = played.entries_of(decision)
        chance.shuffle(entries)
        # Oracle: who came where, household by household, one of them tries to take part twice.
        places = {entry: chance.choice((1, 2, 3, None)) for entry in entries}
        for cluster in (1, 2, 3):
            come(decision, system, cluster, [e for e in entries if places[e] == cluster])
        twice = next((e for e in entries if places[e] == 1), None)
        if twice:
            come(decision, system, 2, [twice])
        here = {n: [e for e in entries if places[e] == n] for n in (1, 2, 3)}
        present = sum(1 for e in entries if places[e] is not None)
        assert played.latest(decision).attending == present
        for_it = 0
        for cluster, came in here.items():
            if not came:
                continue
            yes = chance.randint(0, len(came))
            secret = cluster == 2
            choose(decision, system, cluster, "secret" if secret else "hands")
            more = {"witnesses": "Một\nHai"} if secret else {}
            count(decision, system, cluster, yes, len(came) - yes, **more)
            for_it += yes
        decision = actions.close_clusters(decision, by=system)
        vote = played.latest(decision)
        if 3 * present < 2 * 9:
            assert (decision.state, vote.yes) == (State.SHORT, 0)
            continue
        assert (vote.households, vote.attending, vote.yes) == (9, present, for_it)
        passed = for_it + for_it + for_it >= 18
        assert decision.state == (State.PASSED if passed else State.NOT_PASSED)
        assert decision.settled_on == LAST
    page = client.get(f"/decisions/{decision.uid}/").content.decode()
    assert "Các cụm dân cư" in page and "Người Đại Diện" not in page


@pytest.mark.parametrize(
    ("way", "attending", "hidden"),
    [("secret", 3, False), ("secret", 2, True), ("secret", 1, True), ("hands", 1, False)],
)
def test_nobody_reads_what_one_or_two_households_of_a_cluster_chose_in_secret(
    client, officials, system, way, attending, hidden
):
    """Neither in its own row nor as the difference of the total and what was read before."""
    write_roll(officials.village, 9)
    decision = opened(officials, system)
    entries = played.entries_of(decision)
    secret = {"witnesses": "Một\nHai"}
    shown = []
    for cluster, came in ((1, entries[:6]), (2, entries[6 : 6 + attending])):
        come(decision, system, cluster, came)
        choose(decision, system, cluster, way if cluster == 2 else "secret")
        more = secret if way == "secret" or cluster == 1 else {}
        count(decision, system, cluster, len(came) - 1, 1, **more)
        shown.append(cells(client, decision))
    actions.close_clusters(decision, by=system)
    assert shown == [{1: [], 2: []}] * 2
    numbers = {1: ["5", "1", "0", "0"], 2: [str(attending - 1), "1", "0", "0"]}
    assert cells(client, decision) == ({1: [], 2: []} if hidden else numbers)
    client.force_login(officials.clerk)
    assert cells(client, decision, "/desk") == numbers


def cells(client, decision, before=""):
    """{number of a cluster: what its row says of its count}"""
    page = client.get(f"{before}/decisions/{decision.uid}/").content.decode()
    rows = re.findall(
        r"<tr>\s*<th scope=\"row\">\s*(?:An|Đông|Tây),[^/]*</span>\s*</th>(.*?)</tr>", page, re.S
    )
    counts = [
        re.findall(r"<td data-label=\"[^\"]*(?:tán thành|khác|trắng)\">(\d+)<", row, re.I)
        for row in rows
    ]
    return dict(enumerate(counts, start=1))


def test_a_household_is_at_one_cluster_also_for_the_database(officials, system):
    write_roll(officials.village, 9)
    decision = opened(officials, system)
    [entry] = played.entries_of(decision)[:1]
    come(decision, system, 1, [entry])
    come(decision, system, 2, [entry])
    row = RollEntry.objects.get(pk=entry)
    assert row.cluster.number == 1 and played.latest(decision).attending == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.create(
            vote=row.vote, household=row.household, is_represented=True, cluster=row.cluster
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        RollEntry.objects.filter(pk=entry).update(present_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Cluster.objects.filter(pk=row.cluster_id).update(yes=2, counted_on=LAST)
    actions.strike_attendance(decision, by=system, entry=entry)
    assert come(decision, system, 2, [entry]) and played.latest(decision).attending == 1


def test_two_hundred_households_or_a_scattered_village(officials, system):
    households = write_roll(officials.village, 200)
    decision = announced(officials, system)
    near = {**PLAN, "ground": ""}
    assert actions.plan_clusters(decision, by=system, **near).state == State.CLUSTERS
    actions.leave_roll(households[0], by=system, on=date(2026, 1, 2), reason="Chuyển đi")
    with pytest.raises(Refused, match="Điều 18 khoản 3") as refusal:
        actions.plan_clusters(decision, by=system, **near)
    assert refusal.value.every[0].field == "ground"
    assert actions.plan_clusters(decision, by=system, **PLAN)
    assert Cluster.objects.count() == 3  # in place of the plan before


def test_a_plan_that_does_not_read_is_refused_and_nothing_opens_before_it_is_approved(
    officials, system
):
    write_roll(officials.village, 9)
    decision = announced(officials, system)
    one = LINES.splitlines()[0]
    wrong = ("", one, "Đông; An\nTây; B", f"{LINES}\nX; Y; mai; Z", LINES.replace("10/01", "09/01"))
    for clusters in wrong:
        values = {**PLAN, "clusters": clusters}
        assert refused_field(actions.plan_clusters, decision, by=system, **values) == "clusters"
    actions.plan_clusters(decision, by=system, **PLAN)
    with pytest.raises(Refused, match="Chờ Ủy ban nhân dân"):
        actions.open_meeting(decision, by=system, chair="Trưởng")


def test_the_committee_reads_the_plan_that_waits_for_it_and_may_disagree(client, officials, system):
    write_roll(officials.village, 9)
    decision = actions.plan_clusters(announced(officials, system), by=system, **PLAN)
    here = f"/desk/decisions/{decision.uid}/"
    client.force_login(officials.clerk)
    page = client.get(here)
    assert [(one.act, len(one.names)) for one, _word in page.context["owners"]] == [
        ("approve_clusters", 1)
    ]
    text = page.content.decode()
    plan = [part.strip() for line in LINES.splitlines() for part in line.split(";")]
    assert all(part in text for part in plan) and PLAN["aggregator"] in text
    public = client.get(f"/decisions/{decision.uid}/").content.decode()
    assert plan[1] not in public.replace(plan[0], "") and PLAN["aggregator"] not in public
    client.force_login(officials.head)
    answer = client.post(f"{here}refuse_clusters/", {"document": "9/UBND"}, follow=True)
    assert "9/UBND" in answer.content.decode() and not Cluster.objects.exists()
    decision.refresh_from_db()
    assert actions.open_meeting(decision, by=system, chair="Trưởng").state == State.MEETING


def test_a_meeting_by_clusters_always_names_whom_it_waits_for_and_what_comes_next(
    client, officials, system
):
    write_roll(officials.village, 9)
    decision = opened(officials, system)
    client.force_login(officials.clerk)

    def waits():
        page = client.get(f"/desk/decisions/{decision.uid}/")
        assert "Danh sách hộ dự họp</a>" not in page.text  # a sheet names no cluster
        return {one.act for one, _word in page.context["owners"]}, {
            act.name for act, *_rest in page.context["acts"]
        }

    assert waits()[0] == {"count_cluster"}
    entries = played.entries_of(decision)
    for cluster, came in ((1, entries[:3]), (2, entries[3:6]), (3, entries[6:])):
        come(decision, system, cluster, came)
        choose(decision, system, cluster, "hands")
        count(decision, system, cluster, 3, 0)
    owners, acts = waits()
    assert owners == {"close_clusters"} and "close_clusters" in acts
    assert not acts & {"attend_cluster", "choose_cluster", "count_cluster"}
    actions.close_clusters(decision, by=system)
    page = client.get(f"/decisions/{decision.uid}/").text
    assert "Cách biểu quyết" not in page  # each cluster chose its own


def test_the_cluster_is_chosen_before_the_households_that_came_to_it(client, officials, system):
    write_roll(officials.village, 9)
    decision = opened(officials, system)
    client.force_login(officials.clerk)
    page = client.get(f"/desk/decisions/{decision.uid}/attend_cluster/").text
    assert 0 < page.index('name="cluster"') < page.index('name="entries"')


def test_the_printed_list_of_a_meeting_by_clusters_says_where_to_write(officials, system):
    write_roll(officials.village, 9)
    decision = opened(officials, system)
    code = sheet_code(decision, 1, SheetKind.ATTENDANCE)
    with pytest.raises(Refused, match="theo cụm dân cư: hãy ghi ở từng cụm") as refusal:
        actions.enter_roll_sheet(by=system, code=code, households="1-3")
    assert refusal.value.every[0].field == "code"


def test_no_cluster_is_left_out_nor_counted_twice_nor_before_its_day(officials, system, clock):
    write_roll(officials.village, 9)
    clock.set("2026-01-11")
    decision = opened(officials, system)
    entries = played.entries_of(decision)
    come(decision, system, 1, entries[:5])
    assert refused_field(come, decision, system, 3, entries[5:]) == "cluster"
    with pytest.raises(Refused, match="12/01/2026"):
        actions.close_clusters(decision, by=system)
    clock.set("2026-01-13")
    come(decision, system, 3, entries[5:])
    for act in ("attend_meeting", "close_short_meeting"):
        with pytest.raises(Refused):
            values = {"entries": entries} if act == "attend_meeting" else {}
            getattr(actions, act)(decision, by=system, **values)
    choose(decision, system, 1)
    assert refused_field(count, decision, system, 1, 4, 2) == "yes"
    count(decision, system, 1, 5, 0)
    assert refused_field(count, decision, system, 1, 5, 0) == "cluster"
    with pytest.raises(Refused, match="Nam"):
        actions.close_clusters(decision, by=system)
    with pytest.raises(Refused):
        actions.strike_attendance(decision, by=system, entry=entries[0])
    choose(decision, system, 3)
    count(decision, system, 3, 1, 3)
    decision = actions.close_clusters(decision, by=system)
    assert (decision.state, decision.yes) == (State.PASSED, 6)
