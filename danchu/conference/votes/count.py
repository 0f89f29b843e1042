"""The count of a poll, read from the tables: the ballots from the urn or by name, the hands of
rooms, the numbers they are judged against. Nothing is written; actions/polls.py does that.
"""

from collections import Counter

from django.utils.translation import gettext as _

from danchu.conference.models import RollEntry, RoomCount, Vote
from danchu.conference.votes import roll
from danchu.conference.votes.result_file import PollCount, RoomResult
from danchu.conference.votes.verdict import explain_verdict, judge_poll
from danchu.conference.words import Franchise, Secrecy
from danchu.kernel.days import day_of
from danchu.kernel.refusals import Refused
from danchu.kernel.text import sort_key
from danchu.law.models import RuleVersion
from danchu.vault.urn import Urn, UrnLost


def open_ballots(poll):
    """[(code, choice)] of all votes of a closed secret poll, ordered by code. Refused when any
    cannot be opened.
    """
    ballots = []
    try:
        with Urn(poll.uid) as urn:
            for voter, sealed in Vote.objects.filter(poll=poll).values_list("voter_id", "sealed"):
                choice, code = urn.unseal(poll.pk, voter, sealed)
                ballots.append((code, choice))
    except (UrnLost, TypeError):
        raise Refused(
            _(
                "Không mở được hòm phiếu: khóa của nó không còn ở máy này, hoặc phiếu đã "
                "bị sửa. Hãy hủy và biểu quyết lại."
            )
        ) from None
    return sorted(ballots)


def named_ballots(poll):
    """The ballot lines of a named vote, in published order."""
    votes = Vote.objects.filter(poll=poll)
    if poll.publishes_names:
        rows = votes.values_list("voter__name", "voter__uid", "voter__point__name", "choice")
        sorted_rows = sorted(rows, key=lambda row: (sort_key(row[0]), row[1]))
        return [
            (number, name, point or "", choice)
            for number, (name, _uid, point, choice) in enumerate(sorted_rows, 1)
        ]
    entries = roll.roll_entries(poll)
    return sorted(
        (entries[voter], choice) for voter, choice in votes.values_list("voter_id", "choice")
    )


def room_results(poll):
    """[RoomResult] of the rooms that counted hands."""
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


def rooms_with_excess_hands(poll):
    """The RoomResults with more hands than people left to raise one."""
    return [room for room in room_results(poll) if sum(room.counts) > room.heads - room.devices]


def count_present(poll, results):
    """How many were present to vote: at the opening, or, where rooms counted hands, their heads and
    those on the roll elsewhere.
    """
    if poll.franchise == Franchise.DELEGATES:
        return poll.basis["present"]
    heads = sum(room.heads for room in results)
    if poll.franchise == Franchise.ROOMS:
        return heads
    points = RoomCount.objects.filter(poll=poll).values("point_id")
    return heads + RollEntry.objects.filter(poll=poll).exclude(voter__point_id__in=points).count()


def final_count(poll, ballots):
    """The PollCount of a closed poll, with these ballot lines."""
    results = room_results(poll)
    basis = poll.basis
    conference = poll.conference
    return PollCount(
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
        count_present(poll, results),
        basis["entitled"],
        frozen_rule(basis["quorum"]),
        frozen_rule(basis["threshold"]),
        poll.threshold_option,
        tuple(results),
        tuple(ballots),
    )


def frozen_rule(number):
    """The version of a rule that was frozen when the poll was opened; None for none."""
    return RuleVersion.objects.select_related("text").get(pk=number).rule if number else None


def ballot_lines(poll):
    """The ballot lines of a closed poll: from the urn, or by name."""
    return open_ballots(poll) if poll.secrecy == Secrecy.SECRET else named_ballots(poll)


def verdict_of(poll):
    """The Verdict of a declared poll, computed again from the stored numbers; None before."""
    if not poll.result or "present" not in poll.result:
        return None
    result = poll.result
    basis = poll.basis
    return judge_poll(
        result["counts"],
        poll.threshold_option,
        result["present"],
        result["entitled"],
        frozen_rule(basis["quorum"]),
        frozen_rule(basis["threshold"]),
        poll.electorate,
    )


def stored_result(result, declaration):
    """What is stored of the result in the poll's row; "told" is the part that the hall is sent."""
    verdict = result.verdict
    electorate = result.roll[0] if result.franchise == Franchise.DELEGATES else result.present
    public = {
        "cast": sum(result.counts),
        "roll": electorate,
        "counts": result.counts,
        "outcome": verdict.outcome,
        "why": explain_verdict(verdict),
    }
    return {
        "told": public,
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
