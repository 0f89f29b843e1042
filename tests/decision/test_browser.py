"""The pages of this room at both widths, for everyone."""

import pytest

from danchu.decision import actions
from tests.browser import inspect
from tests.decision import played, test_clusters, test_communes
from tests.decision.played import decided_by_meeting, fallen_short, propose, write_roll
from tests.decision.test_online import on_matter, poll_of, roll  # noqa: F401
from tests.sizes import turn


@turn(4, together=2)
@pytest.mark.browser
def test_the_pages_of_decisions_are_for_everyone(browser_page, client, site, officials, system):
    households = write_roll(officials.village, 9)
    ballots = played.ballots_out(fallen_short(officials.village, system, 2), system)
    meeting = played.meet(propose(officials.village, system), system, 3)
    passed = decided_by_meeting(officials.village, system, 9, 6)
    whole = test_communes.put_forward(officials, system)
    test_communes.meet_in(test_communes.part(whole, officials.village), system, 9, 6)
    actions.close_villages(whole, by=system)
    clusters = test_clusters.opened(officials, system)
    client.force_login(officials.head)
    browser_page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    for path in (
        "/desk/households/",
        f"/desk/households/{households[0].uid}/",
        "/desk/decisions/",
        "/desk/decisions/new/",
        f"/desk/decisions/{meeting.uid}/",
        f"/desk/decisions/{meeting.uid}/attend/",
        f"/desk/decisions/{ballots.uid}/count/",
        f"/decisions/{passed.uid}/",
        f"/desk/decisions/{clusters.uid}/",
        f"/decisions/{whole.uid}/",
    ):
        inspect(browser_page, path)


@pytest.mark.browser
def test_each_choice_of_a_vote_on_line_stands_beside_its_button_on_a_line_of_its_own(
    browser_page,
    officials,
    system,
    clock,
    roll,  # noqa: F811
):
    poll = poll_of(on_matter(officials.village, system, clock))
    browser_page.set_viewport_size({"width": 390, "height": 800})
    browser_page.goto(f"/online-votes/{poll.uid}/")
    lines = browser_page.eval_on_selector_all(
        "[name=choice]",
        """all => all.map((one) => {
        const label = one.closest("label").getBoundingClientRect();
        const button = one.getBoundingClientRect();
        return [label.top, label.height - button.height];
    })""",
    )
    tops = [top for top, _over in lines]
    assert len(tops) == 3 and tops == sorted(set(tops))
    assert all(over < 12 for _top, over in lines), "nothing is wrapped below its button"
