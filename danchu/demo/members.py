"""Illustrative members of every inspection board of the two cities: of the communes of today with
the villages that elect them, of the communes before the reorganisation without, since no list of
their villages exists. Written in bulk; the ward whose roles a visitor takes has its own by acts.
"""

import random
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from danchu.demo.boards import SINCE, UNTIL
from danchu.demo.people import person_name
from danchu.inspection.models import BoardMember, BoardTerm
from danchu.journal.actions import record
from danchu.journal.models import Entry
from danchu.kernel.days import now, today
from danchu.kernel.refusals import require
from danchu.units.maps import boundaries
from danchu.units.models import Body, Standing, Unit
from danchu.units.sources_load import lock_map
from danchu.units.spelling import name_columns

SEED = 20263
# {code of a city: (kind, words before the number) of the villages of its wards and communes}
VILLAGES = {
    "01": {True: ("to_dan_pho", "Tổ dân phố số"), False: ("thon", "Thôn")},
    "79": {True: ("khu_pho", "Khu phố"), False: ("ap", "Ấp")},
}
KIND = "peoples_inspection_board"
# Boards of the communes before the reorganisation began with the terms of 2021.
FIRST = date(2021, 1, 4)
# From so many days before the recognition on members are elected.
ELECTED_BEFORE = 12
RECOGNISED_AFTER = 35
LEAST, MOST = 5, 9  # by Decree 59/2023 each village has a member, and a board at least five
ROLES = ("head", "deputy")


@transaction.atomic
def load_members(*, by):
    """Load them; idempotent. Returns how many members are new."""
    require(by.may("draft", "inspection_board", None))
    if Entry.objects.filter(act="demo.members_made").exists():
        return 0
    chance = random.Random(SEED)
    terms = BoardTerm.objects.bulk_create(_terms(chance, by))
    villages = _open_villages(chance, [term for term in terms if term.since >= SINCE])
    members = [
        member for term in terms for member in _members(chance, term, villages.get(term.unit_id))
    ]
    BoardMember.objects.bulk_create(members)
    record(by, "demo.members_made", None, count=len(members))
    return len(members)


def _terms(chance, by):
    """[BoardTerm] of each board of the cities: one until the reorganisation, one since."""
    with_term = set(BoardTerm.objects.values_list("board", flat=True))
    origin = {"made_by": by.key, "made_at": now()}
    terms = []
    for board in Body.objects.filter(kind=KIND, unit__in=_communes()).order_by("pk"):
        spans = [
            (max(board.since, FIRST), min(board.until or SINCE, SINCE)),
            (max(board.since, SINCE), min(board.until or UNTIL, UNTIL)),
        ]
        for since, until in spans:
            recognised_on = since + timedelta(days=RECOGNISED_AFTER)
            if recognised_on < until and board.pk not in with_term:
                terms.append(
                    BoardTerm(
                        uid=UUID(int=chance.getrandbits(128), version=4),
                        board=board,
                        unit_id=board.unit_id,
                        since=since,
                        until=until,
                        recognised_on=recognised_on,
                        **origin,
                    )
                )
    return terms


def _communes():
    """{commune: code of its city} of the cities on the maps of the two terms."""
    communes = {}
    for day in (FIRST, today()):
        chart = boundaries(day)
        cities = Standing.objects.on(day).filter(code__in=VILLAGES, unit__level="province")
        for city in cities:
            inside = chart.subtree(city.unit_id)
            communes |= {unit: city.code for unit in inside if chart.level_of(unit) == "commune"}
    return communes


def _open_villages(chance, terms):
    """{commune: [village]} of the communes of these terms."""
    lock_map()
    city_of = _communes()
    standings = Standing.objects.on(today()).filter(unit__in={term.unit_id for term in terms})
    rows = []
    for standing in standings.order_by("unit"):
        kind, words = VILLAGES[city_of[standing.unit_id]][standing.kind == "phuong"]
        for number in range(1, chance.randrange(LEAST, MOST) + 1):
            rows.append((standing.unit_id, kind, f"{words} {number}"))
    units = Unit.objects.bulk_create(Unit(level="village", since=SINCE) for _row in rows)
    Standing.objects.bulk_create(
        Standing(unit=unit, kind=kind, parent_id=commune, since=SINCE, **name_columns(name, kind))
        for unit, (commune, kind, name) in zip(units, rows, strict=True)
    )
    villages = {}
    for unit, (commune, _kind, _name) in zip(units, rows, strict=True):
        villages.setdefault(commune, []).append(unit)
    return villages


def _members(chance, term, villages):
    """The members of a recognised board: one of each village, else as many as chance has it."""
    seats = villages or [None] * chance.randrange(LEAST, MOST)
    elected_on = term.recognised_on - timedelta(days=ELECTED_BEFORE)
    for number, village in enumerate(seats):
        yield BoardMember(
            term=term,
            unit_id=term.unit_id,
            name=person_name(chance),
            village=village,
            role=ROLES[number] if number < len(ROLES) else "member",
            elected_on=elected_on,
        )
