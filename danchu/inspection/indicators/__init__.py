"""The indicators of boards, in the order of the catalogue."""

from danchu.inspection.indicators import findings, investment, recommendations

INDICATORS = (*recommendations.FIGURES, *findings.FIGURES, *investment.FIGURES)
# Findings count in addition to the violations of which a round only has a number.
COUNTS_ALSO = (
    ("pib_violations", findings.FOUND),
    ("pib_violations_recommended", findings.FOUND_RECOMMENDED),
    ("pib_violations_resolved", findings.FOUND_RESOLVED),
    ("pib_money", findings.FOUND_MONEY),
)
