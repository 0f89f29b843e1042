"""A chair away for a week: somebody deputises, a right is delegated; both are told, the journal
names both, and after the last day it is gone.
"""

from datetime import timedelta

import pytest

from danchu.journal.models import Entry
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Denied
from danchu.notices.models import Channel, Notice
from danchu.people.actor import Actor
from danchu.people.explain import obstacles
from danchu.people.models import Delegation
from danchu.register.actions import confirm_event, draft_event
from danchu.staff import actions
from danchu.staff.actions.resets import TO_CONFIRM
from tests.markup import tight
from tests.people.conftest import NOW
from tests.staff.conftest import GROUNDS, actor, with_factor

WEEK = timedelta(days=7)
DAY = timedelta(days=1)


def on_desk(account):
    return list(
        Notice.objects.filter(channel=Channel.DESK, account=account).values_list("text", flat=True)
    )


@pytest.fixture
def away(staff):
    """The ward's chair is away: the clerk deputises for a week."""
    actions.name_deputy(
        staff.clerk,
        by=actor(staff.ward_chair),
        principal=staff.ward_chair.holdings.get(),
        since=NOW,
        until=NOW + WEEK,
        grounds=GROUNDS,
    )
    return staff


@pytest.fixture
def trusted(staff):
    """The ward's chair delegates one right to the clerk for a week."""
    actions.pass_right_on(
        staff.ward_chair.holdings.get(),
        by=actor(staff.ward_chair),
        to=staff.clerk,
        verb="confirm",
        kind="dialogue",
        since=NOW,
        until=NOW + WEEK,
        reason="Văn bản 3",
    )
    return staff


@pytest.mark.parametrize("arranged", ["away", "trusted"])
def test_who_acts_for_another_confirms_until_the_last_day_and_the_journal_names_both(
    arranged, request
):
    staff = request.getfixturevalue(arranged)
    here, clerk = staff.country.here, staff.clerk
    event = draft_event("dialogue", by=actor(clerk), unit=here, held_on=NOW, title="Tổ 5")
    confirm_event(event, by=actor(clerk))
    entry = Entry.objects.get(act="event.confirmed")
    assert clerk.name in entry.actor_name and staff.ward_chair.name in entry.actor_name
    assert Actor.of(clerk, NOW + WEEK - DAY).may("confirm", "dialogue", here)
    assert not Actor.of(clerk, NOW + WEEK).may("confirm", "dialogue", here)
    over = show_day(NOW + WEEK)
    assert any(over in one for one in obstacles(clerk, "confirm", "dialogue", here.pk, NOW + WEEK))


def test_a_deputy_is_told_and_named_on_the_page_of_whom_they_act_for(away, client):
    (text,) = on_desk(away.clerk)
    assert "làm thay" in text and show_day(NOW + WEEK) in text
    assert away.ward_chair.name not in text  # notices have no names
    client.force_login(away.ward_chair)
    page = tight(client.get(f"/desk/people/{away.ward_chair.pk}/").content.decode())
    assert f"{away.clerk.name} làm thay từ {show_day(NOW)}" in page


def test_whoever_gets_a_right_or_an_office_is_told(trusted):
    (text,) = on_desk(trusted.clerk)
    assert "xác nhận (đối thoại" in text
    actions.give_office(
        trusted.clerk,
        by=actor(trusted.operator),
        office_kind=trusted.offices["front_clerk"],
        unit=trusted.country.here,
        since=NOW,
    )
    assert len(on_desk(trusted.clerk)) == 2


def test_whoever_loses_a_right_or_an_office_is_told(trusted):
    delegation = Delegation.objects.get(to=trusted.clerk)
    last = NOW + DAY
    actions.take_right_back(delegation, by=actor(trusted.ward_chair), until=last + DAY)
    holding = trusted.clerk.holdings.get()
    with pytest.raises(Denied):
        actions.take_office_back(holding, by=actor(trusted.clerk), until=last + DAY)
    actions.take_office_back(holding, by=actor(trusted.operator), until=last + DAY)
    over = f"ngày cuối là {show_day(last)}."
    right, office = sorted(text for text in on_desk(trusted.clerk) if over in text)[::-1]
    assert "xác nhận (đối thoại" in right and office.startswith("Chức trách")


def test_nobody_hands_over_what_is_not_theirs(staff):
    holding = staff.chair.holdings.get()
    days = {"since": NOW, "until": NOW + WEEK}
    with pytest.raises(Denied):
        actions.name_deputy(staff.clerk, by=actor(staff.clerk), principal=holding, **days)
    with pytest.raises(Denied):
        actions.give_office(
            staff.ward_chair,
            by=actor(staff.clerk),
            office_kind=staff.offices["front_clerk"],
            unit=staff.country.here,
            since=NOW,
        )
    right = {"verb": "confirm", "kind": "dialogue", "reason": "Văn bản 3"}
    with pytest.raises(Denied):
        actions.pass_right_on(holding, by=actor(staff.clerk), to=staff.clerk, **right, **days)
    assert on_desk(staff.clerk) == [] and on_desk(staff.ward_chair) == []


def test_a_lost_factor_waits_at_the_desks_of_those_who_may_confirm_it(staff, client):
    clerk = with_factor(staff.clerk)
    actions.ask_reset(clerk, by=actor(staff.ward_chair), reason="Mất máy")
    assert on_desk(staff.chair) == on_desk(staff.operator) == [str(TO_CONFIRM)]
    assert on_desk(staff.ward_chair) == on_desk(clerk) == []
    link = Notice.objects.filter(account=staff.chair).get().link
    client.force_login(staff.chair)
    assert "Xác nhận gỡ xác thực hai lớp" in client.get(link).content.decode()
