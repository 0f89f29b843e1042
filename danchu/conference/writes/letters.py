"""What delegates are written: the invitation with the code, that the conference moved, that it is
called off.

The code is made at the moment of sending and rests nowhere; what no longer holds then (another
pass, another address, a delegate who does not come, a conference that is not held) is not sent.
"""

from functools import partial

from django.conf import settings
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import override

from danchu.conference.access.codes import personal_code
from danchu.conference.models import Delegate
from danchu.conference.rules import TOLD
from danchu.conference.votes.roll import COMING
from danchu.conference.words import LetterState, State
from danchu.kernel.days import VIETNAM, day_of, show_day
from danchu.notices.actions import tell_people
from danchu.notices.letters import Letter
from danchu.notices.models import Channel, Notice
from danchu.notices.models import State as NoticeState
from danchu.obligations.clock import LAW
from danchu.units.names import names_of

INVITATION = "invitation"
MOVED = "conference_moved"
CALLED_OFF = "conference_off"
MASKED = "…"  # in the place of a code, where others may read
_CURRENT = Q(invitation__isnull=False, invited_issue=F("pass_in__issue"))


def with_letters(rows):
    """Delegates with `letter`, the LetterState of each."""
    cases = (
        When(contact="", then=Value(LetterState.NO_CONTACT)),
        When(_CURRENT, then=F("invitation__state")),
    )
    return rows.annotate(
        letter=Case(*cases, default=Value(LetterState.UNSENT), output_field=CharField())
    )


def to_invite(rows):
    """Those of the delegates who come and were not sent what holds now: never, another code, to
    another address, in vain.
    """
    return with_letters(rows).filter(
        state__in=COMING, pass_in__isnull=False, letter__in=[LetterState.UNSENT, LetterState.FAILED]
    )


def without_contact(rows):
    """Those who come and can only be handed a sheet."""
    return rows.filter(state__in=COMING, pass_in__isnull=False, contact="")


def channel_of(contact):
    """By e-mail where the address is one, else as the operator chose for telephones."""
    return Channel.EMAIL if "@" in contact else Channel(settings.NOTICE_PHONE_CHANNEL)


def waiting_letter(kind, delegate, where, door=""):
    """The fields of a Notice that waits to be completed."""
    with override(settings.LANGUAGE_CODE):
        text = _WORDS[kind](delegate, where, door, MASKED)[1]
    return {
        "channel": channel_of(delegate.contact),
        "target": delegate.contact,
        "text": text[:500],
        "link": door[:200],
        "subject_kind": kind,
        "subject": delegate.pk,
    }


def host_of(conference):
    """The name of the unit that invites, on the day."""
    key = (conference.unit_id, day_of(conference.starts_at))
    return names_of({key})[key]


def tell_change(conference, kind):
    """Tell who was sent an invitation that the conference moved or is called off; how many. Whose
    invitation still waits, and is not being sent at this moment, hears the new truth by it, or
    nothing.
    """
    asked = Delegate.objects.filter(
        conference=conference, invitation__isnull=False, state__in=COMING
    ).exclude(contact="")
    waits = Notice.objects.filter(pk__in=asked.values("invitation"), state=NoticeState.WAITING)
    held = set(waits.select_for_update(skip_locked=True).values_list("pk", flat=True))
    reached = (
        asked.filter(invitation__state__in=[NoticeState.SENT, NoticeState.WAITING])
        .select_related("point")
        .order_by("pk")
    )
    rows = [row for row in reached if row.invitation_id not in held]
    where = host_of(conference)
    for row in rows:
        row.conference = conference
    if rows:
        tell_people([waiting_letter(kind, row, where) for row in rows], by=LAW)
    return len(rows)


def completed(kind, notices):
    """{notice's id: Letter} of those that still hold."""
    rows = Delegate.objects.filter(state__in=COMING).select_related(
        "point", "pass_in", "conference"
    )
    if kind == INVITATION:
        found = {
            row.invitation_id: row
            for row in rows.filter(_CURRENT, invitation__in=notices, conference__state__in=TOLD)
        }
    else:
        states = TOLD if kind == MOVED else (State.CANCELLED,)
        known = rows.filter(conference__state__in=states).in_bulk(
            {notice.subject for notice in notices}
        )
        found = {notice.pk: known[notice.subject] for notice in notices if notice.subject in known}
    names = names_of(
        {(row.conference.unit_id, day_of(row.conference.starts_at)) for row in found.values()}
    )
    made = {}
    for notice in notices:
        row = found.get(notice.pk)
        if row is not None and row.contact == notice.target:
            made[notice.pk] = _letter(
                kind,
                row,
                names[row.conference.unit_id, day_of(row.conference.starts_at)],
                notice.link,
            )
    return made


def _letter(kind, row, where, door):
    code = personal_code(row.uid, row.pass_in.issue) if kind == INVITATION else ""
    with override(settings.LANGUAGE_CODE):
        title, text = _WORDS[kind](row, where, door, code)
        return Letter(title, text, _WORDS[kind](row, where, door, MASKED)[1])


def _facts(row, where):
    held = row.conference
    place = _("dự trực tuyến")
    if row.point:
        place = ", ".join(filter(None, (row.point.name, row.point.room)))
    return {
        "where": where[:100],
        "title": held.title[:150],
        "place": place[:120],
        "day": show_day(day_of(held.starts_at)),
        "hour": held.starts_at.astimezone(VIETNAM).strftime("%H:%M"),
    }


def _invitation(row, where, door, code):
    facts = {**_facts(row, where), "address": f"{door}{code}/", "code": code}
    text = _(
        "%(where)s trân trọng kính mời dự “%(title)s” lúc %(hour)s ngày %(day)s, "
        "%(place)s. Vào hội trường: %(address)s, mã %(code)s."
    )
    return _("Giấy mời: %(title)s, %(hour)s ngày %(day)s") % facts, text % facts


def _moved(row, where, _door, _code):
    facts = _facts(row, where)
    text = _(
        "“%(title)s” của %(where)s đổi giờ: lúc %(hour)s ngày %(day)s, %(place)s. Mã "
        "trên giấy mời đã gửi vẫn dùng được."
    )
    return _("Đổi giờ: %(title)s, %(hour)s ngày %(day)s") % facts, text % facts


def _called_off(row, where, _door, _code):
    facts = _facts(row, where)
    return _("Không tổ chức: %(title)s") % facts, _(
        "“%(title)s” của %(where)s lúc %(hour)s ngày %(day)s không tổ chức. Ông/bà không phải đến."
    ) % facts


_WORDS = {INVITATION: _invitation, MOVED: _moved, CALLED_OFF: _called_off}
COMPLETING = {kind: partial(completed, kind) for kind in _WORDS}
