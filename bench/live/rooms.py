"""Six hundred rooms instead of twenty thousand phones, sixty of them without a line for ten minutes
(compressed): what the desks entered meanwhile is merged without loss, nothing twice, and each desk
is told in words what became of what came late.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from uuid import UUID, uuid4

from bench.live.generators import Lines, part
from bench.live.ground import Hall, Product
from bench.live.machine import Others
from bench.live.processes import VAR
from bench.live.table import none, row, say, told

ROOMS, OFFLINE, PLANNED_SECONDS, SECONDS, AT_ONCE, PEOPLE = 600, 60, 600, 40, 8, 34
OPTIONS = ["Tán thành", "Không tán thành", "Không biểu quyết"]


class Desk:
    """A room's desk: numbers what it enters, keeps it until it is told, sends it again when in
    doubt. Its clock may be wrong.
    """

    def __init__(self, number, point, by, clock):
        self.number, self.point, self.by, self.clock = number, point, by, clock
        self.entries, self.waiting, self.answers, self.took = [], [], {}, []
        self.heads, self.hands = 0, {}

    def enter(self, act, content):
        from danchu.kernel.days import now

        number = len(self.entries) + 1
        one = {
            "uid": str(UUID(int=self.point.pk << 32 | number)),
            "number": number,
            "act": act,
            "content": content,
            "made_at": now() + self.clock,
        }
        self.entries.append(one)
        self.waiting.append(one)
        if act == "heads":
            self.heads = content["count"]
        elif act == "hands":
            self.hands[content["poll"]] = content["counts"]

    def send(self, again=False):
        """Everything that waits, in one parcel; `again`: half of it first, and then all, as
        when the line broke in between.
        """
        from django.db import connection

        from danchu.conference.actions.rooms import take_room_entries
        from danchu.kernel.days import now

        parcels = [self.waiting[::-2], self.waiting] if again else [self.waiting]
        for parcel in filter(None, parcels):
            began = time.monotonic()
            for answer in take_room_entries(
                self.point, parcel, by=self.by, desk="bench", sent_at=now() + self.clock
            ):
                self.answers[answer["uid"]] = answer
            self.took.append(time.monotonic() - began)
        self.waiting = []
        connection.close()


def rooms(database, size, _rounds):
    """Rows of the part."""
    number, offline = (
        (ROOMS, OFFLINE) if size >= 20_000 else (max(20, size // 40), max(4, size // 400))
    )
    hall, chance = Hall(0), random.Random(number)
    desks, tokens = _desks(hall, number)
    away, here = desks[:offline], desks[offline:]
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, intake=True, sequencer=True)))
        held = stack.enter_context(closing(_lines(hall, "here", here, tokens, product)))
        lost = _lines(hall, "away", away, tokens, product)
        held.open(), lost.open()
        others = Others([*product.roots(), *database.roots])
        _all(desks, lambda desk: desk.enter("heads", {"count": PEOPLE}))
        lost.close()
        closed, polls = _hour(hall, here, away, chance)
        back = stack.enter_context(closing(_lines(hall, "back", away, tokens, product)))
        back.open()
        began = time.monotonic()
        _all(away, lambda desk: desk.send(again=True), enter=False)
        merged = time.monotonic() - began
        result = _result(polls[1])
        time.sleep(3)
        stat, share = held.stat(), others.share()
    wrong = _mistakes(hall, desks, away, closed, polls, result) | {
        "khung mất hay lặp": stat["gaps"] + stat["doubles"] + stat["disagree"] + stat["cut"]
    }
    made = sum(len(desk.entries) for desk in desks)
    late = sum(answer["outcome"] == "late" for desk in away for answer in desk.answers.values())
    p99 = part([took for desk in desks for took in desk.took], 0.99)
    say(
        f"  {made:,} entries of {number} rooms, {offline} back after {SECONDS} s, merged "
        f"in {merged:.2f} s, {late} told they were late; a parcel p99 {p99 * 1e3:.0f} "
        f"ms; wrong {wrong}; others {share:.0%}"
    )
    what = (
        f"{number:,} điểm cầu thay cho 20.000 điện thoại, {offline} điểm mất mạng "
        f"{PLANNED_SECONDS // 60} phút (nén còn {SECONDS} giây)"
    )
    return [
        none(
            "rooms",
            f"{what}: mục mất, lặp, sai thứ tự, không được giải thích; kết quả khác; khung mất",
            sum(wrong.values()),
            others=share,
        ),
        told("rooms", f"{what}: số mục các bàn đã ghi", made, ""),
        row(
            "rooms",
            f"{what}: nhận lại hết sau khi có mạng / 10 giây",
            merged,
            10.0,
            None,
            others=share,
        ),
    ]


def _desks(hall, number):
    """([Desk], {desk: its token}); every fifth has a clock that is wrong by up to an hour."""
    from danchu.conference.access.participants import participant_from_pass
    from danchu.conference.access.tokens import write_token
    from danchu.conference.models import BridgePoint, Pass

    unit = hall.conference.unit
    points = BridgePoint.objects.bulk_create(
        BridgePoint(conference=hall.conference, unit=unit, name=f"Điểm cầu số {n}", position=n + 2)
        for n in range(number)
    )
    passes = Pass.objects.bulk_create(
        Pass(conference=hall.conference, role="room", point=point, secret=uuid4().hex)
        for point in points
    )
    desks = [
        Desk(
            n,
            point,
            participant_from_pass(one, f"desk{n}"),
            timedelta(minutes=n % 121 - 60 if n % 5 == 0 else 0),
        )
        for n, (point, one) in enumerate(zip(points, passes, strict=True))
    ]
    return desks, {
        desk: write_token(hall.pk, one.pk, "room", one.point_id, f"desk{desk.number}")
        for desk, one in zip(desks, passes, strict=True)
    }


def _lines(hall, name, desks, tokens, product):
    place = VAR / f"rooms-{name}.tokens"
    place.write_text("".join(tokens[desk] + "\n" for desk in desks))
    return Lines(f"rooms-{name}", len(desks), product.ports, hall.path, place, hall.cookie)


def _all(desks, work, enter=True):
    """Each desk does its work, and sends what it entered; a few at once."""

    def one(desk):
        work(desk)
        if enter:
            desk.send()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, desks))


def _hour(hall, here, away, chance):
    """Ten minutes: a vote is opened and closed, another stays open, all rooms count, ask and
    raise hands. (closed poll, polls)
    """
    from danchu.conference.actions.polls import close_poll, draft_poll, open_poll
    from danchu.people.actor import Actor

    by, until = Actor.system("bench"), time.monotonic() + SECONDS
    asked = {
        "by": by,
        "options": OPTIONS,
        "kind": "opinion",
        "secrecy": "named",
        "franchise": "rooms",
    }
    polls = [
        open_poll(draft_poll(hall.conference, title=title, **asked), by=by)
        for title in ("Nghỉ giải lao?", "Thông qua nghị quyết?")
    ]

    def hour(desk):
        for poll in polls:
            for _again in range(1 + desk.number % 2):  # half of them correct themselves
                desk.enter(
                    "hands",
                    {
                        "poll": poll.pk,
                        "counts": [chance.randrange(20), chance.randrange(9), chance.randrange(5)],
                    },
                )
        desk.enter("heads", {"count": PEOPLE + desk.number % 9})
        desk.enter(
            "question", {"text": f"Phòng {desk.number} hỏi: bao giờ có nhà văn hóa?", "asker": ""}
        )
        desk.enter("hand", {"speaker": f"Người của phòng {desk.number}", "kind": "speak"})

    for desk in away:
        hour(desk)
    _all(here, hour)
    closed = close_poll(polls[0], by=by)
    time.sleep(max(0.0, until - time.monotonic()))
    return closed, polls


def _result(poll):
    from danchu.conference.actions.polls import close_poll, declare_poll
    from danchu.people.actor import Actor

    by = Actor.system("bench")
    return declare_poll(close_poll(poll, by=by), by=by).result["counts"]


def _mistakes(hall, desks, away, closed, polls, result):
    """{what went wrong: how often}; all must be nought."""
    from danchu.conference.models import FloorRequest, HeadCount, Question, RoomCount, RoomEntry

    kept = {}
    for one in RoomEntry.objects.filter(point__conference=hall.conference).order_by("number"):
        kept.setdefault(one.point_id, []).append(one)
    counts = {one.point_id: one for one in RoomCount.objects.filter(poll=polls[1])}
    early = set(RoomCount.objects.filter(poll=closed).values_list("point_id", flat=True))
    heads = {}
    for point, count in (
        HeadCount.objects.filter(point__conference=hall.conference)
        .order_by("at", "pk")
        .values_list("point_id", "count")
    ):
        heads[point] = count
    whole = [sum(desk.hands[polls[1].pk][place] for desk in desks) for place in range(len(OPTIONS))]
    gone = {desk.point.pk for desk in away}
    return {
        "mục mất hay thừa": sum(
            {one["uid"] for one in desk.entries}
            != {str(one.uid) for one in kept.get(desk.point.pk, [])}
            or len(kept[desk.point.pk]) != len(desk.entries)
            for desk in desks
        ),
        "mục không theo thứ tự của bàn": sum(
            before.at >= after.at
            for rows in kept.values()
            for before, after in zip(rows, rows[1:], strict=False)
        ),
        "mục không được trả lời bằng lời": sum(
            not desk.answers.get(one["uid"], {}).get("told")
            for desk in desks
            for one in desk.entries
        ),
        "đến sau khi đóng mà không được báo": sum(
            desk.answers[one["uid"]]["outcome"] != "late"
            for desk in away
            for one in desk.entries
            if one["content"].get("poll") == closed.pk
        ),
        "cuộc đã đóng nhận tay đến muộn": len(early & gone)
        + len(desks)
        - len(away)
        - len(early - gone),
        "tay không phải số cuối của bàn": sum(
            desk.point.pk not in counts or counts[desk.point.pk].counts != desk.hands[polls[1].pk]
            for desk in desks
        ),
        "số người không phải số cuối của bàn": sum(
            heads.get(desk.point.pk) != desk.heads for desk in desks
        ),
        "câu hỏi, đăng ký mất hay thừa": abs(
            Question.objects.filter(conference=hall.conference).count() - len(desks)
        )
        + abs(FloorRequest.objects.filter(conference=hall.conference).count() - len(desks)),
        "kết quả khác": sum(abs(mine - its) for mine, its in zip(whole, result, strict=True)),
    }
