"""One violation that was recommended: what it is, and what became of it. It has no public list:
recommendations, projects and figures lead to it.
"""

from django.utils.translation import gettext_lazy as _

from danchu.inspection.models import Finding, Recommendation
from danchu.inspection.moves import PUBLIC
from danchu.register.models import Event
from danchu.subjects.sections import Record, Unlisted


def facts(finding, actor):
    """Its board, the recommendation that was sent, and the round where the reader may see it."""
    round_ = finding.round
    if round_ and not Event.objects.visible_to(actor).filter(pk=round_.pk).exists():
        round_ = None
    return {
        "board": finding.board.name_on(finding.found_on),
        "recommendation": Recommendation.objects.filter(
            violation=finding, state__in=PUBLIC
        ).first(),
        "round": round_,
    }


def _rows(actor):
    return Finding.objects.counted().visible_to(actor).select_related("board", "round")


PUBLIC_FINDINGS = Unlisted(
    one="finding",
    folder="findings",
    placed=lambda finding: (finding.unit_id, finding.found_on),
    above=("recommendations", _("Kiến nghị")),
    record=Record(
        template="inspection/public_finding.html",
        rows=_rows,
        state=lambda finding: _("Đã giải quyết") if finding.resolved_on else _("Chưa giải quyết"),
        facts=facts,
    ),
)
