"""The indicators of petitions and receptions, in the order of the catalogue."""

from danchu.casework.indicators import petitions, reception_days, visits
from danchu.casework.natures import Nature
from danchu.figures.tables import ReleasedTable

INDICATORS = (
    *visits.FIGURES,
    *petitions.BREAKDOWNS,
    *petitions.FIGURES,
    *visits.BY_FORM,
    *reception_days.FIGURES,
    petitions.OVERDUE,
)
# Petitions with a file count in addition to those of which the register only has a number.
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


def _by_nature(key):
    return tuple(f"{key}.{nature}" for nature in Nature.values)


TABLES = (
    ReleasedTable(
        "petitions_received",
        (_by_nature("petitions_received"),),
        ReleasedTable(
            "files_received",
            (_by_nature("files_received"), ("files_in_time", "files_late", "files_open")),
        ),
    ),
    ReleasedTable("visit_count"),
)
