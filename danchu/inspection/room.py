"""The declaration of this room for all surfaces: sections, words, indicators, evidence, proofs."""

from danchu.inspection.indicators import COUNTS_ALSO, INDICATORS
from danchu.inspection.keeper import KEEPER
from danchu.inspection.promised import recommendation_answer, recommendation_page
from danchu.inspection.public.findings import PUBLIC_FINDINGS
from danchu.inspection.public.projects import PUBLIC_PROJECTS
from danchu.inspection.public.recommendations import PUBLIC_RECOMMENDATIONS
from danchu.inspection.reports.seals import report_problems
from danchu.inspection.sections.board_reports import BOARD_REPORTS
from danchu.inspection.sections.boards import BOARDS
from danchu.inspection.sections.findings import FINDINGS
from danchu.inspection.sections.plans import PLANS
from danchu.inspection.sections.projects import PROJECTS
from danchu.inspection.sections.recommendations import RECOMMENDATIONS
from danchu.inspection.sections.rounds import ROUNDS
from danchu.inspection.sections.verifications import VERIFICATIONS
from danchu.inspection.words import ACT_WORDS
from danchu.minutes.models import Origin
from danchu.subjects.room import Room

ROOM = Room(
    name="inspection",
    sections=(
        RECOMMENDATIONS,
        BOARDS,
        BOARD_REPORTS,
        FINDINGS,
        PLANS,
        ROUNDS,
        PROJECTS,
        VERIFICATIONS,
    ),
    public=(
        PUBLIC_RECOMMENDATIONS,
        PUBLIC_PROJECTS,
    ),
    unlisted=(PUBLIC_FINDINGS,),
    words=ACT_WORDS,
    indicators=INDICATORS,
    counts_also=COUNTS_ALSO,
    evidence={
        "finding": "finding",
        "recommendation": "recommendation",
        "investment_project": "project",
    },
    proofs=(report_problems,),
    keepers=(KEEPER,),
    answers={Origin.RECOMMENDATION: recommendation_answer},
    answer_pages={Origin.RECOMMENDATION: recommendation_page},
)
