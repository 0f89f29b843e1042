"""Invitations are sent: to many at once, or to one delegate again."""

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from danchu.conference.models import Conference, Delegate
from danchu.conference.rules import ANNOUNCED, NO_RIGHT, UNFINISHED, lock_conference, may_prepare
from danchu.conference.votes.roll import COMING
from danchu.conference.words import LetterState
from danchu.conference.writes.letters import (
    INVITATION,
    host_of,
    notice_fields,
    to_invite,
    with_letters,
)
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.refusals import Refused, require
from danchu.notices.actions import tell_people

# Statistics gathered while thousands of delegates were being written say that there are none. Until
# the next ANALYZE, nested loops would compare all rows with each other, for a quarter of an hour.
_WITHOUT_NESTED_LOOPS = "SET LOCAL enable_nestloop = off"
_WITH_NESTED_LOOPS = "SET LOCAL enable_nestloop = on"
_MARK_INVITED = """
    UPDATE conference_delegate d SET invitation_id = g.notice, invited_issue = g.issue
    FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS g(delegate, notice, issue) WHERE d.id =
        g.delegate
"""


@transaction.atomic
def send_invitations(
    conference: Conference,
    *,
    by: Acting,
    entry_url: str,
    delegates: QuerySet[Delegate] | None = None,
) -> int:
    """Queue invitations for those of the `delegates` (by default all) who have an address and were
    not sent the current code. Returns how many.

    `entry_url` is the address at which codes are entered. Idempotent, also when pressed by two
    people at once. Refused before the conference was convened; Denied without the right.
    """
    require(may_prepare(by, conference), NO_RIGHT)
    conference = _lock_convened(conference)
    delegates = Delegate.objects.all() if delegates is None else delegates
    number = _queue_invitations(
        conference, to_invite(delegates.filter(conference=conference)), entry_url, by
    )
    record(by, "conference.invitations_sent", conference, unit=conference.unit_id, number=number)
    return number


@transaction.atomic
def send_invitation_again(delegate: Delegate, *, by: Acting, entry_url: str) -> Delegate:
    """Queue one invitation again, for a delegate who has lost it. Refused when they do not attend,
    have no address, or one is queued already; Denied without the right.
    """
    require(may_prepare(by, delegate.conference), NO_RIGHT)
    conference = _lock_convened(delegate.conference)
    row = with_letters(
        Delegate.objects.filter(
            conference=conference, pk=delegate.pk, pass_in__isnull=False, state__in=COMING
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
    _queue_invitations(conference, Delegate.objects.filter(pk=row.pk), entry_url, by)
    record(by, "delegate.invitation_sent", row, unit=conference.unit_id)
    return row


def _lock_convened(conference):
    conference = lock_conference(conference, UNFINISHED)
    if conference.state not in ANNOUNCED:
        raise Refused(_("Hãy triệu tập hội nghị trước khi gửi giấy mời."))
    return conference


def _queue_invitations(conference, rows, entry_url, by):
    """Create the notices for the delegates and store which code each was sent: the same number of
    statements for one and for thousands.
    """
    rows = rows.select_related("point", "pass_in").select_for_update(of=("self",)).order_by("pk")
    with connection.cursor() as cursor:
        cursor.execute(_WITHOUT_NESTED_LOOPS)
        rows = list(rows)
        host = host_of(conference)
        for row in rows:
            row.conference = conference
        if rows:
            letters = [notice_fields(INVITATION, row, host, entry_url) for row in rows]
            notices = tell_people(letters, by=by)
            issues = [row.pass_in.issue for row in rows]
            cursor.execute(_MARK_INVITED, [[row.pk for row in rows], notices, issues])
        cursor.execute(_WITH_NESTED_LOOPS)
    return len(rows)
