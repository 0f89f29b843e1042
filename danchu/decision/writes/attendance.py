"""How many households attend a vote, and each of its clusters."""

from danchu.decision.models import Cluster, RollEntry


def count_clusters_of(vote):
    """Write how many attend the vote and each of its clusters that has not counted yet."""
    present = RollEntry.objects.filter(vote=vote, present_at__isnull=False)
    vote.attending = present.count()
    vote.save(update_fields=["attending"])
    for one in Cluster.objects.filter(vote=vote, counted_on=None):
        one.attending = present.filter(cluster=one).count()
        one.save(update_fields=["attending"])
