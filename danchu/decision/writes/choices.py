"""A choice on line, written once for each household; changed until the poll closes. The journal has
no entry for it: order and time of choices must not be stored.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from danchu.decision.models import OnlineChoice, OnlinePoll
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused
from danchu.subjects.prepared import prepared_rows
from danchu.vault.signatures import sign_receipt
from danchu.vault.urn import Urn, UrnLost

YES, NO, OTHER = range(3)
LONGEST_OPINION = 300
# Bytes of an opinion in a sealed choice: all are of one length, so the length tells nothing.
OPINION_BYTES = 4 * LONGEST_OPINION
# A changed choice keeps the seed of the first, so that the household keeps its receipt.
_WRITE = """
WITH poll AS (
    SELECT id, vote_id FROM decision_onlinepoll
    WHERE id = $1 AND opened_at IS NOT NULL AND closed_at IS NULL AND until >= $4
    FOR SHARE
)
INSERT INTO decision_onlinechoice AS stored (poll_id, entry_id, sealed)
SELECT poll.id, e.id, $3 FROM poll
JOIN decision_rollentry e ON e.id = $2 AND e.vote_id = poll.vote_id AND e.is_online
ON CONFLICT (poll_id, entry_id) DO UPDATE
    SET sealed = substr(stored.sealed, 1, 16) || substr(excluded.sealed, 17)
RETURNING sealed
"""


class Receipt(NamedTuple):
    """What a household gets: a code that will be in the file, signed. It says no choice."""

    code: str
    signature: str


def write_choice(poll: OnlinePoll, entry: int, choice: int, opinion: str = "") -> Receipt:
    """Write the choice of the household with this entry of the roll in place of an earlier one:
    one statement, so no transaction around it. Refused once the poll is over.
    """
    text = opinion.encode()[:OPINION_BYTES].ljust(OPINION_BYTES, b"\0")
    try:
        with Urn(poll.uid) as urn:
            sealed = urn.seal(poll.pk, entry, choice, text)
            rows = prepared_rows(_WRITE, (poll.pk, entry, sealed, today()))
            if not rows:
                raise _over()
            _choice, code = urn.unseal(poll.pk, entry, rows[0][0])
    except UrnLost:
        raise _over() from None
    return Receipt(code, sign_receipt(poll.uid, code))


def standing_choice(poll: OnlinePoll, entry: int) -> int | None:
    """The choice that stands while the poll is open; None without one."""
    sealed = OnlineChoice.objects.filter(poll=poll, entry_id=entry).values_list("sealed", flat=True)
    row = sealed.first()
    if row is None:
        return None
    with Urn(poll.uid) as urn:
        return urn.unseal(poll.pk, entry, row)[0]


def open_choices(poll: OnlinePoll) -> list[tuple[int, str, str]]:
    """[(choice, code, opinion)] of a poll that is locked. Refused where any does not open."""
    opened = []
    try:
        with Urn(poll.uid) as urn:
            rows = OnlineChoice.objects.filter(poll=poll).values_list("entry_id", "sealed")
            for entry, sealed in rows:
                choice, code, text = urn.unseal_text(poll.pk, entry, sealed)
                opened.append((choice, code, text.rstrip(b"\0").decode(errors="ignore")))
    except (UrnLost, TypeError):
        raise Refused(
            _("Không mở được hòm phiếu: khóa của nó không còn ở máy này, hoặc phiếu đã bị sửa.")
        ) from None
    return opened


def _over():
    return Refused(_("Đã hết thời gian biểu quyết: phiếu này không được tính."))
