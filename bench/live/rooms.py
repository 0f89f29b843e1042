"""Six hundred rooms instead of twenty thousand phones, sixty of them offline for ten minutes
(compressed): entries made meanwhile are merged without loss or repetition, and each desk gets an
explanation of what came too late.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import timedelta
from uuid import UUID, uuid4

from bench.live.generators import Lines, quantile
from bench.live.ground import Hall, Product
from bench.live.machine import OtherLoad
from bench.live.processes import VAR
from bench.live.table import info_row, row, say, zero_row

ROOMS, OFFLINE, PLANNED_SECONDS, SECONDS, AT_ONCE, PEOPLE = 600, 60, 600, 40, 8, 34
OPTIONS = ["Tán thành", "Không tán thành", "Không biểu quyết"]


class Desk:
    """A room's desk: numbers its entries, stores them until acknowledged, sends them again when in
    doubt. `clock` is the error of its clock.
    """

    def __init__(self, number, point, by, clock):
        self.number, self.point, self.by, self.clock = number, point, by, clock
        self.entries, self.waiting, self.answers, self.durations = [], [], {}, []
        self.heads, self.hands = 0, {}

    def enter(self, act, content):
        from danchu.kernel.days import now

        number = len(self.entries) + 1
        entry = {
            "uid": str(UUID(int=self.point.pk << 32 | number)),
            "number": number,
            "act": act,
            "content": content,
            "made_at": now() + self.clock,
        }
        self.entries.append(entry)
        self.waiting.append(entry)
        if act == "heads":
            self.heads = content["count"]
        elif act == "hands":
            self.hands[content["poll"]] = content["counts"]

    def send(self, again=False):
        """Send all waiting entries in one batch; `again`: first half of them, then all, as when the
        connection breaks in between.
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
            self.durations.append(time.monotonic() - began)
        self.waiting = []
        connection.close()


def rooms(database, size, _rounds):
    """Rows of the part."""
    number, offline = (
        (ROOMS, OFFLINE) if size >= 20_000 else (max(20, size // 40), max(4, size // 400))
    )
    hall, chance = Hall(0), random.Random(number)
    desks, tokens = _desks(hall, number)
    away, present = desks[:offline], desks[offline:]
    with ExitStack() as stack:
        product = stack.enter_context(closing(Product(hubs=2, intake=True, sequencer=True)))
        present_lines = stack.enter_context(closing(_lines(hall, "here", present, tokens, product)))
        away_lines = _lines(hall, "away", away, tokens, product)
        present_lines.open(), away_lines.open()
        other_load = OtherLoad([*product.roots(), *database.roots])
        _each_desk(desks, lambda desk: desk.enter("heads", {"count": PEOPLE}))
        away_lines.close()
        closed_poll, polls = _hour(hall, present, away, chance)
        back = stack.enter_context(closing(_lines(hall, "back", away, tokens, product)))
        back.open()
        began = time.monotonic()
        _each_desk(away, lambda desk: desk.send(again=True), enter=False)
        merged = time.monotonic() - began
        result = _result(polls[1])
        time.sleep(3)
        stat, share = present_lines.stat(), other_load.share()
    wrong = _mistakes(hall, desks, away, closed_poll, polls, result) | {
        "khung mất hay lặp": stat["gaps"] + stat["doubles"] + stat["disagree"] + stat["cut"]
    }
    entry_count = sum(len(desk.entries) for desk in desks)
    late = sum(answer["outcome"] == "late" for desk in away for answer in desk.answers.values())
    p99 = quantile([duration for desk in desks for duration in desk.durations], 0.99)
    say(
        f"  {entry_count:,} entries of {number} rooms, {offline} back after {SECONDS} s, merged "
        f"in {merged:.2f} s, {late} told they were late; a parcel p99 {p99 * 1e3:.0f} "
        f"ms; wrong {wrong}; others {share:.0%}"
    )
    label = (
        f"{number:,} điểm cầu thay cho 20.000 điện thoại, {offline} điểm mất mạng "
        f"{PLANNED_SECONDS // 60} phút (nén còn {SECONDS} giây)"
    )
    return [
        zero_row(
            "rooms",
            f"{label}: mục mất, lặp, sai thứ tự, không được giải thích; kết quả khác; khung mất",
            sum(wrong.values()),
            others=share,
        ),
        info_row("rooms", f"{label}: số mục các bàn đã ghi", entry_count, ""),
        row(
            "rooms",
            f"{label}: nhận lại hết sau khi có mạng / 10 giây",
            merged,
            10.0,
            None,
            others=share,
        ),
    ]


def _desks(hall, number):
    """([Desk], {desk: token}); every fifth has a clock that is wrong by up to an hour."""
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
            participant_from_pass(room_pass, f"desk{n}"),
            timedelta(minutes=n % 121 - 60 if n % 5 == 0 else 0),
        )
        for n, (point, room_pass) in enumerate(zip(points, passes, strict=True))
    ]
    return desks, {
        desk: write_token(hall.pk, room_pass.pk, "room", room_pass.point_id, f"desk{desk.number}")
        for desk, room_pass in zip(desks, passes, strict=True)
    }


def _lines(hall, name, desks, tokens, product):
    place = VAR / f"rooms-{name}.tokens"
    place.write_text("".join(tokens[desk] + "\n" for desk in desks))
    return Lines(f"rooms-{name}", len(desks), product.ports, hall.path, place, hall.cookie)


def _each_desk(desks, work, enter=True):
    """Call `work(desk)` for each desk, AT_ONCE at a time; with `enter` each then sends its
    entries.
    """

    def work_and_send(desk):
        work(desk)
        if enter:
            desk.send()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(work_and_send, desks))


def _hour(hall, present, away, chance):
    """The ten minutes: a poll is opened and closed, another stays open; all rooms count, ask and
    raise hands. Returns (closed poll, polls).
    """
    from danchu.conference.actions.polls import close_poll, draft_poll, open_poll
    from danchu.people.actor import Actor

    by, until = Actor.system("bench"), time.monotonic() + SECONDS
    options = {
        "by": by,
        "options": OPTIONS,
        "kind": "opinion",
        "secrecy": "named",
        "franchise": "rooms",
    }
    polls = [
        open_poll(draft_poll(hall.conference, title=title, **options), by=by)
        for title in ("Nghỉ giải lao?", "Thông qua nghị quyết?")
    ]

    def hour(desk):
        for poll in polls:
            for _attempt in range(1 + desk.number % 2):  # half of them correct themselves
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
    _each_desk(present, hour)
    closed_poll = close_poll(polls[0], by=by)
    time.sleep(max(0.0, until - time.monotonic()))
    return closed_poll, polls


def _result(poll):
    from danchu.conference.actions.polls import close_poll, declare_poll
    from danchu.people.actor import Actor

    by = Actor.system("bench")
    return declare_poll(close_poll(poll, by=by), by=by).result["counts"]


def _mistakes(hall, desks, away, closed_poll, polls, result):
    """{fault: number}; all must be 0."""
    from danchu.conference.models import FloorRequest, HeadCount, Question, RoomCount, RoomEntry

    entries_stored = {}
    for item in RoomEntry.objects.filter(point__conference=hall.conference).order_by("number"):
        entries_stored.setdefault(item.point_id, []).append(item)
    counts = {item.point_id: item for item in RoomCount.objects.filter(poll=polls[1])}
    early = set(RoomCount.objects.filter(poll=closed_poll).values_list("point_id", flat=True))
    heads = {}
    for point, count in (
        HeadCount.objects.filter(point__conference=hall.conference)
        .order_by("at", "pk")
        .values_list("point_id", "count")
    ):
        heads[point] = count
    whole = [sum(desk.hands[polls[1].pk][place] for desk in desks) for place in range(len(OPTIONS))]
    away_points = {desk.point.pk for desk in away}
    return {
        "mục mất hay thừa": sum(
            {item["uid"] for item in desk.entries}
            != {str(item.uid) for item in entries_stored.get(desk.point.pk, [])}
            or len(entries_stored[desk.point.pk]) != len(desk.entries)
            for desk in desks
        ),
        "mục không theo thứ tự của bàn": sum(
            before.at >= after.at
            for rows in entries_stored.values()
            for before, after in zip(rows, rows[1:], strict=False)
        ),
        "mục không được trả lời bằng lời": sum(
            not desk.answers.get(item["uid"], {}).get("told")
            for desk in desks
            for item in desk.entries
        ),
        "đến sau khi đóng mà không được báo": sum(
            desk.answers[item["uid"]]["outcome"] != "late"
            for desk in away
            for item in desk.entries
            if item["content"].get("poll") == closed_poll.pk
        ),
        "cuộc đã đóng nhận tay đến muộn": len(early & away_points)
        + len(desks)
        - len(away)
        - len(early - away_points),
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
        "kết quả khác": sum(abs(own - rival) for own, rival in zip(whole, result, strict=True)),
    }
