"""Illustrative recommendations of inspection boards in every state, from a fixed seed."""

import random
from datetime import date, timedelta

from django.db import transaction

from danchu.demo.topics import matter_of
from danchu.inspection import actions
from danchu.inspection.models import Recommendation
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.units.maps import boundaries
from danchu.units.models import Body, Standing

CITIES = (("01", 30), ("79", 12))
FIRST = date(2025, 8, 4)
# {year: (of each city; the days of the year within which they are found)}, so that a year can be
# compared with the one before: all are closed, by the communes of that time.
EARLIER = {
    2021: ((13, 6), range(20, 280)),
    2022: ((15, 7), range(20, 280)),
    2023: ((16, 7), range(20, 280)),
    2024: ((19, 8), range(20, 280)),
    2025: ((9, 4), range(10, 110)),
}
EARLIER_WAYS = ("settled", "settled", "settled", "settled", "rejected", "settled")
# Those that still wait were sent so many days ago: the answer to one is due today, one is late.
AGES = (3, 9, 15, 6, 19, 12)
# The last state of each, in turn: most are settled, some wait, one in ten is refused.
WAYS = (
    "settled",
    "settled",
    "answered",
    "settled",
    "sent",
    "settled",
    "rejected",
    "remedied",
    "confirmed",
    "drafted",
)
# Of the ward whose roles a visitor takes: its committee has something to answer, its Front
# something to confirm.
WARD = "00070"
WARD_WAYS = ("sent", "drafted", "answered", "sent")


@transaction.atomic
def load_recommendations(*, by):
    """Load them; idempotent. Returns how many are new."""
    require(by.may("draft", "recommendation", None))
    if Recommendation.objects.exists():
        return 0
    chance = random.Random(2026)
    number_of_recommendations = 0
    for way, board, committee in _parts(chance):
        number_of_recommendations += 1
        found_on = _found_on(chance, way, number_of_recommendations)
        _play_recommendation(chance, way, board, committee, found_on, number_of_recommendations, by)
    for way, board, committee, found_on in _earlier_parts():
        number_of_recommendations += 1
        _play_recommendation(chance, way, board, committee, found_on, number_of_recommendations, by)
    record(by, "demo.recommendations_made", None, count=number_of_recommendations)
    return number_of_recommendations


def _parts(chance):
    """[(last state, board, committee)]: those of the cities, then those of the ward."""
    boards, committees = {}, {}
    units = []
    for code, number in CITIES:
        in_city, committees_in_city = _bodies(code)
        boards |= in_city
        committees |= committees_in_city
        units += chance.sample(sorted(in_city), number)
    ways = [WAYS[place % len(WAYS)] for place in range(len(units))]
    ward = Standing.objects.on(FIRST).get(code=WARD, unit__level="commune").unit_id
    if ward in boards:
        units += [ward] * len(WARD_WAYS)
        ways += WARD_WAYS
    return [(way, boards[unit], committees[unit]) for way, unit in zip(ways, units, strict=True)]


def _earlier_parts():
    """[(last state, board, committee, day on which it was found)] of the years before."""
    chance = random.Random(2021)
    parts = []
    for year, (numbers, days) in EARLIER.items():
        begin = date(year, 1, 1)
        for (code, _number), number in zip(CITIES, numbers, strict=True):
            boards, committees = _bodies(code, begin)
            for unit in chance.sample(sorted(boards), min(number, len(boards))):
                found_on = begin + timedelta(days=chance.choice(days))
                way = EARLIER_WAYS[len(parts) % len(EARLIER_WAYS)]
                parts.append((way, boards[unit], committees[unit], found_on))
    return parts


def _bodies(code, day=FIRST):
    """({unit: board}, {unit: committee}) of the city's communes of a day."""
    city = Standing.objects.on(day).get(code=code, unit__level="province").unit_id
    rows = Body.objects.on(day).filter(
        unit__in=boundaries(day).subtree(city), unit__level="commune"
    )
    by_kind = {
        kind: {body.unit_id: body for body in rows.filter(kind=kind)}
        for kind in ("peoples_inspection_board", "peoples_committee")
    }
    boards, committees = by_kind.values()
    return {unit: board for unit, board in boards.items() if unit in committees}, committees


def _found_on(chance, way, number):
    """The day on which what the recommendation is about was found."""
    found_on = FIRST + timedelta(days=chance.randrange((today() - FIRST).days - 75))
    if way in ("sent", "confirmed", "drafted"):
        return today() - timedelta(days=AGES[number // 2 % len(AGES)] + 6)
    return found_on


def _play_recommendation(chance, way, board, committee, found_on, number, by):
    """One recommendation, up to the state `way`."""
    _matter, title, finding = matter_of(chance, "violation", board.unit.standings.last().name)
    sent_on = found_on + timedelta(days=4)
    received_on = found_on + timedelta(days=6)
    answered_on = received_on + timedelta(days=chance.choice((7, 12, 14, 14, 22)))
    recommendation = actions.draft_recommendation(
        by=by,
        board=board,
        answerer=committee,
        title=title,
        finding=finding,
        found_on=found_on,
        number=f"KN-{number:02d}/{found_on.year}",
        asked_on=received_on + timedelta(days=10) if number % 3 == 0 else None,
    )
    if way == "drafted":
        return
    recommendation = actions.confirm_recommendation(recommendation, by=by)
    if way == "confirmed":
        return
    recommendation = actions.send_recommendation(
        recommendation, by=by, sent_on=sent_on, received_on=received_on
    )
    if way == "sent":
        return
    answer = "refused" if way == "rejected" else chance.choice(("full", "full", "part"))
    recommendation = actions.answer_recommendation(
        recommendation,
        by=by,
        on=answered_on,
        answer=answer,
        text="Ủy ban nhân dân đã xem xét kiến nghị và trả lời Ban.",
    )
    if way in ("answered", "rejected"):
        return
    remedied_on = answered_on + timedelta(days=10)
    recommendation = actions.report_remedy(
        recommendation,
        by=by,
        on=remedied_on,
        text="Đã thực hiện theo kiến nghị.",
        money=chance.choice((0, 0, 4_500_000, 12_000_000)),
        land=chance.choice((0, 0, 0, 85)),
    )
    if way == "settled":
        actions.settle_recommendation(recommendation, by=by, on=remedied_on + timedelta(days=8))
