"""What the journal proves of an identity and of a request to open it. A row of the database alone
opens nothing: who can write to the tables cannot grant.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from danchu.journal.linked import is_linked
from danchu.journal.models import Entry
from danchu.vault.models import Opening, Sealed

SEALED, BOUND, HANDED_OVER = "vault.sealed", "vault.bound", "vault.handed_over"
# The version of the locks that `vault.sealed` notes; entries of before have none.
VERSION = 2


def may_be_unbound(identity: Sealed) -> bool:
    """Whether the identity was sealed before locks were bound, and not bound since."""
    entries = Entry.objects.about(identity).filter(act__in=(SEALED, BOUND))
    return not any(entry.act == BOUND or entry.data.get("version") == VERSION for entry in entries)


def is_at_its_unit(identity: Sealed) -> bool:
    """Whether the unit of the row is the one to which the journal says it came last."""
    entries = Entry.objects.about(identity).filter(act__in=(SEALED, BOUND, HANDED_OVER))
    last = entries.order_by("-number").first()
    return last is not None and last.unit_id == identity.unit_id and is_linked(last)


def is_granted(opening: Opening) -> bool:
    """Whether the journal says that one person requested the opening of this identity and another
    granted it until the instant that the row has.
    """
    entries = {entry.act: entry for entry in Entry.objects.about(opening)}
    request, grant = entries.get("vault.asked"), entries.get("vault.granted")
    return (
        request is not None
        and grant is not None
        and request.number < grant.number
        and request.actor == f"account:{opening.asked_by_id}"
        and grant.actor == f"account:{opening.judged_by_id}"
        and request.actor != grant.actor
        and _is_until(grant, opening)
        and request.data.get("pseudonym") == opening.sealed.pseudonym
        and grant.data.get("pseudonym") == opening.sealed.pseudonym
        and is_linked(request)
        and is_linked(grant)
    )


def _is_until(grant, opening):
    """Whether the grant ends when the row says: an old grant is not prolonged in the table. An
    entry of before has no end, and its grant was over within the hour.
    """
    until = grant.data.get("until")
    if until is None:
        return opening.until <= grant.at + timedelta(hours=1)
    return opening.until == datetime.fromisoformat(until)


def vault_problems() -> Iterator[tuple[str, str]]:
    """(place, message) of every grant that no entry of the journal proves, for `danchu verify`."""
    for opening in Opening.objects.filter(granted=True).select_related("sealed").order_by("pk"):
        if not is_granted(opening):
            yield (
                _("két danh tính %(pseudonym)s, đề nghị mở %(pk)s")
                % {"pseudonym": opening.sealed.pseudonym, "pk": opening.pk},
                _("được ghi là đã cho phép mà nhật ký không có việc ấy"),
            )
