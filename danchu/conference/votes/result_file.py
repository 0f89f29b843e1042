"""The published file of a poll: one text in a canonical form from which anyone can recount it
(portal/static/portal/kiem-phieu.py does).

UTF-8, lines ended by a line feed, fields as in CSV, quoted only where necessary. First the poll and
what was declared, then one line a ballot: of a secret vote `code,choice`, of a named one
`entry,choice` (votes/roll.py) or, where names are published, `number,name,point,choice`; choices
are numbered from 1. All these lines are the leaves of a tree (vault/merkle.py). Two more lines
carry its root and the signature under it (vault/signatures.py).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from danchu.conference.votes.verdict import Verdict, judge_poll
from danchu.law.rule import Rule
from danchu.vault.signed_file import csv_fields, csv_rows

FORMAT = "danchu-poll"


@dataclass(frozen=True)
class RoomResult:
    """Hands in a room: `heads` people in it, `devices` of its delegates who voted on their own
    device, `counts` by option.
    """

    name: str
    heads: int
    devices: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class PollCount:
    """Everything a result follows from. `ballots` are the fields of each line, the choice (from 0)
    last, in published order.
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
        """Votes of delegates' devices, by option."""
        numbers = [0] * len(self.options)
        for ballot in self.ballots:
            numbers[ballot[-1]] += 1
        return numbers

    @property
    def by_hands(self):
        """Hands in rooms, by option."""
        return [
            sum(room.counts[place] for room in self.rooms) for place in range(len(self.options))
        ]

    @property
    def counts(self):
        """All votes, by option."""
        return [votes + hands for votes, hands in zip(self.by_device, self.by_hands, strict=True)]

    @property
    def verdict(self) -> Verdict:
        """The Verdict on the counts."""
        return judge_poll(
            self.counts,
            self.option,
            self.present,
            self.entitled,
            self.quorum,
            self.threshold,
            self.electorate,
        )


def header_rows(count):
    """The rows before the ballots."""
    yield FORMAT, 1
    yield "conference", *count.conference
    yield "poll", *count.poll
    yield "kind", count.kind
    yield "secrecy", count.secrecy
    yield "franchise", count.franchise
    yield "electorate", count.electorate
    yield "opened", _instant(count.opened)
    yield "closed", _instant(count.closed)
    for number, text in enumerate(count.options, 1):
        yield "option", number, text
    yield "roll", *count.roll
    yield "present", count.present
    yield "entitled", count.entitled
    for name, rule in (("quorum", count.quorum), ("threshold", count.threshold)):
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
    if count.threshold:
        yield "decides", count.option + 1
    for number, room in enumerate(count.rooms, 1):
        yield "room", number, room.name, room.heads, room.devices, *room.counts
    for number, (device, hands) in enumerate(zip(count.by_device, count.by_hands, strict=True), 1):
        yield "count", number, device, hands, device + hands
    yield "cast", sum(count.counts)
    yield "verdict", count.verdict.outcome
    yield "ballots", len(count.ballots)


def file_lines(count):
    """The lines under the root, without line ends."""
    rows = [*header_rows(count), *((*ballot[:-1], ballot[-1] + 1) for ballot in count.ballots)]
    return csv_rows(rows)


def ballots_of(lines):
    """(index of the first ballot, fields of each ballot) of the lines of a file; ValueError where
    they have no ballots.
    """
    for index, line in enumerate(lines):
        if line.startswith("ballots,"):
            return index + 1, [csv_fields(ballot) for ballot in lines[index + 1 :]]
    raise ValueError("no ballots")


def _instant(instant):
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _number(value):
    return str(Fraction(value))
