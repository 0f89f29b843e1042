"""The code of a sheet that is printed to come back: of digits, which every keyboard types alike.

    128-2-1-47  the 128th decision, its second vote, a list of attendance, two digits that check it

It is no secret. Ballots have none.
"""

import re

from danchu.decision.models import HouseholdDecision, SheetKind

_NUMBERS = {
    SheetKind.ATTENDANCE: 1,
    SheetKind.ISSUED: 2,
    SheetKind.CONSENTS: 3,
    SheetKind.COUNT: 4,
}
_KINDS = {number: kind for kind, number in _NUMBERS.items()}
_FORM = re.compile(r"(\d{1,18})-(\d{1,3})-(\d)-(\d\d)")
_PRIME = 97


def sheet_code(decision: HouseholdDecision, vote_number: int, kind: SheetKind) -> str:
    """The code of the sheet of a kind; `vote_number` is 0 before the first vote."""
    number = _NUMBERS[kind]
    return f"{decision.pk}-{vote_number}-{number}-{_check(decision.pk, vote_number, number):02d}"


def read_code(text: object) -> tuple[int, int, SheetKind] | None:
    """(key of the decision, number of the vote, kind) of a code as it was typed, with whatever
    stands between its numbers; None where it is none.
    """
    match = _FORM.fullmatch("-".join(re.findall(r"[0-9]+", str(text)[:60])))
    if match is None:
        return None
    decision, vote_number, number, check = map(int, match.groups())
    if number not in _KINDS or check != _check(decision, vote_number, number):
        return None
    return decision, vote_number, _KINDS[number]


def _check(*numbers: int) -> int:
    """Two digits that differ when one digit is mistyped, or two that stand beside each other are
    exchanged (as ISO 7064, MOD 97).
    """
    return int("".join(f"{number:03d}" for number in numbers)) * 100 % _PRIME
