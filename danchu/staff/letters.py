"""The letters of invitations and of resets. The code is derived when a letter is written and stored
nowhere; a letter that is no longer right at that moment is dropped.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from danchu.kernel.days import now, show_day, today
from danchu.kernel.text import clean
from danchu.notices.letters import Letter
from danchu.notices.models import Channel, Notice, State
from danchu.people.models import Account
from danchu.staff.codes import invitation_code
from danchu.staff.models import Invitation
from danchu.units.names import name_of

MASKED = "…"  # stands for a code where others may read it


def own_address(path: str) -> str:
    """An address of this site, for letters: under the first origin or host of the settings; on this
    machine itself with the port.
    """
    host = next(iter(settings.ALLOWED_HOSTS), "localhost")
    if host in ("127.0.0.1", "localhost"):
        host = f"{host}:{settings.PORT}"
    origins = settings.CSRF_TRUSTED_ORIGINS
    origin = origins[0] if origins else f"{'https' if settings.SECURE else 'http'}://{host}"
    return f"{origin.rstrip('/')}{path}"


def invitation_notice(invitation: Invitation) -> dict[str, object]:
    """The fields of the queued Notice of an invitation; the code is masked until it is sent."""
    is_message = invitation.channel == "sms"
    with override(settings.LANGUAGE_CODE):
        return {
            "channel": Channel.SMS if is_message else Channel.EMAIL,
            "target": invitation.phone if is_message else invitation.email,
            "text": _text(invitation, MASKED)[:500],
            "subject_kind": Invitation.journal_kind,
            "subject": invitation.pk,
        }


def notice_to(account: Account, text: str) -> dict[str, object]:
    """The fields of a queued Notice to the owner of an account."""
    return {"channel": Channel.EMAIL, "target": account.email, "text": text[:500]}


def desk_notice(reader: Account, text: str, page_of: Account) -> dict[str, object]:
    """The fields of a Notice on the desk of somebody, with a link to the page of a person."""
    return {
        "channel": Channel.DESK,
        "account": reader,
        "text": text[:500],
        "link": reverse("desk_person", args=[page_of.pk]),
        "state": State.SENT,
        "sent_at": now(),
    }


def write_letters(notices: Iterable[Notice]) -> dict[int, Letter]:
    """{primary key: Letter} of the notices whose invitation is still valid and goes there."""
    rows = list(notices)
    invitations = (
        Invitation.objects.valid()
        .select_related("office_kind", "unit")
        .in_bulk([notice.subject for notice in rows if notice.subject is not None])
    )
    letters = {}
    for notice in rows:
        invitation = invitations.get(notice.subject)
        if invitation is not None and notice.target in (invitation.email, invitation.phone):
            with override(settings.LANGUAGE_CODE):
                code = invitation_code(invitation.uid, invitation.issue)
                letters[notice.pk] = Letter(
                    _("Dân Chủ: mời nhận chức trách"),
                    _text(invitation, code),
                    _text(invitation, MASKED),
                )
    return letters


def _text(invitation: Invitation, code: str) -> str:
    path = reverse("join_by", args=[code]) if code != MASKED else f"{reverse('join')}{MASKED}/"
    words = {
        "office": invitation.office_kind.name_vi[:120],
        "where": clean(name_of(invitation.unit_id, today()))[:80],
        "day": show_day(invitation.since),
        "address": own_address(path),
        "code": code,
    }
    if invitation.channel == "sms":
        return (
            _(
                "Dân Chủ: mời nhận chức trách %(office)s, %(where)s. Mở %(address)s, mã %(code)s, "
                "dùng một lần, trong ba ngày."
            )
            % words
        )
    return (
        _(
            "Ông/bà được mời nhận chức trách %(office)s, %(where)s, từ ngày %(day)s. Mở "
            "%(address)s để nhận và đặt mật khẩu; mã là %(code)s, dùng được một lần, trong ba "
            "ngày. Nếu không phải việc của mình, xin bỏ qua thư này."
        )
        % words
    )


LETTER_WRITERS = {Invitation.journal_kind: write_letters}
