"""The figures of boards, declared in the order of the catalogue."""

from danchu.figures.catalogue import count_also, declare
from danchu.inspection.indicators import findings, investment, recommendations

declare(*recommendations.FIGURES, *findings.FIGURES, *investment.FIGURES)
# A violation that has a case counts beside those of which a round tells only the number.
count_also("pib_violations", findings.FOUND)
count_also("pib_violations_recommended", findings.FOUND_RECOMMENDED)
count_also("pib_violations_resolved", findings.FOUND_RESOLVED)
count_also("pib_money", findings.FOUND_MONEY)
