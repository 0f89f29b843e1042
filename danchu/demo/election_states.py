"""Illustrative heads of the villages of a ward, and an election in each step of its life."""

from datetime import timedelta

from danchu.decision import actions as decisions
from danchu.demo.meetings import A_DAY, meet, pass_matter, people, recognise, send
from danchu.demo.staff import SINCE
from danchu.village import actions

TERM = timedelta(days=1800)
BORN = ((1968, "front"), (1975, "self"))
PLAN, CANDIDATES, TEAM, POSTED = 24, 17, 13, 9  # days before an election
NOT_RECOGNISED = "Niêm yết danh sách người ứng cử chỉ năm ngày, luật định ít nhất bảy ngày."
WITHDRAWN = "Cả hai người ứng cử xin rút; Ban công tác Mặt trận giới thiệu lại, bầu sau Tết."


def play_elections(ward, villages):
    """Heads and elections of the villages, of which there may be fewer than are named here."""
    plays = (
        *(_elected, _sits, _released, _sits, _sits),
        *(_planned_only, _waiting, _not_elected, _not_recognised, _called_off, _sits, _sits),
    )
    for play, village in zip(plays, villages, strict=False):
        play(ward, village)


def _head(ward, village, term_until, **more):
    return actions.enter_head(
        by=ward.by,
        unit=village,
        name=people(ward, 1),
        term_until=term_until,
        **{"since": SINCE + 20 * A_DAY, "document": "18/QĐ-UBND", **more},
    )


def _sits(ward, village):
    return _head(ward, village, SINCE + TERM)


def _stands_in(ward, village, ago, document):
    """Somebody whom the chair of the commune appointed until a head is elected."""
    return _head(
        ward,
        village,
        ward.day(ago - 150),
        since=ward.day(ago),
        document=document,
        is_interim=True,
    )


def _plan(ward, village, day, document):
    """The plan of an election on a day, with two candidates."""
    election = actions.plan_election(
        by=ward.by,
        unit=village,
        plan_on=day - PLAN * A_DAY,
        document=document,
        planned_on=day,
        term_until=SINCE + TERM,
    )
    names = people(ward, len(BORN)).splitlines()
    for name, (year, source) in zip(names, BORN, strict=True):
        born_on = SINCE.replace(year=year)
        actions.nominate(election, by=ward.by, name=name, born_on=born_on, source=source)
    return election


def _post(ward, village, ago, document="31/KH-UBND"):
    """An election so many days ago (or to come), posted in time."""
    day = ward.day(ago)
    election = _plan(ward, village, day, document)
    actions.send_candidates(election, by=ward.by, on=day - CANDIDATES * A_DAY)
    team = people(ward, 3, _names(election))
    actions.set_team(election, by=ward.by, on=day - TEAM * A_DAY, team=team)
    return actions.post_election(election, by=ward.by, on=day - POSTED * A_DAY)


def _names(election):
    return set(election.candidates.values_list("name", flat=True))


def _vote(ward, village, ago, document="31/KH-UBND", is_won=True):
    """An election whose meeting voted; where it is not won nobody got more than half."""
    election = _post(ward, village, ago, document)
    _decision, coming = meet(ward, election.decision, election.planned_on, _names(election))
    first, second = election.candidates.order_by("number")
    election.refresh_from_db()
    most = coming - 4 if is_won else coming // 2
    chosen = {first.pk: most, second.pk: coming - most - 1}
    return actions.vote_election(election, by=ward.by, chosen=chosen, against=1)


def _elected(ward, village):
    recognise(ward, _vote(ward, village, 160).decision, "44/QĐ-UBND")


def _released(ward, village):
    """A head who asked to be released, somebody who stands in, and the election to come."""
    head = _sits(ward, village)
    decision = actions.ask_release(head, by=ward.by, on=ward.day(55), ground="own")
    recognise(ward, pass_matter(ward, decision, ward.day(45)), "52/QĐ-UBND")
    _stands_in(ward, village, 38, "53/QĐ-UBND")
    _post(ward, village, -5)


def _planned_only(ward, village):
    """The plan of an election, for which the Front still looks for who stands."""
    _head(ward, village, ward.day(-40))
    _plan(ward, village, ward.day(2 - PLAN), "71/KH-UBND")


def _waiting(ward, village):
    """Elected three days ago, and sent to the committee."""
    _head(ward, village, ward.day(-20))
    send(ward, _vote(ward, village, 3, "58/KH-UBND").decision)


def _not_elected(ward, village):
    _head(ward, village, ward.day(18))
    _vote(ward, village, 14, "55/KH-UBND", is_won=False)


def _not_recognised(ward, village):
    _stands_in(ward, village, 70, "39/QĐ-UBND")
    decision = send(ward, _vote(ward, village, 40, "48/KH-UBND").decision)
    decisions.refuse_decision(
        decision,
        by=ward.by,
        on=decision.settled_on + 5 * A_DAY,
        document="66/UBND-NV",
        reason=NOT_RECOGNISED,
    )


def _called_off(ward, village):
    _sits(ward, village)
    election = _plan(ward, village, ward.day(-6), "68/KH-UBND")
    decisions.withdraw_decision(election.decision, by=ward.by, reason=WITHDRAWN)
