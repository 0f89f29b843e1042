"""Illustrative minutes of dialogues, and commitments in every state, made by the real acts from a
fixed seed.

The minutes mark exactly as many opinions as their dialogue has, so that the figures of the demo
stay the same.
"""

import random
import tomllib
from datetime import date, timedelta
from functools import cache

from django.db import transaction

from danchu.demo.topics import SOURCES
from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.minutes import actions
from danchu.minutes.input.blocks import BlockInput, Mark, Promise
from danchu.minutes.models import Commitment, Minutes
from danchu.register.models import Event
from danchu.units.maps import boundaries
from danchu.units.models import Body, Standing

CITIES = (("01", 16), ("79", 6))
FIRST = date(2025, 7, 1)
HOANKIEM = "00070"
FEWEST = 3
MOST = 12
# The acts on the commitments of earlier dialogues, in turn: most are kept, one was recorded by
# mistake.
WAYS = (
    ("fulfil", "confirm"),
    ("fulfil", "confirm"),
    ("postpone", "fulfil", "confirm"),
    ("fulfil", "confirm"),
    ("fulfil", "dispute", "fulfil", "confirm"),
    ("fulfil", "confirm"),
    ("withdraw",),
)
# The acts on those of the latest dialogues: they wait, wait for the Front, are disputed or put off.
LATEST_WAYS = ((), ("fulfil", "dispute"), (), ("postpone",), ("fulfil",), ())
# In how many days those of the latest dialogues are due: one was due last week, one is due today.
LATEST_DUE = [timedelta(days=number) for number in (21, 12, -8, 30, 45, 0)]
LATEST = timedelta(days=100)
WEEK = timedelta(days=7)  # no promise is due sooner


@transaction.atomic
def load_minutes(*, by):
    """Load them; idempotent. Returns how many minutes are new."""
    require(by.may("draft", "minutes", None))
    if Minutes.objects.exists():
        return 0
    chance = random.Random(20261)
    number_of_minutes = number_of_latest = 0
    for code, number in CITIES:
        for event in _dialogues(chance, code, number):
            number_of_minutes += 1
            number_of_latest += _is_latest(event)
            _play_dialogue(chance, event, number_of_minutes, number_of_latest, by)
    number_of_minutes += _draft(by)
    record(by, "demo.minutes_made", None, count=number_of_minutes)
    return number_of_minutes


@cache
def _words():
    return tomllib.loads((SOURCES / "minutes.toml").read_text("utf-8"))


def _dialogues(chance, code, number):
    """[Event] of dialogues of the city's communes with FEWEST to MOST opinions: all those of Hoàn
    Kiếm, and `number` elsewhere, of which half are of the latest.
    """
    city = Standing.objects.on(FIRST).get(code=code, unit__level="province").unit_id
    rows = Event.objects.counted().filter(
        kind="dialogue",
        illustrative=True,
        held_on__gte=FIRST,
        unit__in=boundaries(FIRST).subtree(city),
        opinions__gte=FEWEST,
        opinions__lte=MOST,
    )
    rows = list(rows.select_related("unit", "body").order_by("pk"))
    hoan_kiem = (
        Standing.objects.on(FIRST)
        .filter(code=HOANKIEM, unit__level="commune")
        .values_list("unit", flat=True)
    )
    at_hoan_kiem = [event for event in rows if event.unit_id in hoan_kiem]
    elsewhere = [event for event in rows if event.unit_id not in hoan_kiem]
    latest = [event for event in elsewhere if _is_latest(event)]
    earlier = [event for event in elsewhere if not _is_latest(event)]
    half = min(number // 2, len(latest))
    rest = min(number - half, len(earlier))
    return [*at_hoan_kiem, *chance.sample(latest, half), *chance.sample(earlier, rest)]


def _is_latest(event):
    return event.held_on >= today() - LATEST


def _play_dialogue(chance, event, number, number_of_latest, by):
    """The approved minutes of one dialogue, and the acts on its commitment up to today."""
    front = (
        Body.objects.on(event.held_on).filter(unit=event.unit_id, kind="fatherland_front").first()
    )
    promise_words = _words()["promises"][number % len(_words()["promises"])]
    title, promised_text = promise_words["title"], promise_words["text"]
    due_on = event.held_on + timedelta(days=chance.choice((60, 90, 120)))
    acts = WAYS[number % len(WAYS)]
    if _is_latest(event):
        acts = LATEST_WAYS[number_of_latest % len(LATEST_WAYS)]
        due = LATEST_DUE[number_of_latest % len(LATEST_DUE)]
        due_on = max(event.held_on + WEEK, today() + due)
    promise = Promise(
        title,
        event.body,
        "Chủ tịch Ủy ban nhân dân",
        due_on,
        "đủ thời gian bố trí kinh phí và thi công",
        front,
        "Cử tri tổ dân phố số 5",
    )
    blocks = _opinions(event, number)
    sentence = promised_text
    blocks += [
        BlockInput("II. Trả lời và kết luận", is_heading=True),
        BlockInput(
            sentence,
            "Chủ tịch Ủy ban nhân dân",
            "Chủ tịch Ủy ban nhân dân",
            marks=(Mark("commitment", 0, len(promised_text), promise=promise),),
        ),
        BlockInput(
            "Kết luận: giao công chức chuyên môn theo dõi và báo cáo tại kỳ đối thoại sau.",
            marks=(Mark("decision"),),
        ),
    ]
    minutes = actions.draft_minutes(
        by=by,
        unit=event.unit,
        held_on=event.held_on,
        body=event.body,
        event=event,
        title=event.title[:200],
        number=f"{number:02d}/BB-UBND",
        hours="8 giờ – 11 giờ",
        place="Hội trường Ủy ban nhân dân",
        chair="Chủ tịch Ủy ban nhân dân",
        secretary="Công chức văn phòng",
        attendance=f"{event.participants} người dự; đại diện Ủy ban Mặt trận Tổ quốc",
        blocks=blocks,
        illustrative=True,
    )
    actions.approve_minutes(minutes, by=by, is_public=True)
    _take_steps(chance, Commitment.objects.get(origin_uid=minutes.uid), acts, by)


def _opinions(event, number):
    """[BlockInput] of the opinions, one paragraph each."""
    opinions = _words()["opinions"]
    blocks = [BlockInput("I. Ý kiến của Nhân dân", is_heading=True)]
    for position in range(event.opinions):
        is_accepted = position < event.opinions_accepted
        text = opinions[(number * 3 + position) % len(opinions)]
        blocks.append(
            BlockInput(
                text,
                f"Ông (bà) {position + 1}",
                f"Cử tri tổ dân phố số {position % 9 + 1}",
                marks=(Mark("opinion", is_accepted=is_accepted),),
            )
        )
    return blocks


def _take_steps(chance, commitment, acts, by):
    on = commitment.made_on
    longest = (today() - on).days // max(len(acts), 1)  # all of them have been taken by today
    for act in acts:
        on += timedelta(days=min(chance.randrange(12, 25), longest))
        if act == "fulfil":
            commitment = actions.fulfil_commitment(
                commitment,
                by=by,
                on=on,
                text="Đã làm xong, có biên bản nghiệm thu với tổ dân phố.",
            )
        elif act == "postpone":
            commitment = actions.postpone_commitment(
                commitment,
                by=by,
                on=on,
                due_on=max(commitment.due_on, on) + timedelta(days=30),
                reason="Mưa kéo dài, chưa thi công được",
            )
        elif act == "confirm":
            commitment = actions.confirm_commitment(
                commitment, by=by, on=on, text="Mặt trận đã đến xem."
            )
        elif act == "dispute":
            commitment = actions.dispute_commitment(
                commitment, by=by, on=on, text="Còn một đoạn chưa làm."
            )
        else:
            actions.withdraw_commitment(commitment, by=by, on=on, reason="Ghi hai lần")


def _draft(by):
    """One draft at Hoàn Kiếm, to try the editor with. Returns how many."""
    standing = (
        Standing.objects.on(FIRST)
        .filter(code=HOANKIEM, unit__level="commune")
        .select_related("unit")
        .first()
    )
    if standing is None:
        return 0
    blocks = [
        BlockInput(text, "", f"Cử tri tổ dân phố số {number}")
        for number, text in enumerate(_words()["opinions"][:4], 1)
    ]
    actions.draft_minutes(
        by=by,
        unit=standing.unit,
        held_on=today() - timedelta(days=5),
        title="Biên bản tiếp xúc cử tri",
        blocks=blocks,
        illustrative=True,
    )
    return 1
