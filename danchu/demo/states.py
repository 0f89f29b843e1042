"""What a ward has beside the rest, so that each state of each life cycle has something to look at:
made by the real acts, at the ward whose roles a visitor takes.
"""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

from django.db import transaction

from danchu.demo.board_reports import file_paper_reports
from danchu.demo.board_states import play_boards
from danchu.demo.consultation_states import play_consultations
from danchu.demo.decision_states import play_decisions
from danchu.demo.disclosure_states import play_disclosures
from danchu.demo.file_states import play_files
from danchu.demo.hall_states import play_halls
from danchu.demo.office_states import play_offices
from danchu.demo.paper_states import play_papers
from danchu.demo.villages import play_villages
from danchu.demo.works_states import play_works
from danchu.journal.actions import record
from danchu.journal.models import Entry
from danchu.kernel.days import today
from danchu.kernel.refusals import require
from danchu.units.find import unit_from
from danchu.units.models import Body

WARD = "00070"
SEED = 20264


@dataclass(frozen=True)
class Ward:
    """The ward with its bodies, {kind: body}, and a seeded `chance`; `by` acts."""

    unit: object
    bodies: dict
    chance: Random
    by: object

    def day(self, ago):
        """The day so many days ago."""
        return today() - timedelta(days=ago)


@transaction.atomic
def load_states(*, by):
    """Load it; idempotent. Returns how many records are new."""
    require(by.may("draft", "inspection_board", None))
    if Entry.objects.filter(act="demo.states_made").exists():
        return 0
    unit = unit_from(f"{WARD}@{today().isoformat()}")
    bodies = {body.kind: body for body in Body.objects.on(today()).filter(unit=unit)}
    ward = Ward(unit, bodies, Random(SEED), by)
    parts = (
        *(play_boards, play_files, play_papers, play_offices, play_halls, play_consultations),
        *(file_paper_reports, play_villages, play_works, play_decisions, play_disclosures),
    )
    number = sum(play(ward) for play in parts)
    record(by, "demo.states_made", None, count=number)
    return number
