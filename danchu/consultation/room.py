"""What the room of consultations says of itself to every surface."""

from django.utils.translation import gettext as _

from danchu.consultation.indicators import INDICATORS, PARTICIPANTS, VOTERS
from danchu.consultation.lives import State
from danchu.consultation.models import Answer, Consultation, Opinion, Proposition
from danchu.consultation.public import PUBLIC_CONSULTATIONS, provable_rows
from danchu.consultation.public_opinions import PUBLIC_OPINIONS
from danchu.consultation.report_table import TABLE_THREE
from danchu.consultation.sections.consultations import CONSULTATIONS
from danchu.consultation.sections.opinions import OPINIONS
from danchu.consultation.sections.propositions import PROPOSITIONS
from danchu.consultation.told import told_problems
from danchu.consultation.words import ACT_WORDS, OPINION_WORDS, PROPOSITION_WORDS
from danchu.obligations.models import Obligation
from danchu.subjects.disclosing import ToDisclose
from danchu.subjects.room import Room
from danchu.subjects.sections import Proved

ROOM = Room(
    name="consultation",
    report_tables=(TABLE_THREE,),
    sections=(CONSULTATIONS, OPINIONS, PROPOSITIONS),
    public=(PUBLIC_CONSULTATIONS, PUBLIC_OPINIONS),
    words=ACT_WORDS,
    words_of={"opinion": OPINION_WORDS, "consultation_proposition": PROPOSITION_WORDS},
    indicators=INDICATORS,
    counts_also=((PARTICIPANTS.key, VOTERS),),
    proofs=(told_problems,),
    evidence={"consultation": "consultation", "opinion": "opinion"},
    proved={
        "consultation": Proved(
            rows=provable_rows, page="consultation", title=PUBLIC_CONSULTATIONS.record.title
        )
    },
    countable={
        "consultation": lambda: Consultation.objects.public(),
        "opinion": lambda: Opinion.objects.public(),
        "consultation_proposition": lambda: Proposition.objects.filter(state="counted"),
        "opinion_answer": lambda: Answer.objects.filter(consultation__is_individual=False),
        "obligation": lambda: Obligation.objects.filter(subject_kind="consultation"),
    },
    to_disclose=(
        # Item 11: what the people said, what was accepted, what not and why.
        ToDisclose(
            "consultation",
            "commune.11",
            lambda: Consultation.objects.public().filter(
                state__in=[State.SUMMARISED, State.PUBLISHED]
            ),
            "summarised_on",
        ),
        # The explanation of a superior comes back to the commune, which discloses it as well.
        ToDisclose(
            "consultation_explanation",
            "commune.11",
            lambda: Consultation.objects.public().filter(explained_on__isnull=False),
            "explained_on",
            title=lambda consultation: _("Giải trình của cấp trên: %s") % consultation.title,
        ),
    ),
)
