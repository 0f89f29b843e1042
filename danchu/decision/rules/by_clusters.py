"""Why an act on a meeting does not fit whether it is held by clusters; "" where it does."""

from typing import Any

from django.utils.translation import gettext as _


def has_clusters(decision: Any) -> Any:
    """Why what is done for the whole meeting is done for each of its clusters."""
    vote = decision.votes.order_by("-number").first()
    if vote is not None and vote.clusters.exists():
        return _("Cuộc họp này theo cụm dân cư: hãy ghi ở từng cụm.")
    return ""


def has_no_clusters(decision: Any) -> Any:
    """Why nothing is done for a cluster: the meeting has none."""
    vote = decision.votes.order_by("-number").first()
    if vote is None or not vote.clusters.exists():
        return _("Cuộc họp này không theo cụm dân cư.")
    return ""


def has_nothing_to_write(decision: Any) -> Any:
    """Why nothing more is written for a cluster: there is none, or all have counted."""
    if reason := has_no_clusters(decision):
        return reason
    vote = decision.votes.order_by("-number").first()
    if not vote.clusters.filter(counted_on=None).exists():
        return _("Các cụm đã kiểm phiếu xong: hãy tổng hợp kết quả các cụm.")
    return ""
