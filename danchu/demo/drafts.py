"""Illustrative records of one ward that wait to be confirmed, one that was corrected and one that
was withdrawn, made by the real acts.
"""

import random
from datetime import timedelta

from django.db import transaction

from danchu.demo.topics import event_title
from danchu.demo.workdays import Days
from danchu.journal.actions import record
from danchu.journal.models import Entry
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.register.actions import confirm_event, correct_event, draft_event, withdraw_event
from danchu.units.find import unit_from
from danchu.units.models import Body

WARD = "00070"
WARD_NAME = "Phường Hoàn Kiếm"
# (kind, kind of the body that records it, numbers)
DRAFTS = (
    ("dialogue", "peoples_committee", {"participants": 64, "opinions": 9, "opinions_accepted": 7}),
    ("communication", "peoples_committee", {"participants": 120}),
    ("document", "peoples_committee", {}),
    ("supervision_217", "fatherland_front", {"participants": 5, "recommended": 2, "accepted": 1}),
    (
        "opinion_conference",
        "fatherland_front",
        {"participants": 48, "opinions": 12, "opinions_accepted": 9},
    ),
    ("communication", "peoples_committee", {"participants": 75}),
)
FORMS = {"dialogue": "periodic", "document": "plan", "supervision_217": "delegation"}


@transaction.atomic
def load_drafts(*, by):
    """Write them; idempotent. Returns how many are new."""
    require(by.may("draft", "dialogue", None))
    if Entry.objects.filter(act="demo.drafts_made").exists():
        return 0
    chance = random.Random(20262)
    unit = unit_from(f"{WARD}@{today().isoformat()}")
    bodies = {body.kind: body for body in Body.objects.on(today()).filter(unit=unit)}
    days = Days("dialogue", today() - timedelta(days=12), today() - timedelta(days=1))
    events = [
        draft_event(
            kind,
            by=by,
            unit=unit,
            body=bodies[body],
            form=FORMS.get(kind, ""),
            held_on=held_on,
            title=event_title(chance, kind, FORMS.get(kind, ""), WARD_NAME, held_on),
            illustrative=True,
            **numbers,
        )
        for held_on, (kind, body, numbers) in zip(
            days.draw(chance, len(DRAFTS)), DRAFTS, strict=True
        )
    ]
    dialogue, communication = (confirm_event(event, by=by) for event in events[:2])
    correct_event(
        dialogue, by=by, reason="Biên bản ghi 68 người dự, đã ghi nhầm 64.", participants=68
    )
    withdraw_event(communication, by=by, reason="Buổi này hoãn sang tháng sau, đã ghi nhầm.")
    record(by, "demo.drafts_made", None, count=len(events))
    return len(events)
