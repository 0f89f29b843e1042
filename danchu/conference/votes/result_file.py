"""The published file of a poll: one text from which anyone recounts it, in one canonical form
(portal/static/portal/kiem-phieu.py does).

UTF-8, lines ended by a line feed, fields as in CSV, quoted only where they must be. First what the
poll was and what was declared, then one line a ballot: of a secret vote `code,choice`, of a named
one `entry,choice` (votes/roll.py) or, where names are published, `number,name,point,choice`;
choices are numbered from 1. All these lines are the leaves of a tree (votes/merkle.py). Two more
lines carry its root and the signature under it (votes/signatures.py).
"""

import csv
import io
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from danchu.conference.votes import merkle
from danchu.conference.votes.verdict import Verdict, judged
from danchu.law.rule import Rule

FORMAT = "danchu-poll"


@dataclass(frozen=True)
class RoomResult:
    """Hands in a room: `heads` who sat there, `devices` of its delegates who voted by
    themselves, `counts` by option.
    """

    name: str
    heads: int
    devices: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Counted:
    """All that a result follows from. `ballots` are the fields of each line, the choice (from
    0) last, in published order.
    """

    conference: tuple[str, str, str]  # uid, title, day
    poll: tuple[str, str]  # uid, title
    kind: str
    secrecy: str
    franchise: str
    electorate: str
    opened: datetime
    closed: datetime
    options: tuple[str, ...]
    roll: tuple[int, str]  # how many, root
    present: int
    entitled: int
    quorum: Rule | None
    threshold: Rule | None
    option: int
    rooms: tuple[RoomResult, ...]
    ballots: tuple[tuple, ...]

    @property
    def by_device(self):
        """Votes of single delegates, by option."""
        found = [0] * len(self.options)
        for ballot in self.ballots:
            found[ballot[-1]] += 1
        return found

    @property
    def by_hands(self):
        """Hands in rooms, by option."""
        return [
            sum(room.counts[place] for room in self.rooms) for place in range(len(self.options))
        ]

    @property
    def counts(self):
        return [one + other for one, other in zip(self.by_device, self.by_hands, strict=True)]

    @property
    def verdict(self) -> Verdict:
        return judged(
            self.counts,
            self.option,
            self.present,
            self.entitled,
            self.quorum,
            self.threshold,
            self.electorate,
        )


def head(counted):
    """The rows before the ballots."""
    yield FORMAT, 1
    yield "conference", *counted.conference
    yield "poll", *counted.poll
    yield "kind", counted.kind
    yield "secrecy", counted.secrecy
    yield "franchise", counted.franchise
    yield "electorate", counted.electorate
    yield "opened", _instant(counted.opened)
    yield "closed", _instant(counted.closed)
    for number, text in enumerate(counted.options, 1):
        yield "option", number, text
    yield "roll", *counted.roll
    yield "present", counted.present
    yield "entitled", counted.entitled
    for name, rule in (("quorum", counted.quorum), ("threshold", counted.threshold)):
        if rule:
            yield (
                name,
                rule.key,
                rule.number,
                rule.sense,
                _number(rule.value),
                rule.unit,
                ", ".join(part for part in (rule.article, rule.text) if part),
            )
    if counted.threshold:
        yield "decides", counted.option + 1
    for number, room in enumerate(counted.rooms, 1):
        yield "room", number, room.name, room.heads, room.devices, *room.counts
    for number, (device, hands) in enumerate(
        zip(counted.by_device, counted.by_hands, strict=True), 1
    ):
        yield "count", number, device, hands, device + hands
    yield "cast", sum(counted.counts)
    yield "verdict", counted.verdict.outcome
    yield "ballots", len(counted.ballots)


def lines_of(counted):
    """The lines that the root stands for, without their ends."""
    rows = [*head(counted), *((*ballot[:-1], ballot[-1] + 1) for ballot in counted.ballots)]
    return [written(row) for row in rows]


def written(row):
    """A row as it stands in the file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(row)
    return text.getvalue()


def read(line):
    """The fields of a line."""
    return next(csv.reader([line]))


def published(lines, public_key, signature):
    """The whole file from its lines and the signature under their root."""
    ends = [
        written(("root", len(lines), merkle.root(lines))),
        written(("signed", public_key, signature)),
    ]
    return "\n".join([*lines, *ends]) + "\n"


def lines_in(content):
    """The lines under the root, of a published file."""
    return content.split("\n")[:-3]


def ballots_in(lines):
    """(index of the first ballot, fields of each) of the lines of a file."""
    for index, line in enumerate(lines):
        if line.startswith("ballots,"):
            return index + 1, [read(ballot) for ballot in lines[index + 1 :]]
    raise ValueError("no ballots")


def _instant(instant):
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(value):
    return str(Fraction(value))
