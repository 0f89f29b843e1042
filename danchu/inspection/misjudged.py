"""Open obligations of boards of agencies and state enterprises that earlier versions judged by the
rule of communes: the same number of days, by another article.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from danchu.inspection.actions.plans import NOTICE_RULES
from danchu.inspection.actions.recommendations import ANSWER_RULES
from danchu.inspection.actions.reports import REPORT_RULES
from danchu.inspection.models import BoardReport, Recommendation, RoundPlan
from danchu.inspection.rules.membership import AGENCY, COMMUNE, ENTERPRISE
from danchu.obligations.misjudged import Misjudged
from danchu.obligations.models import State

SOURCES = (
    (Recommendation, "obligation", ANSWER_RULES),
    (RoundPlan, "notice", NOTICE_RULES),
    (BoardReport, "obligation", REPORT_RULES),
)


def judged_as_communes() -> Iterator[Misjudged]:
    """What is open under the rule of a commune's board and belongs to another board."""
    for model, name, rules in SOURCES:
        rows = model.objects.filter(
            **{
                "board__kind__in": (AGENCY, ENTERPRISE),
                f"{name}__state": State.OPEN,
                f"{name}__rule__key": rules[COMMUNE],
            }
        )
        for row in rows.select_related("board", name).order_by("pk"):
            obligation = getattr(row, name)
            yield Misjudged(
                obligation,
                rules[row.board.kind],
                obligation.event_on,
                _("Ban ở cơ quan, doanh nghiệp theo điều luật riêng, không theo điều của cấp xã."),
            )
