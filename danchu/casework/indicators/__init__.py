"""The figures of petitions and receptions, declared in the order of the catalogue."""

from danchu.casework.indicators import petitions, reception_days, visits
from danchu.casework.natures import Nature

INDICATORS = (
    *visits.FIGURES,
    *petitions.BREAKDOWNS,
    *petitions.FIGURES,
    *visits.BY_FORM,
    *reception_days.FIGURES,
    petitions.OVERDUE,
)
# What has a file counts beside what the book says in one line.
COUNTS_ALSO = (
    ("petitions_received", petitions.RECEIVED),
    ("petitions_eligible", petitions.ELIGIBLE),
    ("petitions_competent", petitions.COMPETENT),
    ("petitions_resolved", petitions.RESOLVED),
    *(
        (
            f"petitions_received.{nature}",
            petitions.RECEIVED.only(nature, "", "", nature=nature),
        )
        for nature in Nature.values
    ),
)
