"""Questions asked of consultations and of what people said in them."""

from typing import Any, Self

from django.db.models import Count, Q, QuerySet

from danchu.consultation.lives import CONSULTATION, ENDED
from danchu.consultation.voices import OpinionState, Result
from danchu.kernel.actor import Acting
from danchu.subjects.scoped import ScopedQuerySet


class ConsultationQuerySet(ScopedQuerySet):
    viewed_as = CONSULTATION

    def public(self) -> Self:
        """Those about which everyone is asked: of a decision about one person nothing is public."""
        return self.filter(is_individual=False)

    def counted(self) -> Self:
        """Those that were closed: what figures count."""
        return self.filter(state__in=ENDED)

    def visible_to(self, actor: Acting) -> Self:
        """The public ones, and the others where the actor may view them."""
        return self.within(actor.scope("view", CONSULTATION), or_else=Q(is_individual=False))


class OpinionQuerySet(ScopedQuerySet):
    viewed_as = CONSULTATION

    def public(self) -> Self:
        """Those that everyone may read: let in, and not about one person."""
        return self.filter(state=OpinionState.COUNTED, consultation__is_individual=False)

    def opinions(self) -> Self:
        """Those that count as opinions, in whatever state the consultation is: no replies."""
        return self.filter(state=OpinionState.COUNTED, parent=None)

    def counted(self) -> Self:
        """Those that count as opinions of consultations that were closed: what figures count."""
        return self.opinions().filter(consultation__state__in=ENDED)

    def numbers_by_consultation(self) -> QuerySet[Any, dict[str, Any]]:
        """{consultation, opinions, accepted, explained}: how many there are of each consultation,
        how many of them were accepted wholly or partly, how many declined with the reason.
        """
        accepted = Q(result__in=(Result.ACCEPTED.value, Result.PARTLY.value))
        return (
            self.order_by()
            .values("consultation")
            .annotate(
                opinions=Count("pk"),
                accepted=Count("pk", filter=accepted),
                explained=Count("pk", filter=Q(result=Result.DECLINED.value)),
            )
        )

    def unanswered(self) -> Self:
        """Those that are owed an answer."""
        return self.opinions().filter(answer=None)

    def waiting(self) -> Self:
        """Those about which nobody decided yet whether they are let in."""
        return self.filter(state=OpinionState.WAITING)

    def visible_to(self, actor: Acting) -> Self:
        """The public ones, and the others where the actor may view them."""
        public = Q(consultation__is_individual=False)
        return self.within(actor.scope("view", CONSULTATION), or_else=public)


class VoterQuerySet(ScopedQuerySet):
    viewed_as = CONSULTATION

    def taking_part(self) -> Self:
        """Those who voted: a key that nobody used is no person."""
        return self.filter(joined_on__isnull=False)

    def counted(self) -> Self:
        """Those who voted in consultations that were closed: what figures count."""
        return self.taking_part().filter(consultation__state__in=ENDED)

    def visible_to(self, actor: Acting) -> Self:
        """As consultations; a row says nothing but that somebody took part."""
        public = Q(consultation__is_individual=False)
        return self.within(actor.scope("view", CONSULTATION), or_else=public)


class VoteQuerySet(ScopedQuerySet):
    viewed_as = CONSULTATION

    def by_choice(self) -> QuerySet[Any, tuple[int, int, int]]:
        """(id of the proposition, choice, number of votes) of each choice that anybody voted."""
        rows = self.order_by().values_list("proposition", "choice")
        return rows.annotate(number=Count("pk"))

    def counted(self) -> Self:
        """Those on propositions that are not hidden."""
        return self.filter(proposition__state=OpinionState.COUNTED)
