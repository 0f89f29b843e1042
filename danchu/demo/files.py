"""Illustrative petitions and violations of past years in bulk, which add up to the published
figures.
"""

import hashlib
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from django.db import connection

from danchu.casework.models import Petition, Step
from danchu.casework.natures import MARKS
from danchu.demo.topics import matter_of
from danchu.demo.workdays import Days
from danchu.inspection.models import Finding
from danchu.kernel.codes import DRAWN
from danchu.kernel.days import today
from danchu.law.book import book

# Of ten petitions six are feedback, three complaints, one a denunciation.
NATURES = ("feedback",) * 6 + ("complaint",) * 3 + ("denunciation",)


def copy_in(model, rows):
    """COPY rows ({attribute: value}) into the model's table: several times as fast as inserts. They
    are read to the end before, as nothing can be asked on a connection that copies.
    """
    rows = list(rows)
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    defaults = {field.attname: field.get_default() for field in fields}
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(tuple((defaults | row).values()))


@dataclass(frozen=True)
class Bulk:
    """Petitions and violations between the days `first` and `last` at the communes `places`
    (standings of the city); `chance` is a seeded random.Random, `bodies` {(unit id, kind): id}.
    """

    chance: random.Random
    city: str
    places: list
    bodies: dict
    first: date
    last: date

    @cached_property
    def _calendar(self):
        return book().calendar

    @property
    def instant(self):
        """The instant at which all of them were written."""
        return datetime(self.last.year, self.last.month, self.last.day, 3, tzinfo=UTC)

    def write(self, petitions, eligible, competent, resolved, violations, settled):
        """Write so many; those that are `competent` and not among the `resolved` were answered too
        late.
        """
        rows = list(self._petitions(petitions, eligible, competent, resolved))
        copy_in(Petition, rows)
        codes = [row["code"] for row in rows]
        numbers = dict(Petition.objects.filter(code__in=codes).values_list("code", "pk"))
        copy_in(Step, (step for row in rows for step in _steps(row, numbers[row["code"]])))
        copy_in(Finding, self._violations(violations, settled))

    def _days(self, kind, number):
        """So many days, in any order."""
        days = Days(kind, self.first, self.last).draw(self.chance, number)
        self.chance.shuffle(days)
        return days

    def _petitions(self, petitions, eligible, competent, resolved):
        chance = self.chance
        for i, received_on in enumerate(self._days("petition", petitions)):
            nature = chance.choice(NATURES)
            place = chance.choice(self.places)
            matter, title, text = matter_of(chance, nature, place.name)
            first_half, second_half = ("".join(chance.choices(DRAWN, k=4)) for _half in range(2))
            code = f"{MARKS[nature]}-{first_half}-{second_half}"
            is_eligible, is_competent = i < eligible, i < competent
            row = {
                "uid": UUID(int=chance.getrandbits(128), version=4),
                "code": code,
                "secret": hashlib.sha256(code.encode()).hexdigest(),
                "nature": nature,
                "channel": chance.choice(("counter", "post", "phone")),
                "unit_id": place.unit_id,
                "place_id": place.unit_id,
                "matter_id": matter,
                "body_id": self.bodies[place.unit_id, "peoples_committee"],
                "title": title,
                "content": text,
                "received_on": received_on,
                "people": chance.choice((1, 1, 1, 1, 2, 3, 7)),
                "illustrative": True,
                "made_by": "system",
                "made_at": self.instant,
                "eligible": is_eligible,
                "fault": "" if is_eligible else "unclear",
                "competent": is_competent if is_eligible else None,
            }
            if is_competent:
                is_late = chance.random() < 0.08 or i >= resolved
                yield row | self._resolved(nature, received_on, is_late)
            else:
                yield row | self._not_accepted(nature, received_on, is_eligible)

    def _violations(self, violations, settled):
        """So many violations; of the settled ones those of the last weeks mostly still wait."""
        chance = self.chance
        fresh_since = today() - timedelta(days=40)
        for i, found_on in enumerate(self._days("inspection_round", violations)):
            place = chance.choice(self.places)
            _matter, title, detail = matter_of(chance, "violation", place.name)
            row = {
                "uid": UUID(int=chance.getrandbits(128), version=4),
                "number": f"VP-{self.city}-{self.last:%y}-{i + 1:05d}",
                "unit_id": place.unit_id,
                "board_id": self.bodies[place.unit_id, "peoples_inspection_board"],
                "found_on": found_on,
                "title": title,
                "detail": detail,
                "is_recommended": True,
                "illustrative": True,
                "made_by": "system",
                "made_at": self.instant,
            }
            if i < settled and (found_on < fresh_since or chance.random() < 0.3):
                row["resolved_on"] = self._later(found_on, 15, 90)
                row["outcome"] = "Đã xem xét, giải quyết; Ban đã kiểm tra lại."
                row |= _recovered(i)
            yield row

    def _later(self, day, fewest, most):
        """A working day from `fewest` to `most` days after the day, none after yesterday."""
        later = self._calendar.on_or_after(
            day + timedelta(days=self.chance.randrange(fewest, most))
        )
        return later if later < today() else max(day, self._calendar.before(today(), 1))

    def _resolved(self, nature, received_on, is_late):
        processed_on = self._later(received_on, 1, 6)
        ended_on = (
            self._later(processed_on, 60, 140) if is_late else self._later(processed_on, 4, 28)
        )
        row = {
            "state": "closed",
            "accepted_on": processed_on,
            "processed_on": processed_on,
            "resolved_on": ended_on,
            "ended_on": ended_on,
            "in_time": not is_late,
            "moved_on": ended_on,
            "answer_text": "Đã kiểm tra, xử lý và trả lời người gửi.",
        }
        if nature != "feedback":
            row["verdict"] = self.chance.choice(("founded", "partly", "unfounded"))
        return row

    def _not_accepted(self, nature, received_on, is_eligible):
        """The fields of a petition that is not eligible, or not within this body's competence."""
        processed_on = self._later(received_on, 1, 6)
        state = "forwarded"
        if not is_eligible:
            state = "filed"
        elif nature == "complaint":
            state = self.chance.choice(("guided", "forwarded", "returned"))
        stays_here = state in ("filed", "returned")
        return {
            "state": state,
            "processed_on": processed_on,
            "ended_on": processed_on,
            "in_time": self.chance.random() >= 0.08,
            "moved_on": processed_on,
            "elsewhere": "" if stays_here else "Sở Xây dựng",
            **self._replied(state, processed_on),
        }

    def _replied(self, state, processed_on):
        """The day of the reply of the body to which it was forwarded, of most that are old."""
        day = self._calendar.on_or_after(processed_on + timedelta(days=12 + processed_on.day))
        if state != "forwarded" or processed_on.day % 5 == 0 or day >= today():
            return {}
        return {"replied_on": day}


def _recovered(number):
    """{column: amount} of what was recovered with one in so many violations; it takes nothing from
    the chance by which everything else is drawn.
    """
    if number % 9 == 0:
        return {"money": 500_000 * (1 + number % 23)}
    return {"land": 5 + number % 90} if number % 14 == 0 else {}


def _steps(row, petition):
    """The first and the last step of a petition."""
    first = {"number": 1, "act": "register", "on": row["received_on"], "state": "received"}
    last_act = {
        "closed": "close",
        "accepted": "accept",
        "filed": "file",
        "forwarded": "forward",
        "guided": "guide",
        "returned": "return",
    }[row["state"]]
    for step in (
        first,
        {"number": 2, "act": last_act, "on": row["moved_on"], "state": row["state"]},
    ):
        yield {
            **step,
            "petition_id": petition,
            "unit_id": row["unit_id"],
            "by": "system",
            "at": row["made_at"],
        }
