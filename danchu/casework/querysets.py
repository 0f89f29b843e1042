"""Querysets of visits, reception days and petitions."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models
from django.db.models import Count, Exists, F, Func, OuterRef, Q, Sum, Value
from django.db.models.functions import Cast

from danchu.casework.access.codes import read_code
from danchu.casework.moves import FILE, RUNNING
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.text import fold
from danchu.law.rule import LIMITS
from danchu.obligations.models import Obligation
from danchu.subjects.scoped import ScopedQuerySet
from danchu.units.maps import boundaries
from danchu.units.models import Unit

SUBJECT = "petition"
ALIKE = 0.45  # the trigram similarity above which two titles may be about one matter
WORDS = Func("title", function="register_fold", output_field=models.TextField())


class ReceptionQuerySet(ScopedQuerySet):
    """Lines of the register of receptions, and reception days."""

    viewed_as = "reception_book"

    def owed(self) -> Self:
        """Visits whose answer is still owed."""
        obligations = Obligation.objects.open().filter(
            subject_kind="visit", subject=Cast(OuterRef("pk"), models.CharField())
        )
        return self.received().filter(Exists(obligations))

    def received(self) -> Self:
        """Visits of people who were received, without the lines of refused receptions."""
        return self.filter(refused_for="")

    def refused(self) -> Self:
        """Lines of refused receptions."""
        return self.exclude(refused_for="")

    def four_counters(self) -> dict[str, int]:
        """{"visits", "people", "groups", "matters" (heard for the first time), "refused"}; none of
        them follows from another.
        """
        was_received = Q(refused_for="")
        return self.order_by().aggregate(
            visits=Count("pk", filter=was_received),
            people=Sum("people", default=0, filter=was_received),
            groups=Count("pk", filter=was_received & Q(is_group=True)),
            matters=Count("pk", filter=was_received & Q(is_first=True)),
            refused=Count("pk", filter=~was_received),
        )


class ReceptionDayQuerySet(ReceptionQuerySet):
    """Reception days."""

    def with_booked_places(self) -> Self:
        """With `booked_places`: how many places of each are booked."""
        return self.annotate(
            booked_places=Count("bookings", filter=Q(bookings__place__isnull=False))
        )

    def coming(self, day: date) -> Self:
        """Those that are planned for the day or later, the next first."""
        return self.filter(state="planned", on__gte=day).order_by("on", "pk")

    def over(self, day: date) -> Self:
        """The others: before the day, or written down as held or missed."""
        return self.filter(~Q(state="planned") | Q(on__lt=day))


class BookingQuerySet(ScopedQuerySet):
    """Bookings; viewed by officials whose office has the right to view the register."""

    viewed_as = "reception_book"

    def due_to_forget(self, day: date) -> Self:
        """Those of reception days before the day that still say who the person is."""
        return self.filter(forgotten_at=None, on__lt=day)


class PetitionQuerySet(ScopedQuerySet):
    """Petitions; viewed by officials whose office has the right to view petition files."""

    viewed_as = FILE

    def matching(self, text: str) -> Self:
        """Those with this code, or whose folded title contains the folded text. Names are not
        searched.
        """
        has_words = Q(words__contains=fold(text))
        code = read_code(text)
        return self.annotate(words=WORDS).filter(Q(code=code) if code else has_words)

    def carried(self, day: date) -> Self:
        """Those received before the day, and neither processed nor withdrawn before it: a period
        that begins on the day carries them over, whatever came later.
        """
        return (
            self.filter(received_on__lt=day)
            .filter(Q(processed_on=None) | Q(processed_on__gte=day))
            .exclude(Q(ended_on=None) | Q(ended_on__lt=day), state="withdrawn")
        )

    def shown(self) -> Self:
        """Those with a public text: feedback that an official made public, and decisions that were
        published.
        """
        return self.exclude(shown_text="")

    def numbers_of_places(self) -> dict[int, int]:
        """`{place: number of them}` of the units that they are about."""
        rows = self.order_by().exclude(place=None).values_list("place")
        return dict(rows.annotate(models.Count("pk")))

    def page(self, size: int) -> models.QuerySet[Any]:
        """The first `size` rows, in the order of this queryset. Their keys are read first, from an
        index alone, so that no wide row of another page is read.
        """
        keys = self.select_related(None).values("pk")[:size]
        return (
            self.model.objects.filter(pk__in=keys)
            .order_by(*self.query.order_by)
            .select_related("claimed_by")
        )

    def running(self) -> Self:
        """Those whose state is not final."""
        return self.filter(state__in=RUNNING)

    def orphaned(self, day: date) -> Self:
        """Running ones of units that have ended by the day."""
        chart = boundaries(day)
        return self.running().exclude(
            unit__in=[
                unit
                for level in ("commune", "province", "district")
                for unit in chart.units_at(level)
            ]
        )

    def overdue(self, day: date) -> Self:
        """Those with an open clock that is overdue on the day."""
        obligations = Obligation.objects.overdue(day).filter(
            subject_kind=SUBJECT, subject=Cast(OuterRef("pk"), models.CharField())
        )
        return self.filter(Exists(obligations))

    def overdue_on(self, day: date) -> Self:
        """Those with a clock that was due before the day, and neither met nor excused by it: the
        state on that day, whatever happened later.
        """
        obligations = Obligation.objects.unmet_on(day).filter(
            subject_kind=SUBJECT,
            subject=Cast(OuterRef("pk"), models.CharField()),
            due_on__lt=day,
            rule__sense__in=LIMITS,
        )
        return self.filter(Exists(obligations), received_on__lte=day)

    def claimed_by(self, actor: Acting) -> Self:
        """Those the actor claims now."""
        return self.filter(claimed_by=actor.account_id, claimed_until__gt=now())

    def alike(self, title: str, sender_key: str, unit: Unit, nature: str) -> Self:
        """At most ten petitions at the unit that may be about the same matter: by the same sender,
        or with a similar title; the most similar first.

        The sender of a denunciation is not compared.
        """
        candidates = self.filter(unit=unit).annotate(
            words=WORDS, nearness=TrigramSimilarity(WORDS, Value(fold(title)))
        )
        has_same_sender = (
            Q(sender_key=sender_key) & ~Q(sender_key="")
            if nature != "denunciation"
            else Q(pk__in=[])
        )
        return candidates.filter(
            has_same_sender | Q(words__trigram_similar=fold(title), nearness__gt=ALIKE)
        ).order_by(F("nearness").desc(), "-pk")[:10]
