"""What the room of reports says of itself to every surface."""

from danchu.reports.public import SEALED_REPORTS
from danchu.reports.sections.office_reports import OFFICE_REPORTS
from danchu.reports.sections.scores import SCORES
from danchu.reports.words import ACT_WORDS
from danchu.subjects.room import Room

ROOM = Room(
    name="reports",
    sections=(OFFICE_REPORTS, SCORES),
    public=(SEALED_REPORTS,),
    words_of={"report": ACT_WORDS, "score": ACT_WORDS},
)
