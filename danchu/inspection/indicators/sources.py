"""The sources of the indicators of boards."""

from dataclasses import replace

from django.utils.translation import gettext_noop as _

from danchu.figures.catalogue import Source
from danchu.inspection.models import Finding, Recommendation

LAW = _("Luật 10/2022 Điều 36–40")
ROWS = Source(
    "recommendation",
    lambda: Recommendation.objects.counted(),
    "received_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: (row.number, row.title, row.uid),
    words="title",
)

VIOLATIONS = Source(
    "finding",
    lambda: Finding.objects.counted(),
    "found_on",
    "unit",
    visible=lambda rows, actor: rows.visible_to(actor),
    face=lambda row: (row.number, row.title, row.uid),
    body="board",
    lasting=("board__kind__in", "board__kind"),
    words="title",
)
# Recoveries count on the day on which the violation was resolved.
RECOVERED = replace(
    VIOLATIONS,
    rows=lambda: Finding.objects.counted().filter(resolved_on__isnull=False),
    when="resolved_on",
)


INSPECTION = {"board__kind__in": ("peoples_inspection_board", "pib_agency", "pib_enterprise")}
INVESTMENT = {"board__kind": "investment_board"}
INVESTMENT_LAW = _("Luật 10/2022 Điều 41–45")
PEOPLE = ("người", "people")
CASES = ("vụ", "cases")
MONEY = ("đồng", "VND")
