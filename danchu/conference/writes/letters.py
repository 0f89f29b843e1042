"""Letters to delegates: the invitation with the code, a new time or room, the cancellation.

The code is derived when the letter is sent and stored nowhere. A letter that is no longer right at
that moment (another pass, another address, a delegate who does not come, a cancelled conference) is
dropped.
"""

from functools import partial

from django.conf import settings
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import override

from danchu.conference.access.codes import personal_code
from danchu.conference.models import Delegate
from danchu.conference.rules import ANNOUNCED
from danchu.conference.votes.roll import COMING
from danchu.conference.words import DelegateState, LetterState, State
from danchu.kernel.days import VIETNAM, day_of, show_day
from danchu.notices.actions import tell_people
from danchu.notices.letters import Letter
from danchu.notices.models import Channel, Notice
from danchu.notices.models import State as NoticeState
from danchu.obligations.clock import LAW
from danchu.units.names import names_of

INVITATION = "invitation"
MOVED = "conference_moved"
OTHER_ROOM = "conference_room"
CALLED_OFF = "conference_off"
# Those who count on coming, with or without a place yet.
AWARE = (*COMING, DelegateState.WAITING)
MASKED = "…"  # stands for a code where others may read it
_CURRENT = Q(invitation__isnull=False, invited_issue=F("pass_in__issue"))


def with_letters(rows):
    """Delegates annotated with `letter`, the LetterState of each."""
    cases = (
        When(contact="", then=Value(LetterState.NO_CONTACT)),
        When(_CURRENT, then=F("invitation__state")),
    )
    return rows.annotate(
        letter=Case(*cases, default=Value(LetterState.UNSENT), output_field=CharField())
    )


def to_invite(rows):
    """Those of the delegates who attend and were not sent what is valid now: nothing yet, an old
    code, to another address, or without success.
    """
    return with_letters(rows).filter(
        state__in=COMING, pass_in__isnull=False, letter__in=[LetterState.UNSENT, LetterState.FAILED]
    )


def without_contact(rows):
    """Those who attend and have no address: they are handed a printed sheet."""
    return rows.filter(state__in=COMING, pass_in__isnull=False, contact="")


def channel_of(contact):
    """E-mail where the address is one, else the channel that the operator chose for telephones."""
    return Channel.EMAIL if "@" in contact else Channel(settings.NOTICE_PHONE_CHANNEL)


def notice_fields(kind, delegate, host, entry_url=""):
    """The fields of a queued Notice; the code is masked until it is rendered."""
    with override(settings.LANGUAGE_CODE):
        text = _WORDS[kind](delegate, host, entry_url, MASKED)[1]
    return {
        "channel": channel_of(delegate.contact),
        "target": delegate.contact,
        "text": text[:500],
        "link": entry_url[:200],
        "subject_kind": kind,
        "subject": delegate.pk,
    }


def host_of(conference):
    """The name, on the day of the conference, of the unit that invites."""
    key = (conference.unit_id, day_of(conference.starts_at))
    return names_of({key})[key]


def notify_of_change(conference, kind, point=None):
    """Notify everybody (of one bridge point) who has an address and counts on coming that the
    conference was moved or cancelled, or that the room is another one: invited, registered, waiting
    for a place. Returns how many. Delegates whose invitation is still queued are skipped: it is
    rendered at send time, so it carries the new time or is dropped. An invitation that is being
    sent at this moment counts as sent.
    """
    rows = Delegate.objects.filter(conference=conference, state__in=AWARE).exclude(contact="")
    rows = rows.filter(point=point) if point else rows
    queued_notices = Notice.objects.filter(
        pk__in=rows.values("invitation"), state=NoticeState.WAITING, tried_at=None
    )
    queued_ids = set(
        queued_notices.select_for_update(skip_locked=True).values_list("pk", flat=True)
    )
    rows = [
        row
        for row in rows.select_related("point").order_by("pk")
        if row.invitation_id not in queued_ids
    ]
    host = host_of(conference)
    for row in rows:
        row.conference = conference
    if rows:
        tell_people([notice_fields(kind, row, host) for row in rows], by=LAW)
    return len(rows)


def render_letters(kind, notices):
    """{notice id: Letter} of those notices that are still valid."""
    rows = Delegate.objects.filter(state__in=AWARE).select_related("point", "pass_in", "conference")
    if kind == INVITATION:
        delegates = {
            row.invitation_id: row
            for row in rows.filter(
                _CURRENT,
                state__in=COMING,
                invitation__in=notices,
                conference__state__in=ANNOUNCED,
            )
        }
    else:
        states = (State.CANCELLED,) if kind == CALLED_OFF else ANNOUNCED
        by_id = rows.filter(conference__state__in=states).in_bulk(
            {notice.subject for notice in notices}
        )
        delegates = {
            notice.pk: by_id[notice.subject] for notice in notices if notice.subject in by_id
        }
    names = names_of(
        {(row.conference.unit_id, day_of(row.conference.starts_at)) for row in delegates.values()}
    )
    letters = {}
    for notice in notices:
        row = delegates.get(notice.pk)
        if row is not None and row.contact == notice.target:
            letters[notice.pk] = _letter(
                kind,
                row,
                names[row.conference.unit_id, day_of(row.conference.starts_at)],
                notice.link,
            )
    return letters


def _letter(kind, row, host, entry_url):
    code = ""
    if kind == INVITATION:
        code = personal_code(row.uid, row.pass_in.issue, row.pass_in.secret)
    with override(settings.LANGUAGE_CODE):
        title, text = _WORDS[kind](row, host, entry_url, code)
        return Letter(title, text, _WORDS[kind](row, host, entry_url, MASKED)[1])


def _letter_values(row, host):
    conference = row.conference
    place = _("dự trực tuyến")
    if row.point:
        place = ", ".join(filter(None, (row.point.name, row.point.room)))
    return {
        "where": host[:100],
        "title": conference.title[:150],
        "place": place[:120],
        "day": show_day(day_of(conference.starts_at)),
        "hour": conference.starts_at.astimezone(VIETNAM).strftime("%H:%M"),
    }


def _invitation(row, host, entry_url, code):
    facts = {**_letter_values(row, host), "address": f"{entry_url}{code}/", "code": code}
    text = _(
        "%(where)s trân trọng kính mời dự “%(title)s” lúc %(hour)s ngày %(day)s, "
        "%(place)s. Vào hội trường: %(address)s, mã %(code)s."
    )
    return _("Giấy mời: %(title)s, %(hour)s ngày %(day)s") % facts, text % facts


def _moved(row, host, _entry_url, _code):
    facts = _letter_values(row, host)
    text = _("“%(title)s” của %(where)s đổi giờ: lúc %(hour)s ngày %(day)s, %(place)s.") % facts
    if row.invitation_id:
        text += " " + _("Mã trên giấy mời đã gửi vẫn dùng được.")
    elif row.state == DelegateState.WAITING:
        text += " " + _("Ông/bà vẫn đang chờ có chỗ.")
    return _("Đổi giờ: %(title)s, %(hour)s ngày %(day)s") % facts, text


def _other_room(row, host, _entry_url, _code):
    facts = _letter_values(row, host)
    return _("Đổi phòng: %(title)s, %(hour)s ngày %(day)s") % facts, _(
        "“%(title)s” của %(where)s lúc %(hour)s ngày %(day)s: điểm cầu của ông/bà nay ở %(place)s."
    ) % facts


def _called_off(row, host, _entry_url, _code):
    facts = _letter_values(row, host)
    return _("Không tổ chức: %(title)s") % facts, _(
        "“%(title)s” của %(where)s lúc %(hour)s ngày %(day)s không tổ chức. Ông/bà không phải đến."
    ) % facts


_WORDS = {
    INVITATION: _invitation,
    MOVED: _moved,
    OTHER_ROOM: _other_room,
    CALLED_OFF: _called_off,
}
LETTER_RENDERERS = {kind: partial(render_letters, kind) for kind in _WORDS}
