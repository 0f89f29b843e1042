"""Until when one may complain, and again; denunciations that name nobody; what the sender still
may do once it is accepted.
"""

from datetime import date
from uuid import uuid4

import pytest

from danchu.casework.actions import (
    citizen_step,
    complain_again,
    take_step,
    turn_into_denunciation,
)
from danchu.casework.rules.timebars import may_complain_again, time_bar
from danchu.casework.writes.clocks import clocks_of
from danchu.kernel.refusals import Denied, Refused
from danchu.people.actor import Actor
from tests.casework.conftest import PERSON, RECEIVED
from tests.casework.test_life import OURS, step, walked

PUBLIC = Actor.public()
DECIDED = (("classify", OURS), ("accept", {}), ("verify", {}), ("decide", {}), ("send", {}))


@pytest.fixture
def decided(registered, system, clock):
    """A first complaint decided and sent on 02/03/2026; (petition, secret)."""
    clock.set("2026-03-02")

    def make(**more):
        it, secret = registered("complaint", whole=True, **more)
        return walked(it, DECIDED, system), secret

    return make


@pytest.mark.parametrize(("remote", "last"), [(False, date(2026, 4, 1)), (True, date(2026, 4, 16))])
def test_one_complains_again_within_30_days_or_45_where_it_is_remote(
    decided, clock, country, remote, last
):
    first, secret = decided(is_remote=remote)
    assert (
        may_complain_again(first, last).due_on == last
        and may_complain_again(first, date(2026, 4, 30)).due_on is None  # receipt not stated
    )
    with pytest.raises(Denied):
        complain_again(first, by=PUBLIC, secret="AAAA", content="Không đồng ý")
    clock.set(last)
    with pytest.raises(Refused) as refusal:
        complain_again(first, by=PUBLIC, secret=secret, content=" ")
    assert refusal.value.field == "content"
    second, fresh = complain_again(
        first, by=PUBLIC, secret=secret, content="Không đồng ý", once=uuid4()
    )
    assert (second.stage, second.follows, second.unit, second.received_on) == (
        "second",
        first,
        country.province,
        last,
    )
    assert second.petitioners.get().name == PERSON["name"] and fresh != secret
    with pytest.raises(Refused):
        complain_again(first, by=PUBLIC, secret=secret, content="Nữa")


def test_after_its_time_bar_nobody_complains_again(decided, clock):
    first, secret = decided()
    clock.set("2026-04-02")
    with pytest.raises(Refused, match="thời hiệu"):
        complain_again(first, by=PUBLIC, secret=secret, content="Không đồng ý")


def test_one_also_complains_again_where_no_decision_came_in_time(registered, system, clock):
    clock.set("2026-03-02")
    it, secret = registered("complaint", whole=True)
    it = walked(it, (("classify", OURS), ("accept", {})), system)  # 30 days: until 01/04
    clock.set("2026-04-01")
    assert may_complain_again(it, date(2026, 4, 1)) is None
    clock.set("2026-04-02")
    assert may_complain_again(it, date(2026, 4, 2)).due_on == date(
        2026, 5, 4
    )  # 30 days end on a holiday
    assert complain_again(it, by=PUBLIC, secret=secret, content="Không ai trả lời")[0].follows == it


def test_no_receipt_is_stated_of_a_decision_that_was_never_made(registered, system, clock):
    clock.set("2026-03-02")
    first, secret = registered("complaint", whole=True)
    first = walked(first, (("classify", OURS), ("accept", {})), system)
    clock.set("2026-04-02")
    words = {"by": PUBLIC, "secret": secret, "content": "Không ai trả lời"}
    with pytest.raises(Refused, match="chưa có quyết định giải quyết") as refusal:
        complain_again(first, received_on=date(2026, 4, 1), **words)
    assert refusal.value.field == "received_on" and not first.followed_by.exists()
    assert complain_again(first, **words)[0].known_on is None


def test_a_second_complaint_about_a_province_is_the_ministers(decided, clock, country):
    first, secret = decided(unit=country.province)
    with pytest.raises(Refused, match="Bộ trưởng"):
        complain_again(first, by=PUBLIC, secret=secret, content="Không đồng ý")


def test_a_complaint_past_its_time_bar_is_accepted_only_for_a_reason(registered, system, clock):
    clock.set("2026-06-15")
    it = registered("complaint", received_on=date(2026, 6, 12), known_on=date(2026, 3, 2))
    assert time_bar(it).due_on == date(2026, 6, 1)  # 90 days end on a Sunday
    it = take_step(it, "classify", by=system, on=date(2026, 6, 12), **OURS)
    with pytest.raises(Refused, match="thời hiệu") as refusal:
        take_step(it, "accept", by=system, on=date(2026, 6, 12))
    assert refusal.value.field == "text" and "90 ngày" in refusal.value.message
    assert (
        take_step(it, "accept", by=system, on=date(2026, 6, 12), text="Ốm nằm viện từ 01/3").state
        == "accepted"
    )
    fresh = registered("complaint", received_on=date(2026, 6, 1), known_on=date(2026, 3, 2))
    assert (
        walked(
            fresh,
            (
                ("classify", {"on": date(2026, 6, 1), **OURS}),
                ("accept", {"on": date(2026, 6, 1), "text": ""}),
            ),
            system,
        ).state
        == "accepted"
    )


def test_what_names_nobody_is_not_eligible_but_clear_evidence_is_used(
    registered, system, at, clock
):
    clock.set("2026-03-03")
    it = registered("denunciation", persons=[])
    assert (it.is_named, it.sealed is not None) == (False, True)
    with pytest.raises(Refused, match="họ tên") as refusal:
        step(it, "classify", system, **OURS)
    assert refusal.value.field == "eligible"
    it = step(it, "classify", system, eligible=False, fault="anonymous")
    chair = at("committee_chair")
    with pytest.raises(Denied):
        step(it, "use", at("petition_officer"))
    with pytest.raises(Refused):
        step(it, "use", chair, text=" ")
    it = step(it, "use", chair, text="Có hóa đơn, ngày, người thu", elsewhere="Thanh tra thành phố")
    assert (it.state, it.elsewhere, it.in_time, it.eligible) == (
        "used",
        "Thanh tra thành phố",
        True,
        False,
    )
    assert not clocks_of(it).filter(state="open").exists()
    unclear = step(registered("denunciation"), "classify", system, eligible=False, fault="unclear")
    with pytest.raises(Refused, match="nặc danh|không rõ"):
        step(unclear, "use", system)
    assert step(registered("feedback", persons=[]), "classify", system, **OURS).eligible


def test_a_denunciation_once_accepted_goes_on_though_its_sender_asks_to_withdraw(
    registered, system, clock
):
    clock.set("2026-03-05")
    it, secret = registered("denunciation", whole=True)
    it = walked(it, (("classify", OURS), ("accept", {})), system)
    with pytest.raises(Refused):
        citizen_step(it, "withdraw", by=PUBLIC, secret=secret, text="Thôi")
    it = citizen_step(it, "retract", by=PUBLIC, secret=secret, text="Tôi sợ bị trù dập")
    assert (it.state, it.steps.last().act) == ("accepted", "retract") and clocks_of(it).filter(
        state="open"
    ).count() == 2
    assert step(it, "verify", system, date(2026, 3, 5)).state == "verifying"


def test_what_is_published_is_shown_in_its_own_words(registered, system, clock, client):
    clock.set("2026-03-09")
    it = walked(
        registered("denunciation"),
        (("classify", OURS), ("accept", {}), ("verify", {}), ("decide", {}), ("send", {})),
        system,
    )
    assert client.get(f"/petitions/{it.code}/").status_code == 404
    it = step(
        it,
        "publish",
        system,
        shown_title="Kết luận về việc thu tiền",
        text="Nội dung tố cáo là đúng, đã xử lý người vi phạm",
    )
    page = client.get(f"/petitions/{it.code}/").content.decode()
    assert "Kết luận về việc thu tiền" in page and "đã xử lý" in page and it.content not in page


def test_only_a_complaint_keeps_its_stage_when_it_becomes_of_another_nature(registered, system):
    """What turns out to be feedback has no second time, and an accusation is a first one."""
    feedback = take_step(
        registered(stage="second"),
        "classify",
        by=system,
        on=RECEIVED,
        nature="feedback",
        **OURS,
    )
    denunciation = turn_into_denunciation(
        registered(stage="second"), by=system, title="Thu tiền", content="Thu tiền trái quy định"
    )
    complaint = take_step(registered(stage="second"), "classify", by=system, on=RECEIVED, **OURS)
    assert [petition.stage for petition in (feedback, denunciation, complaint)] == [
        "first",
        "first",
        "second",
    ]
    assert registered("feedback", stage="second").stage == "first"
