"""Import of a table, against saving its rows one by one with the ORM."""

import csv
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from bench.ground import fill, say
from bench.measure import peak_mib, row, seconds

SAVED = 4_000  # of the rival's rows in a run: each costs the same
HEADING = (
    "reference",
    "kind",
    "form",
    "held_on",
    "unit_code",
    "title",
    "participants",
    "opinions",
    "opinions_accepted",
    "note",
)
RUNS = 3


def imports(rows, ground):
    """Rows of the table, for an import into a register of `ground` rows: seconds, and memory
    against a table a tenth as long.
    """
    from django.db import transaction

    from danchu.people.actor import Actor
    from danchu.register.imports import import_events

    fill(ground)
    by, places = Actor.system("bench"), _places()

    def work(path, expected=rows):
        with open(path, "rb") as file:
            preview = import_events(file, "bang.csv", by=by)
        assert preview.new == expected, preview.problems

    with tempfile.TemporaryDirectory() as folder:
        work(_table(folder, 100, places), 100)
        short, long = _table(folder, rows // 10, places), _table(folder, rows, places)
        memory = [peak_mib(lambda: work(short, rows // 10)), peak_mib(lambda: work(long))]
        own_times, rival_times = [], []
        for _ in range(RUNS):
            path, saved = _table(folder, rows, places), list(_lines(SAVED, places))
            own_times.append(seconds(lambda path=path: work(path)))
            with transaction.atomic():
                rival_times.append(seconds(lambda saved=saved: _save(saved)) * rows / SAVED)
            say(f"  {own_times[-1]:.1f} s, {rival_times[-1]:.1f} s")
    name = f"nhập {rows:,} dòng CSV vào sổ {ground:,} dòng"
    return [
        row(
            f"{name} / ghi từng dòng bằng ORM trong một giao dịch ({SAVED:,} dòng, nhân lên)",
            min(own_times),
            min(rival_times),
            5,
            memory[1],
            True,
        ),
        row(f"{name}: bộ nhớ (MiB) / {rows // 10:,} dòng", memory[1], memory[0], 1.1, memory[1]),
    ]


def _places():
    """(code, unit) of the communes of today."""
    from danchu.units.models import Standing

    rows = Standing.objects.on(date(2026, 3, 16)).filter(unit__level="commune").order_by("code")
    return list(rows.values_list("code", "unit_id"))


def _lines(rows, places):
    """Yields (unit, cells) of opinion conferences over half a year, with new references."""
    mark = uuid4().hex[:8]
    for number in range(rows):
        code, unit = places[number * 7919 % len(places)]
        day = date(2025, 8, 1) + timedelta(days=number * 104729 % 180)
        opinions = number % 40
        title = f"Góp ý dự thảo nghị quyết lần {number}"
        yield (
            unit,
            (
                f"{number}/{mark}",
                "opinion_conference",
                "",
                day.isoformat(),
                code,
                title,
                30 + number % 90,
                opinions,
                opinions // 2,
                "",
            ),
        )


def _table(folder, rows, places):
    path = Path(folder) / f"{uuid4().hex}.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADING)
        writer.writerows(cells for _unit, cells in _lines(rows, places))
    return path


def _save(lines):
    """The rival: saves each row, with no check, no journal and no search for duplicates."""
    from danchu.register.models import Event

    now = datetime.now(UTC)
    for unit, (
        reference,
        kind,
        form,
        day,
        _code,
        title,
        participants,
        opinions,
        accepted,
        note,
    ) in lines:
        Event(
            uid=uuid4(),
            reference=reference,
            kind=kind,
            form=form,
            held_on=date.fromisoformat(day),
            unit_id=unit,
            title=title,
            note=note,
            participants=participants,
            opinions=opinions,
            opinions_accepted=accepted,
            state="confirmed",
            recorded_by="bench",
            recorded_at=now,
            confirmed_by="bench",
            confirmed_at=now,
        ).save()
