"""The intake: receives votes, questions, up-votes and raised hands of all halls and answers each
only after its group commit.

POST /hall/<conference>/vote|question|upvote|hand|unhand with the device's token and form fields.
The answer is JSON: {"status": …} and, for a vote, the recorded choice, the code of a secret vote
and the signature of its receipt.
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
from danchu.kernel.dumps import refuse_dumps
from danchu.kernel.text import paragraphs
from danchu.live.database import DISCONNECTED, Database, with_reconnects
from danchu.live.groups import lower_hands, write_hands, write_questions, write_upvotes
from danchu.live.http import HttpConnection, close_idle, cors_headers, hall_address, trusted_proxies
from danchu.live.listening import start_server
from danchu.live.pace import Pace
from danchu.live.polls import Polls
from danchu.live.process import listening_socket, raise_descriptors
from danchu.live.unfinished import Unfinished
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


class InvalidField(Exception):
    """A form field is missing or cannot be read; its name."""


class Connection(HttpConnection):
    """A device's connection to the intake."""

    __slots__ = ()
    counted_as = "intake"

    def answer(self, request):
        intake = self.server
        cors = cors_headers(request.allowed_origin(intake.origins))
        if request.path == "/health":
            return self.reply(request, 200, b'{"ok":true}')
        conference, act = hall_address(request.path) or (None, "")
        if act not in ACTS:
            return self.reply_json(request, 404, cors)
        if request.method != "POST":
            return self.reply_json(request, 405, cors)
        token = request.token(conference)
        if (
            token is None
            or token.role != "delegate"
            or token.device in intake.revoked
            or "origin" in request.headers
            and not cors
        ):
            return self.reply_json(request, 403, cors, status="no_pass")
        if not intake.paces[act].allows(token.subject):
            later = (*cors, f"Retry-After: {intake.paces[act].seconds}")
            return self.reply_json(request, 429, later, status="too_fast")
        task = asyncio.ensure_future(self._take(request, cors, act, token))
        intake.tasks.add(task)
        task.add_done_callback(intake.tasks.discard)
        return None

    async def _take(self, request, cors, act, token):
        try:
            code, content = await getattr(self.server, act)(token, request.fields())
        except InvalidField as error:
            return self.reply_json(request, 400, cors, status="wrong", field=str(error))
        except Unwritable:
            return self.reply_json(request, 400, cors, status="wrong", field="")
        except (Unavailable, *DISCONNECTED):
            return self.reply_json(request, 503, cors, status="later")
        except Exception:
            log.exception("Intake: %s", act)
            return self.reply_json(request, 503, cors, status="later")
        return self.reply_json(request, code, cors, **content)

    def reply_json(self, request, code, cors, /, **content):
        self.reply(request, code, json.dumps(content).encode() if content else b"", cors)


class Intake:
    """One writer for each act, the polls in memory, and which parts of which halls changed
    (`dirty`).
    """

    def __init__(self, origins=()):
        self.origins = frozenset(origins)
        self.proxies = trusted_proxies()
        self.tasks = set()
        self.revoked = set()
        self.now = time.monotonic
        # A building behind one address keeps many connections open between its votes.
        self.waiting = Unfinished(raise_descriptors() - 100, 0, self.now)
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
        """Record a vote: (HTTP status, content of the answer). Like the methods below raises
        InvalidField, Unwritable or Unavailable.
        """
        poll = await self.polls.get(_number(fields, "poll"))
        if poll is None or poll.conference != token.conference:
            return 404, {"status": "unknown"}
        choice = _number(fields, "choice")
        if not 0 <= choice < poll.options:
            raise InvalidField("choice")
        result = await self.writers["vote"].put((poll.pk, token.subject, choice))
        self.dirty.add((token.conference, "polls"))
        receipt = {"signature": result.signature} if result.signature else {}
        return STATUS[result.status], {
            "status": result.status,
            "choice": result.choice,
            "code": result.code,
            **receipt,
        }

    async def question(self, token, fields):
        """Record a question."""
        text = paragraphs(fields.get("text", ""))
        if not text or len(text) > LONGEST_QUESTION:
            raise InvalidField("text")
        is_recorded = await self.writers["question"].put(
            (_uid(fields), token.conference, token.subject, text, datetime.now(UTC))
        )
        self.dirty.add((token.conference, "questions"))
        return (201, {"status": "kept"}) if is_recorded else (409, {"status": "not_taken"})

    async def upvote(self, token, fields):
        """Record an up-vote of a question."""
        is_recorded = await self.writers["upvote"].put((_number(fields, "question"), token.subject))
        self.dirty.add((token.conference, "questions"))
        return (201, {"status": "kept"}) if is_recorded else (409, {"status": "not_taken"})

    async def hand(self, token, fields):
        """Record a request to speak."""
        kind = fields.get("kind", FloorKind.SPEAK)
        if kind not in FloorKind.values:
            raise InvalidField("kind")
        is_recorded = await self.writers["hand"].put(
            (_uid(fields), token.conference, token.subject, kind, datetime.now(UTC))
        )
        self.dirty.add((token.conference, "floor"))
        return (201, {"status": "waiting"}) if is_recorded else (409, {"status": "not_taken"})

    async def unhand(self, token, _fields):
        """Withdraw the request to speak."""
        was_waiting = await self.writers["unhand"].put((token.conference, token.subject))
        self.dirty.add((token.conference, "floor"))
        return 200, {"status": "lowered" if was_waiting else "none"}

    async def wake_sequencer(self):
        """Notify the sequencer of changed parts, every WAKE_SECONDS at most; disconnect idle
        clients.
        """
        database = Database()
        while True:
            await asyncio.sleep(WAKE_SECONDS)
            close_idle(self)
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
            except DISCONNECTED:
                await database.drop()
                self.dirty |= dirty

    async def drop_full_buckets(self):
        """Each minute drop what the rate limits need no longer remember."""
        while True:
            await asyncio.sleep(60)
            for pace in self.paces.values():
                pace.drop_full()

    async def listen_for_controls(self):
        """Keep the set of revoked devices current."""

        async def listen(connection):
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _c: lost.set())
            await connection.add_listener(
                CONTROL, lambda _c, _pid, _channel, note: self._control(note)
            )
            rows = await connection.fetch("SELECT device FROM conference_revokeddevice")
            # Added, not replaced: a message that came during the query may be newer than its rows.
            self.revoked.update(row["device"] for row in rows)
            await lost.wait()

        await with_reconnects(listen)

    def _control(self, note):
        command, _blank, device = note.partition(" ")
        if command == "device":
            self.revoked.add(device)


def _number(fields, name):
    number = number_in(fields.get(name))
    if number is None:
        raise InvalidField(name)
    return number


def _uid(fields):
    uid = uid_in(fields.get("uid"))
    if uid is None:
        raise InvalidField("uid")
    return uid


async def serve(host, port, origins, stopping):
    """Run the intake at host:port until the event `stopping` is set, then answer for up to 5
    seconds the requests already accepted.
    """
    refuse_dumps()
    intake = Intake(origins)
    server = await start_server(lambda: Connection(intake), listening_socket(host, port))
    work = [writer.run() for writer in intake.writers.values()] + [
        intake.wake_sequencer(),
        intake.drop_full_buckets(),
        intake.listen_for_controls(),
    ]
    tasks = [asyncio.ensure_future(coroutine) for coroutine in work]
    await stopping.wait()
    server.close()
    if intake.tasks:
        await asyncio.wait(intake.tasks, timeout=5)
    for task in tasks:
        task.cancel()
