"""Illustrative petitions and violations of past years in bulk, which add up to the published
figures.
"""

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection

from danchu.casework.models import Petition, Step
from danchu.casework.natures import MARKS
from danchu.demo.petitions import COMPLAINTS, DENUNCIATION, FEEDBACK
from danchu.demo.recommendations import MATTERS
from danchu.inspection.models import Finding
from danchu.kernel.codes import DRAWN
from danchu.kernel.days import today

# Of ten petitions six are feedback, three complaints, one a denunciation.
NATURES = ("feedback",) * 6 + ("complaint",) * 3 + ("denunciation",)


def copy_in(model, rows):
    """COPY rows ({attribute: value}) into the model's table: several times as fast as inserts."""
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    defaults = {field.attname: field.get_default() for field in fields}
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {model._meta.db_table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(tuple((defaults | row).values()))


def write_files(
    chance,
    city,
    places,
    bodies,
    first,
    last,
    petitions,
    eligible,
    competent,
    resolved,
    finding_count,
    settled_count,
):
    """Write so many petitions and violations between the days `first` and `last`, at the communes
    `places` (standings). `chance` is a seeded random.Random.
    """
    rows = list(
        _petitions(chance, places, bodies, first, last, petitions, eligible, competent, resolved)
    )
    copy_in(Petition, rows)
    numbers = dict(
        Petition.objects.filter(code__in=[row["code"] for row in rows]).values_list("code", "pk")
    )
    copy_in(Step, (step for row in rows for step in _steps(row, numbers[row["code"]])))
    copy_in(
        Finding, _findings(chance, city, places, bodies, first, last, finding_count, settled_count)
    )


def _petitions(chance, places, bodies, first, last, petitions, eligible, competent, resolved):
    instant = datetime(last.year, last.month, last.day, 3, tzinfo=UTC)
    for i in range(petitions):
        nature = chance.choice(NATURES)
        place = chance.choice(places)
        matter, title, content = (
            DENUNCIATION
            if nature == "denunciation"
            else chance.choice(COMPLAINTS if nature == "complaint" else FEEDBACK)
        )
        first_half, second_half = ("".join(chance.choices(DRAWN, k=4)) for _half in range(2))
        code = f"{MARKS[nature]}-{first_half}-{second_half}"
        received_on = min(
            first + timedelta(days=chance.randrange((last - first).days + 1)),
            today() - timedelta(days=50),
        )
        processed_on = received_on + timedelta(days=chance.randrange(2, 7))
        ended_on = received_on + timedelta(days=chance.randrange(8, 45))
        is_late = chance.random() < 0.08
        row = {
            "uid": UUID(int=chance.getrandbits(128), version=4),
            "code": code,
            "secret": hashlib.sha256(code.encode()).hexdigest(),
            "nature": nature,
            "channel": chance.choice(("counter", "post", "phone")),
            "unit_id": place.unit_id,
            "place_id": place.unit_id,
            "matter_id": matter,
            "body_id": bodies[place.unit_id, "peoples_committee"],
            "title": f"{title} (minh họa)",
            "content": content,
            "received_on": received_on,
            "people": chance.choice((1, 1, 1, 1, 2, 3, 7)),
            "illustrative": True,
            "made_by": "system",
            "made_at": instant,
            "eligible": i < eligible,
            "fault": "" if i < eligible else "unclear",
            "competent": i < competent if i < eligible else None,
        }
        if i < resolved:
            row |= _resolved(chance, nature, processed_on, ended_on, is_late)
        elif i < competent:
            row |= {
                "state": "accepted",
                "accepted_on": processed_on,
                "processed_on": processed_on,
                "moved_on": processed_on,
            }
        else:
            row |= _not_accepted(chance, nature, processed_on, is_late, is_eligible=i < eligible)
        yield row


def _resolved(chance, nature, processed_on, ended_on, is_late):
    row = {
        "state": "closed",
        "accepted_on": processed_on,
        "processed_on": processed_on,
        "resolved_on": ended_on,
        "ended_on": ended_on,
        "in_time": not is_late,
        "moved_on": ended_on,
        "answer_text": "Đã trả lời (nội dung minh họa).",
    }
    if nature != "feedback":
        row["verdict"] = chance.choice(("founded", "partly", "unfounded"))
    return row


def _not_accepted(chance, nature, processed_on, is_late, is_eligible):
    """The fields of a petition that is not eligible, or not within this body's competence."""
    state = "forwarded"
    if not is_eligible:
        state = "filed"
    elif nature == "complaint":
        state = chance.choice(("guided", "forwarded", "returned"))
    stays_here = state in ("filed", "returned")
    return {
        "state": state,
        "processed_on": processed_on,
        "ended_on": processed_on,
        "in_time": not is_late,
        "moved_on": processed_on,
        "elsewhere": "" if stays_here else "Cơ quan có thẩm quyền (minh họa)",
    }


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


def _findings(chance, city, places, bodies, first, last, finding_count, settled_count):
    instant = datetime(last.year, last.month, last.day, 3, tzinfo=UTC)
    for i in range(finding_count):
        place = chance.choice(places)
        title, detail = chance.choice(MATTERS)
        found_on = first + timedelta(days=chance.randrange((last - first).days + 1))
        row = {
            "uid": UUID(int=chance.getrandbits(128), version=4),
            "number": f"VP-{city}-{last:%y}-{i + 1:05d}",
            "unit_id": place.unit_id,
            "board_id": bodies[place.unit_id, "peoples_inspection_board"],
            "found_on": found_on,
            "title": f"{title} (minh họa)",
            "detail": detail,
            "is_recommended": True,
            "illustrative": True,
            "made_by": "system",
            "made_at": instant,
        }
        if i < settled_count:
            row |= {
                "resolved_on": min(
                    found_on + timedelta(days=chance.randrange(15, 90)), max(found_on, today())
                ),
                "outcome": "Đã xem xét, giải quyết (nội dung minh họa).",
            }
        yield row
