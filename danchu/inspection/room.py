"""The declaration of this room for all surfaces: sections, words, indicators, evidence, proofs."""

from danchu.inspection.indicators import COUNTS_ALSO, INDICATORS
from danchu.inspection.keeper import KEEPER
from danchu.inspection.models import BoardTerm, Finding, Project, Recommendation, RoundSheet
from danchu.inspection.moves import PUBLIC
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
from danchu.obligations.models import Obligation
from danchu.subjects.disclosing import ToDisclose
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

# The kinds of records for which this room makes bodies owe something.
OWED_FOR = ("round_plan", "board_report", "recommendation", "investment_project")
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
    proved={
        "finding": Proved(
            rows=PUBLIC_FINDINGS.record.rows, page="finding", title=PUBLIC_FINDINGS.record.title
        ),
        "recommendation": Proved(
            rows=lambda actor: Recommendation.objects.filter(state__in=PUBLIC),
            page="recommendation",
            title=lambda recommendation: recommendation.title,
        ),
        "investment_project": Proved(
            rows=lambda actor: Project.objects.all(),
            page="project",
            title=lambda project: project.name,
        ),
    },
    countable={
        "finding": lambda: Finding.objects.all(),
        "recommendation": lambda: Recommendation.objects.all(),
        "investment_project": lambda: Project.objects.all(),
        "round_sheet": lambda: RoundSheet.objects.all(),
        "board_term": lambda: BoardTerm.objects.all(),
        "obligation": lambda: Obligation.objects.filter(subject_kind__in=OWED_FOR),
    },
    to_disclose=(
        # Item 10: how violations that everybody may read of were handled.
        ToDisclose(
            "finding",
            "commune.10",
            lambda: Finding.objects.counted().filter(
                is_recommended=True,
                resolved_on__isnull=False,
                board__kind="peoples_inspection_board",
            ),
            "resolved_on",
        ),
    ),
    keepers=(KEEPER,),
    answers={Origin.RECOMMENDATION: recommendation_answer},
    answer_pages={Origin.RECOMMENDATION: recommendation_page},
)
