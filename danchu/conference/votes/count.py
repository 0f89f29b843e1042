"""What a poll came to, read from the tables: the ballots out of the urn or by name, the hands of
the rooms, the people they count against.

It reads only; actions/polls.py writes what it finds.
"""

from collections import Counter

from django.utils.translation import gettext as _

from danchu.conference.models import RollEntry, RoomCount, Vote
from danchu.conference.votes import roll
from danchu.conference.votes.result_file import Counted, RoomResult
from danchu.conference.votes.urn import Urn, UrnLost
from danchu.conference.votes.verdict import judged, why
from danchu.conference.words import Franchise, Secrecy
from danchu.kernel.days import day_of
from danchu.kernel.refusals import Refused
from danchu.kernel.text import sort_key
from danchu.law.models import RuleVersion


def opened_urn(poll):
    """[(code, choice)] of all votes of a closed secret poll, in the order of the codes. Refused
    when any cannot be opened.
    """
    found = []
    try:
        urn = Urn(poll.uid)
        for voter, sealed in Vote.objects.filter(poll=poll).values_list("voter_id", "sealed"):
            choice, code = urn.unseal(poll.pk, voter, sealed)
            found.append((code, choice))
    except (UrnLost, TypeError):
        raise Refused(
            _(
                "Không mở được hòm phiếu: khóa của nó không còn ở máy này, hoặc phiếu đã "
                "bị sửa. Hãy hủy và biểu quyết lại."
            )
        ) from None
    return sorted(found)


def named_ballots(poll):
    """The lines of a named vote, in published order."""
    votes = Vote.objects.filter(poll=poll)
    if poll.publishes_names:
        rows = votes.values_list("voter__name", "voter__uid", "voter__point__name", "choice")
        ordered = sorted(rows, key=lambda row: (sort_key(row[0]), row[1]))
        return [
            (number, name, point or "", choice)
            for number, (name, _uid, point, choice) in enumerate(ordered, 1)
        ]
    entries = roll.entries(poll)
    return sorted(
        (entries[voter], choice) for voter, choice in votes.values_list("voter_id", "choice")
    )


def rooms(poll):
    """A RoomResult of each room that counted hands."""
    devices = Counter(
        Vote.objects.filter(poll=poll, voter__point__isnull=False).values_list(
            "voter__point_id", flat=True
        )
    )
    rows = (
        RoomCount.objects.filter(poll=poll)
        .select_related("point")
        .order_by("point__position", "point_id")
    )
    return [
        RoomResult(
            row.point.name,
            row.heads,
            devices[row.point_id] if poll.franchise == Franchise.BOTH else 0,
            tuple(row.counts),
        )
        for row in rows
    ]


def crowded(poll):
    """The rooms that counted more hands than there were people left to raise one."""
    return [room for room in rooms(poll) if sum(room.counts) > room.heads - room.devices]


def present(poll, found):
    """How many were present to vote: at the opening, or, where rooms counted hands, their heads
    and the others on the roll.
    """
    if poll.franchise == Franchise.DELEGATES:
        return poll.basis["present"]
    heads = sum(room.heads for room in found)
    if poll.franchise == Franchise.ROOMS:
        return heads
    counted = RoomCount.objects.filter(poll=poll).values("point_id")
    return heads + RollEntry.objects.filter(poll=poll).exclude(voter__point_id__in=counted).count()


def final_count(poll, ballots):
    """Everything the result of a closed poll follows from, with these ballots."""
    found = rooms(poll)
    basis = poll.basis
    conference = poll.conference
    return Counted(
        (str(conference.uid), conference.title, day_of(conference.starts_at).isoformat()),
        (str(poll.uid), poll.title),
        poll.kind,
        poll.secrecy,
        poll.franchise,
        poll.electorate,
        poll.opened_at,
        poll.closed_at,
        tuple(poll.options),
        (basis["roll"], basis["root"]),
        present(poll, found),
        basis["entitled"],
        rule(basis["quorum"]),
        rule(basis["threshold"]),
        poll.threshold_option,
        tuple(found),
        tuple(ballots),
    )


def rule(number):
    """The version of a rule that was frozen when the poll was opened; None for none."""
    return RuleVersion.objects.select_related("text").get(pk=number).rule if number else None


def ballots(poll):
    """The lines of the ballots of a closed poll: out of the urn, or by name."""
    return opened_urn(poll) if poll.secrecy == Secrecy.SECRET else named_ballots(poll)


def verdict_of(poll):
    """The Verdict of a declared poll again, from the numbers it was declared with; None before."""
    if not poll.result or "present" not in poll.result:
        return None
    told = poll.result
    basis = poll.basis
    return judged(
        told["counts"],
        poll.threshold_option,
        told["present"],
        told["entitled"],
        rule(basis["quorum"]),
        rule(basis["threshold"]),
        poll.electorate,
    )


def kept_result(result, declaration):
    """What the poll's row keeps of the result, and of it what the hall is told."""
    verdict = result.verdict
    whole = result.roll[0] if result.franchise == Franchise.DELEGATES else result.present
    told = {
        "cast": sum(result.counts),
        "roll": whole,
        "counts": result.counts,
        "outcome": verdict.outcome,
        "why": why(verdict),
    }
    return {
        "told": told,
        "counts": result.counts,
        "by_device": result.by_device,
        "by_hands": result.by_hands,
        "outcome": verdict.outcome,
        "present": result.present,
        "entitled": result.entitled,
        "root": declaration.root,
        "size": declaration.size,
        "rooms": [
            {
                "name": room.name,
                "heads": room.heads,
                "devices": room.devices,
                "counts": list(room.counts),
            }
            for room in result.rooms
        ],
    }
