"""Notices of meetings: the papers that go with them, another day, and what is said of counts."""

from datetime import date

import pytest

from danchu.decision import actions
from danchu.decision.lives import State
from danchu.kernel.refusals import Refused
from danchu.obligations.models import Obligation
from tests.decision import played
from tests.decision.played import MEETS, NOTICED, write_roll

LATER = date(2026, 1, 17)


def announced(officials, system, item=1, **more):
    decision = played.propose(officials.village, system, item=item)
    return actions.announce_meeting(decision, by=system, on=NOTICED, planned_on=MEETS, **more)


def test_papers_that_are_late_are_refused_as_papers_and_a_notice_as_a_notice(officials, system):
    decision = played.propose(officials.village, system, item=1)
    late = date(2026, 1, 9)
    with pytest.raises(Refused) as refusal:
        actions.announce_meeting(decision, by=system, on=late, planned_on=MEETS, papers_on=late)
    said = {one.field: str(one.message) for one in refusal.value.every}
    assert said["planned_on"].startswith("Phải thông báo chậm nhất ngày 08/01/2026")
    assert said["papers_on"].startswith("Phải gửi tài liệu chậm nhất ngày 08/01/2026")
    assert "Điều 3 khoản 4" in said["papers_on"]


@pytest.mark.parametrize(("item", "asks"), [(1, True), (3, True), (6, False)])
def test_the_page_says_that_papers_are_not_written_down_and_which_article_asks_for_them(
    client, officials, system, item, asks
):
    write_roll(officials.village, 9)
    decision = announced(officials, system, item)
    client.force_login(officials.clerk)
    here = f"/desk/decisions/{decision.uid}/"
    assert ("chưa ghi" in client.get(here).text) == asks
    typed = {"on": "06/01/2026", "planned_on": "10/01/2026", "papers_on": "07/01/2026"}
    assert client.post(f"{here}announce_again/", typed).status_code == 302
    page = client.get(here).text
    assert "chưa ghi" not in page and "07/01/2026" in page


def test_a_meeting_that_is_put_off_is_noticed_again_under_the_rules_of_a_notice(
    client, officials, system
):
    write_roll(officials.village, 9)
    decision = announced(officials, system)
    client.force_login(officials.clerk)
    here = f"/desk/decisions/{decision.uid}/"
    form = next(
        form
        for act, form, *_rest in client.get(here).context["acts"]
        if act.name == "announce_again"
    )
    assert form["planned_on"].value() == "10/01/2026"
    with pytest.raises(Refused, match="Điều 3 khoản 3") as refusal:
        actions.announce_again(decision, by=system, on=LATER, planned_on=LATER)
    assert refusal.value.every[0].field == "planned_on"
    decision = actions.announce_again(decision, by=system, on=NOTICED, planned_on=LATER)
    assert decision.state == State.ANNOUNCED and decision.votes.count() == 1
    assert "17/01/2026" in client.get(f"/decisions/{decision.uid}/").text
    assert "Thông báo lại" in client.get(here).text


def test_a_meeting_by_clusters_is_not_put_off_beyond_the_day_of_one_of_them(officials, system):
    write_roll(officials.village, 9)
    decision = announced(officials, system)
    plan = {"on": NOTICED, "aggregator": "Thư", "ground": "Ba bản xa nhau"}
    clusters = "Đông; An; 10/01/2026; Nhà A\nTây; Bình; 11/01/2026; Nhà B"
    actions.plan_clusters(decision, by=system, clusters=clusters, **plan)
    with pytest.raises(Refused, match="Đông họp ngày 10/01/2026") as refusal:
        actions.announce_again(decision, by=system, on=NOTICED, planned_on=LATER)
    assert refusal.value.every[0].field == "planned_on"
    later = clusters.replace("10/01", "17/01").replace("11/01", "18/01")
    actions.plan_clusters(decision, by=system, clusters=later, **plan)
    assert actions.announce_again(decision, by=system, on=NOTICED, planned_on=LATER)


def test_ballots_whose_days_have_passed_are_noticed_again_and_their_plan_is_copied_again(
    client, officials, system, clock
):
    write_roll(officials.village, 9)
    clock.set("2026-01-30")
    days = {"on": played.BALLOT_NOTICED, "since": played.ISSUED, "until": played.UNTIL}
    short = played.fallen_short(officials.village, system, 2)
    decision = actions.plan_ballot(short, by=system, team=played.TEAM, **days)
    actions.copy_plan(decision, by=system, on=played.BALLOT_NOTICED)
    with pytest.raises(Refused, match="đã qua"):
        actions.issue_ballots(decision, by=system, on=date(2026, 1, 30))
    client.force_login(officials.clerk)
    here = f"/desk/decisions/{decision.uid}/"
    acts = {act.name: form for act, form, *_rest in client.get(here).context["acts"]}
    assert acts["plan_ballot_again"]["team"].value() == played.TEAM
    assert acts["plan_ballot_again"]["since"].value() == "15/01/2026"
    typed = {"on": "27/01/2026", "since": "30/01/2026", "until": "05/02/2026", "leader": "front"}
    refused = client.post(f"{here}plan_ballot_again/", {**typed, "team": "Chỉ một người"})
    assert refused.status_code == 400 and refused.context["refused"].errors.keys() == {"team"}
    assert (
        client.post(f"{here}plan_ballot_again/", {**typed, "team": played.TEAM}).status_code == 302
    )
    vote = decision.votes.latest("number")
    assert (vote.planned_on, vote.until) == (date(2026, 1, 30), date(2026, 2, 5))
    assert vote.conduct.copied_on is None
    owed = Obligation.objects.open().get(rule__key="ballot.plan")
    assert owed.event_on == date(2026, 1, 27)
    assert actions.issue_ballots(decision, by=system, on=date(2026, 1, 30)).state == State.BALLOTING
    with pytest.raises(Refused):
        actions.plan_ballot_again(decision, by=system, team=played.TEAM, **days)


def test_a_vote_on_line_that_was_not_opened_is_noticed_again(officials, system, clock):
    write_roll(officials.village, 3)
    clock.set("2026-03-05")
    first, later = date(2026, 3, 2), date(2026, 3, 5)
    people = {"team": played.TEAM, "leader": "front"}
    decision = actions.plan_online(
        played.propose(officials.village, system, 6),
        by=system,
        on=first,
        reported_on=first,
        since=first,
        until=first,
        **people,
    )
    with pytest.raises(Refused):
        actions.open_online(decision, by=system)
    days = {"on": later, "reported_on": later, "since": later, "until": later}
    decision = actions.plan_online_again(decision, by=system, **days, **people)
    poll = decision.votes.get().polls.get()
    assert (poll.until, poll.reported_on) == (later, later)
    assert actions.open_online(decision, by=system).state == State.ONLINE_FORM
    with pytest.raises(Refused):
        actions.plan_online_again(decision, by=system, **days, **people)


def test_who_counts_is_told_whether_another_person_must_or_both_must_again(
    client, officials, system, clock
):
    write_roll(officials.village, 9)
    clock.set("2026-01-20")
    decision = played.ballots_out(played.fallen_short(officials.village, system, 2), system)
    here = f"/desk/decisions/{decision.uid}/"

    def count(role, yes):
        client.force_login(getattr(officials, role))
        typed = {"issued": "9", "returned": "9", "yes": str(yes), "no": str(9 - yes)}
        return client.post(f"{here}count/", typed, follow=True).text

    assert "Chờ người thứ hai" in count("clerk", 6)
    differ = "Hai người kiểm ra số khác nhau"
    assert differ in count("head", 5)
    client.force_login(officials.clerk)
    assert differ in client.get(here).text
    assert "Hai người kiểm ra cùng số" in count("head", 6)


def test_nobody_is_led_to_a_sheet_that_they_may_not_enter(client, officials, system, holder):
    write_roll(officials.village, 9)
    leads = holder("village_head", officials.village, name="leads").account
    decision = played.ballots_out(played.fallen_short(officials.village, system, 2), system)
    here = f"/desk/decisions/{decision.uid}/"
    for account, sheets in ((officials.clerk, 2), (leads, 1)):
        client.force_login(account)
        codes = client.get(here).context["codes"]
        assert len(codes) == sheets
        for _word, name, code in codes:
            path = "count-sheets" if name == "desk_new_count_sheet" else "roll-sheets"
            assert client.get(f"/desk/{path}/new/?code={code}").status_code == 200
