"""The figures of petitions and receptions, declared in the order of the catalogue."""

from danchu.casework.indicators import petitions, reception_days, visits
from danchu.casework.natures import Nature
from danchu.figures.catalogue import count_also, declare

declare(
    *visits.FIGURES,
    *petitions.BREAKDOWNS,
    *petitions.FIGURES,
    *visits.BY_FORM,
    *reception_days.FIGURES,
    petitions.OVERDUE,
)
# What has a file counts beside what the book says in one line.
count_also("petitions_received", petitions.RECEIVED)
count_also("petitions_eligible", petitions.ELIGIBLE)
count_also("petitions_competent", petitions.COMPETENT)
count_also("petitions_resolved", petitions.RESOLVED)
for nature in Nature.values:
    flow = petitions.RECEIVED.only(nature, "", "", nature=nature)
    count_also(f"petitions_received.{nature}", flow)
