"""Whether single entries stand in the chain, without reading all of it."""

from danchu.journal.chain import BEGINNING, digest
from danchu.journal.models import Entry, Head


def is_linked(entry: Entry) -> bool:
    """Whether the entry is as it was written and fits between its neighbours: it names the one
    before, and the one after, or the head, names it.
    """
    if entry.hash != digest(entry):
        return False
    # Read first: an entry that others write meanwhile is then seen as the one after.
    head = Head.objects.first()
    near = (entry.number - 1, entry.number + 1)
    rows = Entry.objects.filter(number__in=near).values_list("number", "hash", "previous")
    neighbours = {number: (hash, previous) for number, hash, previous in rows}
    before = BEGINNING if entry.number == 1 else neighbours.get(entry.number - 1, ("",))[0]
    if entry.previous != before:
        return False
    if entry.number + 1 in neighbours:
        return neighbours[entry.number + 1][1] == entry.hash
    # The head is written when a transaction ends: within it, it still names an earlier entry.
    return head is None or head.number < entry.number or head.hash == entry.hash
