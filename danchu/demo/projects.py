"""Illustrative investments under community supervision in wards and communes of both cities, with
their boards, rounds and violations, by the real acts.
"""

import random
from datetime import date, timedelta
from uuid import uuid5

from django.db import transaction

from danchu.demo.boards import SUPERVISORS
from danchu.demo.members import VILLAGES
from danchu.demo.people import person_name
from danchu.demo.rounds import NAMES
from danchu.demo.topics import spot
from danchu.inspection import actions
from danchu.inspection.actions import findings
from danchu.inspection.models import BoardMember, Project
from danchu.inspection.rules.membership import Declaration
from danchu.journal.actions import record
from danchu.journal.models import Entry
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.units.maps import boundaries
from danchu.units.models import Standing

SEED = 20265
MANY = 6  # projects of each city
FIRST = date(2025, 9, 8)
# (name, list of the spots where it can be, capital, budget)
WORKS = (
    ("Cải tạo mặt đường, rãnh thoát nước ở {}", "streets", "public", 3_200_000_000),
    ("Xây nhà văn hóa ở {}", "homes", "public", 5_600_000_000),
    ("Lắp đèn chiếu sáng ở {}", "streets", "community", 240_000_000),
    ("Làm sân chơi trẻ em ở {}", "homes", "sponsored", 380_000_000),
)
VIOLATION = ("Vật liệu không đúng chủng loại đã duyệt", "Đã thay vật liệu, Ban đã xem lại.")


@transaction.atomic
def load_projects(*, by):
    """Load them; idempotent. Returns how many projects are new."""
    require(by.may("draft", "inspection_board", None))
    if Entry.objects.filter(act="demo.projects_made").exists():
        return 0
    chance = random.Random(SEED)
    before = Project.objects.count()
    for city in VILLAGES:
        for number, standing in enumerate(_communes(chance, city)):
            _play_project(chance, standing, number, by)
    count = Project.objects.count() - before
    record(by, "demo.projects_made", None, count=count)
    return count


def _communes(chance, city):
    """MANY standings of communes of the city whose inspection board has members."""
    top = Standing.objects.on(today()).get(code=city, unit__level="province").unit_id
    with_members = BoardMember.objects.exclude(village=None).values("unit")
    standings = Standing.objects.on(today()).filter(
        unit__level="commune", unit__in=boundaries(today()).subtree(top)
    )
    rows = standings.filter(unit__in=with_members).select_related("unit").order_by("unit")
    return chance.sample(list(rows), MANY)


def _play_project(chance, standing, number, by):
    """A project, supervised by a board that finds something in every second one."""
    begun_on = FIRST + timedelta(days=34 * number)
    name, at, capital, budget = WORKS[number % len(WORKS)]
    place = spot(chance, standing.name, at)
    project = actions.register_project(
        by=by,
        unit=standing.unit,
        name=name.format(place),
        owner="Ban Quản lý dự án",
        capital=capital,
        budget=budget,
        place=place,
        decided_on=begun_on - timedelta(days=40),
        begun_on=begun_on,
    )
    term = actions.found_board(
        project,
        by=by,
        name=f"Ban Giám sát đầu tư của cộng đồng: {project.name}"[:200],
        on=begun_on - timedelta(days=20),
        until=begun_on + timedelta(days=500),
    )
    _elect(chance, term, begun_on, by)
    project.refresh_from_db()
    actions.disclose_project(
        project,
        by=by,
        on=begun_on - timedelta(days=12),
        items=project.items,
        where="Niêm yết tại trụ sở Ủy ban nhân dân và nơi thi công",
    )
    project.refresh_from_db()
    actions.announce_supervision(
        project,
        by=by,
        on=begun_on - timedelta(days=30),
        starts_on=begun_on + timedelta(days=25),
    )
    _supervise(project, term, begun_on + timedelta(days=30), bool(number % 2), by)


def _elect(chance, term, begun_on, by):
    village = BoardMember.objects.filter(unit=term.unit_id).exclude(village=None).first().village
    names = set()
    while len(names) < len(SUPERVISORS):
        names.add(person_name(chance))
    for name, (_name, role, seat) in zip(sorted(names), SUPERVISORS, strict=True):
        actions.elect_member(
            term,
            by=by,
            name=name,
            elected_on=begun_on - timedelta(days=18),
            role=role,
            seat=seat,
            village=village if seat == "people" else None,
            declaration=Declaration(on=begun_on - timedelta(days=19)),
        )
    actions.recognise_term(term, by=by, on=begun_on - timedelta(days=15))


def _supervise(project, term, held_on, finds, by):
    if held_on >= today():
        return
    sheet = actions.write_round(
        uuid5(NAMES, f"{project.pk} {held_on}"),
        by=by,
        board=term.board,
        project=project,
        held_on=held_on,
        title=f"Chất lượng thi công: {project.name}"[:180],
        place=project.place,
        participants=5,
        noted=[{"title": VIOLATION[0], "place": project.place}] if finds else (),
        minutes="Ban xem hồ sơ, đo tại chỗ cùng nhà thầu.",
    )
    actions.confirm_round(sheet, by=by)
    resolved_on = held_on + timedelta(days=21)
    if finds and resolved_on < today():
        findings.resolve_finding(
            sheet.event.violations.get(),
            by=by,
            on=resolved_on,
            outcome=VIOLATION[1],
            money=4_000_000,
            reduced=9_500_000,
        )
