"""Illustrative records of Hà Nội and Hồ Chí Minh City, from 2021 to yesterday, from a fixed seed.

They are at the real communes and districts of their time. Those up to 12/12/2023 add up to the
figures of Hà Nội's published report, and as much is held on a day after as before. The records
themselves are invented, and every page of a demo says so.
"""

import random
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import accumulate, pairwise
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction

from danchu.casework.loading import load_matters
from danchu.demo.bodies import open_demo_bodies
from danchu.demo.files import Bulk, copy_in
from danchu.demo.halls import hold_conference
from danchu.demo.published import FILES, HA_NOI, INSPECTION, LAST
from danchu.demo.statements import load_statements
from danchu.demo.topics import event_title
from danchu.demo.workdays import Days
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.register.kinds import KINDS
from danchu.register.models import Event, Part, State
from danchu.units.maps import boundaries
from danchu.units.models import Standing

SEED = 20231212
# What the report counts from 2022 on is held in 2021 too, as much on a day.
BEFORE = (date(2021, 1, 4), date(2021, 12, 31))
# After the report as much is held on a day as before, by communes of the map of that time.
MERGED_ON = date(2025, 7, 1)
CITIES = (("01", Fraction(1)), ("79", Fraction(2, 5)))
# What share of the events after the report has which form; those up to it have the one above, by
# which they add up to the report.
LATER_FORMS = {
    "critique": {"conference": 70, "written": 20, "dialogue": 10},
    "supervision_217": {"delegation": 55, "boards": 20, "study": 15, "joint": 10},
    "dialogue": {"periodic": 50, "authority": 30, "ad_hoc": 15, "committee": 5},
    "reception": {"regular": 70, "periodic": 25, "ad_hoc": 5},
    "document": {"plan": 40, "regulation": 30, "directive": 15, "guidance": 15},
}
# People of a large group (TT 05/2021/TT-TTCP), and how many receptions of so many are one.
LARGE_GROUP = 5
SHARE_OF_GROUPS = 0.4
WHOLE_OF = {
    "opinions_accepted": "opinions",
    "accepted": "recommended",
}


def spread(chance, total, count, ceiling=None):
    """[int] of `count` whole numbers that add up to `total`: of like size where there is enough for
    all, else as chance has it; `ceiling` has the maximum of each.
    """
    if ceiling is not None:
        pool = [i for i, most in enumerate(ceiling) for _ in range(most)]
        numbers = [0] * count
        for i in chance.sample(pool, total):
            numbers[i] += 1
        return numbers
    if total < 3 * count:
        cuts = sorted(chance.randint(0, total) for _ in range(count - 1))
    else:
        sums = list(accumulate(chance.randrange(40, 160) for _ in range(count)))
        cuts = [total * part // sums[-1] for part in sums[:-1]]
    return [b - a for a, b in pairwise([0, *cuts, total])]


def _numbers(chance, totals, count):
    columns = {}
    for name, total in totals.items():
        ceiling = columns.get(WHOLE_OF.get(name, ""))
        columns[name] = spread(chance, total, count, ceiling)
    return columns


def _events(chance, city, places, bodies, plan, last):
    """Yields {field: value} of events between the first day of each row of the plan and `last`;
    `places` is {level: standings}. Their words have chance of their own: nothing else is drawn
    another way.
    """
    instant = datetime(last.year, last.month, last.day, 3, tzinfo=UTC)
    for kind, form, rows, first, level, totals in plan:
        columns = _numbers(chance, totals, rows)
        if kind == "reception":
            columns |= _large_groups(f"{SEED} {city} groups {last}", columns)
        forms = _forms(f"{SEED} {city} {kind} {last}", kind, form, rows, last)
        words = random.Random(f"{SEED} {city} {kind} words {last}")
        for i, held_on in enumerate(Days(kind, first, last).draw(chance, rows)):
            place = chance.choice(places[level])
            yield dict(
                uid=UUID(int=chance.getrandbits(128), version=4),
                reference=f"MH{last:%y}-{city}-{kind[:4].upper()}-{i + 1:05d}",
                kind=kind,
                form=forms[i],
                held_on=held_on,
                unit_id=place.unit_id,
                body_id=bodies[place.unit_id, KINDS[kind].bodies[0]],
                title=event_title(words, kind, forms[i], place.name, held_on),
                state=_state(kind),
                illustrative=True,
                recorded_by="system",
                recorded_at=instant,
                **{name: column[i] for name, column in columns.items()},
            )


def _large_groups(seed, columns):
    """Of the receptions with as many people as a large group has, those that heard one: the numbers
    of groups and of their people. They have chance of their own: nothing else is drawn another way.
    """
    chance = random.Random(seed)
    people = [
        most if most >= LARGE_GROUP and chance.random() < SHARE_OF_GROUPS else 0
        for most in map(min, columns["participants"], columns["people"])
    ]
    return {"groups": [int(number > 0) for number in people], "group_people": people}


def _state(kind):
    """Events with parts are drafts until these are written: what is confirmed is kept as it is."""
    return (State.DRAFT if kind == INSPECTION else State.CONFIRMED).value


def _forms(seed, kind, form, rows, last):
    """The form of each event. It has chance of its own: nothing else is drawn another way."""
    shares = LATER_FORMS.get(kind) if last > LAST else None
    if not shares:
        return [form] * rows
    return random.Random(seed).choices(list(shares), list(shares.values()), k=rows)


def _plan(factor):
    """The rows of the report's plan for a city that has `factor` of them."""
    return [
        (kind, form, max(1, int(rows * factor)), first, level, _scaled(totals, factor))
        for kind, form, rows, first, level, totals in HA_NOI
    ]


def _plan_like(rows_of_report, factor, first, last):
    """The plan for days before or after these rows of the report: on each day as much as during
    it.
    """
    plan = []
    for kind, form, rows, since, _level, totals in rows_of_report:
        share = factor * Fraction(Days(kind, first, last).weight, Days(kind, since, LAST).weight)
        plan.append((kind, form, int(rows * share), first, "commune", _scaled(totals, share)))
    return [row for row in plan if row[2]]


def _files_like(factor, first, last):
    """The numbers of FILES for other days: on each day as much as in the report."""
    since, until, numbers = FILES
    days, in_report = (Days("petition", *span).weight for span in ((first, last), (since, until)))
    return (int(number * factor * Fraction(days, in_report)) for number in numbers)


def _scaled(totals, factor):
    return {name: int(total * factor) for name, total in totals.items()}


def _later_periods():
    """((first day, last day), …) after the report up to yesterday, on one map each."""
    yesterday = today() - timedelta(days=1)
    return (
        (LAST + timedelta(days=1), MERGED_ON - timedelta(days=1)),
        (MERGED_ON, yesterday),
    )


def _conference(chance, city, unit_id, districts, by):
    """The online conference of 2023, whose event is counted from its hall; Hà Nội's has the 20,236
    delegates of the published report.
    """
    uid = UUID(int=chance.getrandbits(128), version=4)
    sizes = [560 + chance.randrange(240) for _ in districts]
    sizes[0] += max(0, 20_236 - sum(sizes)) if city == "01" else 0
    points = [(d.unit_id, f"Điểm cầu {d.name}", n) for d, n in zip(districts, sizes, strict=True)]
    hold_conference(uid, unit_id, points, by=by)


def _name_inspected(city, places, last):
    """The communes that each inspection of the steering committees looked at, then confirm them. It
    has chance of its own: nothing else is drawn another way.
    """
    chance = random.Random(f"{SEED} {city} inspected {last}")
    communes = [place.unit_id for place in places["commune"]]
    events = Event.objects.filter(kind=INSPECTION, illustrative=True, state=State.DRAFT)
    copy_in(
        Part,
        [
            {"event_id": event, "role": "inspected", "unit_id": unit}
            for event in events.order_by("pk").values_list("pk", flat=True)
            for unit in chance.sample(communes, chance.randrange(2, 5))
        ],
    )
    events.update(state=State.CONFIRMED)


def _places(city, day):
    """{level: standings} of the city on a day."""
    top = Standing.objects.on(day).get(code=city, unit__level="province").unit_id
    inside = (
        Standing.objects.on(day)
        .filter(unit__in=boundaries(day).subtree(top))
        .select_related("unit")
        .order_by("unit_id")
    )
    return {
        level: [s for s in inside if s.unit.level == level] for level in ("commune", "district")
    }


def _analyze():
    """Count the rows for the planner: what follows, and the first pages, come before autovacuum,
    and one that ran meanwhile saw none of them.
    """
    tables = [
        connection.ops.quote_name(model._meta.db_table)
        for room in ("units", "register", "casework", "inspection", "obligations")
        for model in apps.get_app_config(room).get_models()
        if model._meta.managed
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _before(city, factor, bodies):
    """The first year of what the report counts from the second on. It has chance of its own:
    nothing else is drawn another way.
    """
    chance = random.Random(f"{SEED} {city} before")
    places = _places(city, LAST)
    later = [row for row in HA_NOI if row[3] == FILES[0]]
    plan = _plan_like(later, factor, *BEFORE)
    copy_in(Event, _events(chance, city, places, bodies, plan, BEFORE[1]))
    bulk = Bulk(chance, city, places["commune"], bodies, *BEFORE)
    bulk.write(*_files_like(factor, *BEFORE))


@transaction.atomic
def generate_demo(*, by, later=Fraction(1)):
    """Write the illustrative records; idempotent. `later` is the share of those after the report.
    Returns how many events are new.
    """
    require(by.may("import", "conference", None), "Ông/bà không có quyền tạo dữ liệu minh họa.")
    if Event.objects.filter(illustrative=True).exists():
        return 0
    load_matters(by=by)
    chance = random.Random(SEED)
    count = 0
    for city, factor in CITIES:
        unit_id = Standing.objects.on(LAST).get(code=city).unit_id
        places = _places(city, LAST)
        bodies = open_demo_bodies(city, LAST, by=by)
        copy_in(Event, _events(chance, city, places, bodies, _plan(factor), LAST))
        _name_inspected(city, places, LAST)
        _conference(chance, city, unit_id, places["district"], by)
        since, until, numbers = FILES
        bulk = Bulk(chance, city, places["commune"], bodies, since, until)
        bulk.write(*(int(number * factor) for number in numbers))
        for first, last in _later_periods():
            places = _places(city, last)
            plan = _plan_like(HA_NOI, factor * later, first, last)
            copy_in(Event, _events(chance, city, places, bodies, plan, last))
            _name_inspected(city, places, last)
            bulk = Bulk(chance, city, places["commune"], bodies, first, last)
            bulk.write(*_files_like(factor * later, first, last))
        _before(city, factor, bodies)
    load_statements(LAST, by=by)
    _analyze()
    count = Event.objects.filter(illustrative=True).count()
    record(by, "demo.generated", None, count=count)
    return count
