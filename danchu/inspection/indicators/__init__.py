"""The figures of boards, in the order of the catalogue."""

from danchu.inspection.indicators import findings, investment, recommendations

INDICATORS = (*recommendations.FIGURES, *findings.FIGURES, *investment.FIGURES)
# A violation that has a case counts beside those of which a round tells only the number.
COUNTS_ALSO = (
    ("pib_violations", findings.FOUND),
    ("pib_violations_recommended", findings.FOUND_RECOMMENDED),
    ("pib_violations_resolved", findings.FOUND_RESOLVED),
    ("pib_money", findings.FOUND_MONEY),
)
