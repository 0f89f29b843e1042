"""What a room records that must be disclosed: declared beside its rows, read by the room of
disclosures, which no room below knows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db.models import QuerySet


@dataclass(frozen=True)
class ToDisclose:
    """Rows that owe a disclosure under the item of the catalogue with the key `item`, each from the
    day in the column `day` on, at its unit; where that is a village, the commune owes it.

    `level` is that of their units: rows of another level are left out. `kind` is the kind of the
    record in the journal. `title(row)` names no person: it is public.
    `origin(row)` is the uid by which the same matter is known again, also once it was corrected.
    """

    kind: str
    item: str
    rows: Callable[[], QuerySet[Any]]
    day: str
    level: str = "commune"
    title: Callable[[Any], str] = attrgetter("title")
    origin: Callable[[Any], UUID] = attrgetter("uid")
