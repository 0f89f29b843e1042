"""Keys of urns that outlived their poll on line, because a process died between the result and
their destruction. They are destroyed at every start.
"""

from danchu.decision.models import OnlinePoll
from danchu.vault.urn import destroy_urn, urns


def destroy_keys_of_closed() -> int:
    """Destroy the keys of polls on line that are closed; how many."""
    closed = OnlinePoll.objects.filter(uid__in=urns(), closed_at__isnull=False)
    uids = list(closed.values_list("uid", flat=True))
    for uid in uids:
        destroy_urn(uid)
    return len(uids)
