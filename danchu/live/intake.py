"""The intake: votes, questions, up-votes and raised hands of the whole hall, each acknowledged only
after it is durable.

POST /hall/<conference>/vote|question|upvote|hand|unhand with the device's token and a form's
fields; answers are small JSON: {"status": …} and, of a vote, the choice that stands and the code of
its receipt with its signature.
"""

import asyncio
import json
import logging
import time
from datetime import UTC, datetime

from danchu.conference.channels import CONTROL, WAKE
from danchu.conference.words import FloorKind
from danchu.conference.writes.batches import LONGEST_QUESTION
from danchu.kernel.addresses import number_in, uid_in
from danchu.live.database import GONE, Database, until_up
from danchu.live.groups import lower_hands, write_hands, write_questions, write_upvotes
from danchu.live.http import Wire, shared_with, sweep
from danchu.live.listening import open_door
from danchu.live.pace import Pace
from danchu.live.polls import Polls
from danchu.live.process import listening_socket
from danchu.live.writers import Unavailable, Unwritable, Writer

log = logging.getLogger("danchu")
WAKE_SECONDS = 0.25
STATUS = {
    "new": 201,
    "changed": 200,
    "kept": 200,
    "closed": 409,
    "not_on_roll": 403,
    "unknown": 404,
}
ACTS = ("vote", "question", "upvote", "hand", "unhand")


class Wrong(Exception):
    """The request cannot be meant: the field that is wrong."""


class Connection(Wire):
    """A device's connection to the intake."""

    __slots__ = ()

    def answer(self, request):
        intake = self.server
        parts = request.path.split("/")
        shared = shared_with(request.origin_allowed(intake.origins))
        if request.path == "/health":
            return self.reply(request, 200, b'{"ok":true}')
        if (
            len(parts) != 4
            or parts[1] != "hall"
            or parts[3] not in ACTS
            or number_in(parts[2]) is None
        ):
            return self.tell(request, 404, shared)
        if request.method != "POST":
            return self.tell(request, 405, shared)
        token = request.token(int(parts[2]))
        if (
            token is None
            or token.role != "delegate"
            or token.device in intake.revoked
            or "origin" in request.headers
            and not shared
        ):
            return self.tell(request, 403, shared, status="no_pass")
        if not intake.paces[parts[3]].allows(token.subject):
            return self.tell(request, 429, shared, status="too_fast")
        task = asyncio.ensure_future(self._take(request, shared, parts[3], token))
        intake.tasks.add(task)
        task.add_done_callback(intake.tasks.discard)
        return None

    async def _take(self, request, shared, act, token):
        try:
            code, told = await getattr(self.server, act)(token, request.fields())
        except Wrong as wrong:
            return self.tell(request, 400, shared, status="wrong", field=str(wrong))
        except Unwritable:
            return self.tell(request, 400, shared, status="wrong", field="")
        except (Unavailable, *GONE):
            return self.tell(request, 503, shared, status="later")
        except Exception:
            log.exception("Intake: %s", act)
            return self.tell(request, 503, shared, status="later")
        return self.tell(request, code, shared, **told)

    def tell(self, request, code, shared, /, **told):
        self.reply(request, code, json.dumps(told).encode() if told else b"", shared)


class Intake:
    """The writers, the open polls, and which parts of which hall have changed."""

    def __init__(self, origins=()):
        self.origins = frozenset(origins)
        self.waiting = set()
        self.tasks = set()
        self.revoked = set()
        self.now = time.monotonic
        self.dirty = set()
        self.polls = Polls()
        self.paces = {
            "vote": Pace(10, 2),
            "question": Pace(3, 10),
            "upvote": Pace(30, 1),
            "hand": Pace(4, 5),
            "unhand": Pace(4, 5),
        }
        self.writers = {
            "vote": Writer(self.polls.write),
            "question": Writer(write_questions),
            "upvote": Writer(write_upvotes),
            "hand": Writer(write_hands),
            "unhand": Writer(lower_hands),
        }

    async def vote(self, token, fields):
        """Take a vote: (status, what to tell)."""
        known = await self.polls.get(_number(fields, "poll"))
        if known is None or known.conference != token.conference:
            return 404, {"status": "unknown"}
        choice = _number(fields, "choice")
        if not 0 <= choice < known.options:
            raise Wrong("choice")
        told = await self.writers["vote"].put((known.pk, token.subject, choice))
        self.dirty.add((token.conference, "polls"))
        receipt = {"signature": told.signature} if told.signature else {}
        return STATUS[told.status], {
            "status": told.status,
            "choice": told.choice,
            "code": told.code,
            **receipt,
        }

    async def question(self, token, fields):
        text = fields.get("text", "").strip()
        if not text or len(text) > LONGEST_QUESTION or "\0" in text:
            raise Wrong("text")
        kept = await self.writers["question"].put(
            (_uid(fields), token.conference, token.subject, text, datetime.now(UTC))
        )
        self.dirty.add((token.conference, "questions"))
        return (201, {"status": "kept"}) if kept else (409, {"status": "not_taken"})

    async def upvote(self, token, fields):
        kept = await self.writers["upvote"].put((_number(fields, "question"), token.subject))
        self.dirty.add((token.conference, "questions"))
        return (201, {"status": "kept"}) if kept else (409, {"status": "not_taken"})

    async def hand(self, token, fields):
        kind = fields.get("kind", FloorKind.SPEAK)
        if kind not in FloorKind.values:
            raise Wrong("kind")
        kept = await self.writers["hand"].put(
            (_uid(fields), token.conference, token.subject, kind, datetime.now(UTC))
        )
        self.dirty.add((token.conference, "floor"))
        return (201, {"status": "waiting"}) if kept else (409, {"status": "not_taken"})

    async def unhand(self, token, _fields):
        had = await self.writers["unhand"].put((token.conference, token.subject))
        self.dirty.add((token.conference, "floor"))
        return 200, {"status": "lowered" if had else "none"}

    async def wake(self):
        """Tell the sequencer what has changed, a few times a second at most; hang up on the
        idle.
        """
        database = Database()
        while True:
            await asyncio.sleep(WAKE_SECONDS)
            sweep(self)
            dirty = self.dirty
            self.dirty = set()
            if not dirty:
                continue
            try:
                connection = await database.get()
                notes = [f"{conference} {part}" for conference, part in sorted(dirty)]
                await connection.execute(
                    "SELECT pg_notify($1, note) FROM unnest($2::text[]) AS note", WAKE, notes
                )
            except GONE:
                await database.drop()
                self.dirty |= dirty

    async def forget(self):
        """Keep the paces small."""
        while True:
            await asyncio.sleep(60)
            for pace in self.paces.values():
                pace.forget()

    async def hear_controls(self):
        """Devices whose tokens no longer count."""

        async def listening(connection):
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _c: lost.set())
            await connection.add_listener(
                CONTROL, lambda _c, _pid, _channel, note: self._control(note)
            )
            self.revoked = {
                row["device"]
                for row in await connection.fetch("SELECT device FROM conference_revokeddevice")
            }
            await lost.wait()

        await until_up(listening)

    def _control(self, note):
        what, _blank, which = note.partition(" ")
        if what == "device":
            self.revoked.add(which)


def _number(fields, name):
    number = number_in(fields.get(name))
    if number is None:
        raise Wrong(name)
    return number


def _uid(fields):
    uid = uid_in(fields.get("uid"))
    if uid is None:
        raise Wrong("uid")
    return uid


async def serve(host, port, origins, stopping):
    """Be the intake at host:port until `stopping` is set; what was taken by then is still
    answered.
    """
    intake = Intake(origins)
    server = await open_door(lambda: Connection(intake), listening_socket(host, port))
    work = [writer.run() for writer in intake.writers.values()] + [
        intake.wake(),
        intake.forget(),
        intake.hear_controls(),
    ]
    tasks = [asyncio.ensure_future(one) for one in work]
    await stopping.wait()
    server.close()
    if intake.tasks:
        await asyncio.wait(intake.tasks, timeout=5)
    for task in tasks:
        task.cancel()
