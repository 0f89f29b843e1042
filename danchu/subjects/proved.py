"""Which proofs of records readers get, asked of all rooms."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef

from danchu.journal.models import RowDigest
from danchu.subjects.room import rooms
from danchu.subjects.sections import Proved


def proved_kinds() -> Mapping[str, Proved]:
    """{kind of the digest: Proved} of all rooms."""
    return {kind: proved for room in rooms() for kind, proved in room.proved.items()}


def kind_on_page(page: str) -> str:
    """The kind of the records whose public page has this name of an address; "" for none."""
    kinds = proved_kinds()
    return next((kind for kind, proved in kinds.items() if proved.page == page), "")


def tells_only_open_numbers(entry: int) -> bool:
    """Whether everybody may know how many records of each kind the entry digests. A proof names the
    size of the whole tree, so whoever subtracts the records they can open would learn how many
    petitions, say, were imported beside them.
    """
    digests = RowDigest.objects.filter(entry=entry)
    for kind in digests.values_list("kind", flat=True).distinct():
        rest = digests.filter(kind=kind)
        for rows in _countable(kind):
            rest = rest.exclude(Exists(rows.filter(pk=OuterRef("subject"))))
        if rest.exists():
            return False
    return True


def _countable(kind: str) -> list[Any]:
    return [room.countable[kind]() for room in rooms() if kind in room.countable]
