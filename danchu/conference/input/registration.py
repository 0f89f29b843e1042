"""A registration: its form, and who may register."""

from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy

from danchu.conference.access.codes import read_shared
from danchu.conference.rules import may_prepare
from danchu.conference.words import Entry
from danchu.kernel.telephones import contact_key
from danchu.kernel.text import identity_key

WRONG_CODE = gettext_lazy("Mã hội nghị chưa đúng. Hãy gõ lại như trên giấy mời chung.")


class Registration(NamedTuple):
    """`fields`: the validated fields of a Delegate; `point`: the id of a bridge point; `uid`: the
    idempotency key of the form.
    """

    fields: dict
    point: int | None = None
    uid: UUID | None = None


def person_key(name, contact):
    """What tells one person of a conference from another: the name, whose tone and vowel marks
    count, and the address, a telephone number in one form (0912…, +84912…). None without an
    address.
    """
    return (identity_key(name), contact_key(contact)) if contact else None


def may_register(by, conference, code):
    """Whether `code` is the shared code of a conference that has one, or the actor prepares the
    conference.
    """
    is_shared = (
        conference.entry in (Entry.LINK, Entry.OPEN)
        and conference.entry_code
        and read_shared(code) == conference.entry_code
    )
    return bool(is_shared) or may_prepare(by, conference)
