"""What the room of inspection boards says of itself to every surface."""

from danchu.inspection.sections.findings import FINDINGS
from danchu.inspection.sections.plans import PLANS
from danchu.inspection.sections.projects import PROJECTS
from danchu.inspection.sections.recommendations import RECOMMENDATIONS
from danchu.inspection.sections.verifications import VERIFICATIONS
from danchu.subjects.room import Room

ROOM = Room(name="inspection", sections=(RECOMMENDATIONS, FINDINGS, PLANS, PROJECTS, VERIFICATIONS))
