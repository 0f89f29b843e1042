"""Invitations are sent: to many at once, or to one again."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from danchu.conference.models import Delegate
from danchu.conference.rules import LIVING, NO_RIGHT, TOLD, locked, may_prepare
from danchu.conference.votes.roll import COMING
from danchu.conference.words import LetterState
from danchu.conference.writes.letters import (
    INVITATION,
    host_of,
    to_invite,
    waiting_letter,
    with_letters,
)
from danchu.journal.actions import record
from danchu.kernel.refusals import Refused, require
from danchu.notices.actions import tell_people

# Statistics taken while thousands of delegates were being written say that there are none: until
# the next ones, joins row by row would compare everyone with everyone, for a quarter of an hour.
_MANY = "SET LOCAL enable_nestloop = off"
_ANY = "SET LOCAL enable_nestloop = on"
_KEEP = """
    UPDATE conference_delegate d SET invitation_id = g.notice, invited_issue = g.issue
    FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS g(delegate, notice, issue) WHERE d.id =
        g.delegate
"""


@transaction.atomic
def send_invitations(conference, *, by, door, among=None):
    """Let invitations wait for those of the delegates `among` (all) who have an address and were
    not sent what holds now; how many.

    `door` is the address under which codes are entered. Pressed twice, or by two at once, each
    delegate has one.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    found = _convened(conference)
    rows = Delegate.objects.all() if among is None else among
    number = _queue(found, to_invite(rows.filter(conference=found)), door, by)
    record(by, "conference.invitations_sent", found, unit=found.unit_id, number=number)
    return number


@transaction.atomic
def send_invitation_again(delegate, *, by, door):
    """One invitation, to who was sent one already, too: he has lost it."""
    require(may_prepare(by, delegate.conference), NO_RIGHT)
    found = _convened(delegate.conference)
    row = with_letters(
        Delegate.objects.filter(
            conference=found, pk=delegate.pk, pass_in__isnull=False, state__in=COMING
        )
    ).first()
    if row is None:
        raise Refused(_("Chỉ gửi giấy mời cho người sẽ dự."))
    if row.letter == LetterState.NO_CONTACT:
        raise Refused(
            _("Chưa có số điện thoại hay thư điện tử: hãy ghi rồi gửi, hoặc in giấy mời.")
        )
    if row.letter == LetterState.WAITING:
        raise Refused(_("Giấy mời đang chờ gửi."))
    _queue(found, Delegate.objects.filter(pk=row.pk), door, by)
    record(by, "delegate.invitation_sent", row, unit=found.unit_id)
    return row


def _convened(conference):
    found = locked(conference, LIVING)
    if found.state not in TOLD:
        raise Refused(_("Hãy triệu tập hội nghị trước khi gửi giấy mời."))
    return found


def _queue(conference, rows, door, by):
    """Notices for the delegates and what each was sent: the same few statements for one and for
    thousands.
    """
    rows = rows.select_related("point", "pass_in").select_for_update(of=("self",)).order_by("pk")
    with connection.cursor() as cursor:
        cursor.execute(_MANY)
        rows = list(rows)
        where = host_of(conference)
        for row in rows:
            row.conference = conference
        if rows:
            letters = [waiting_letter(INVITATION, row, where, door) for row in rows]
            notices = tell_people(letters, by=by)
            issues = [row.pass_in.issue for row in rows]
            cursor.execute(_KEEP, [[row.pk for row in rows], notices, issues])
        cursor.execute(_ANY)
    return len(rows)
