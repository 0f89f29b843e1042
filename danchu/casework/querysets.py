"""Questions asked of petitions: those a reader may see, that match, that may be the same matter."""

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
ALIKE = 0.45  # similarity of folded titles from which two petitions may be of one matter
WORDS = Func("title", function="register_fold", output_field=models.TextField())


class ReceptionQuerySet(ScopedQuerySet):
    """Of the register and of the days of reception."""

    viewed_as = "reception_book"

    def owed(self) -> Self:
        """Visits whose answer was promised and not given yet."""
        promised = Obligation.objects.open().filter(
            subject_kind="visit", subject=Cast(OuterRef("pk"), models.CharField())
        )
        return self.received().filter(Exists(promised))

    def received(self) -> Self:
        """The visits of people who were received: a line whose reception was refused is none."""
        return self.filter(refused_for="")

    def refused(self) -> Self:
        return self.exclude(refused_for="")

    def four_counters(self) -> dict[str, int]:
        """visits, people, groups, matters (heard for the first time): kept apart, for none
        follows from another. And who was `refused`.
        """
        came = Q(refused_for="")
        return self.order_by().aggregate(
            visits=Count("pk", filter=came),
            people=Sum("people", default=0, filter=came),
            groups=Count("pk", filter=came & Q(is_group=True)),
            matters=Count("pk", filter=came & Q(is_first=True)),
            refused=Count("pk", filter=~came),
        )


class PetitionQuerySet(ScopedQuerySet):
    """Seen by who holds an office that names files of petitions."""

    viewed_as = FILE

    def matching(self, text: str) -> Self:
        """Those with this code, or whose title holds the words in this order, without marks.
        Names are not searched.
        """
        found = Q(words__contains=fold(text))
        code = read_code(text)
        return self.annotate(words=WORDS).filter(Q(code=code) if code else found)

    def carried(self, day: date) -> Self:
        """Those received before the day and not processed before it: what a period begins with."""
        return self.filter(received_on__lt=day).filter(
            Q(processed_on=None) & ~Q(state="withdrawn") | Q(processed_on__gte=day)
        )

    def shown(self) -> Self:
        """Feedback that may be shown to everyone, and what was decided and published, in the
        words meant for that.
        """
        return self.exclude(shown_text="")

    def page(self, size: int) -> models.QuerySet[Any]:
        """The first `size`, of which the keys are found first: an index holds all that is asked
        of them, so the wide rows of the others stay unread.
        """
        keys = self.select_related(None).values("pk")[:size]
        return (
            self.model.objects.filter(pk__in=keys)
            .order_by(*self.query.order_by)
            .select_related("claimed_by")
        )

    def running(self) -> Self:
        return self.filter(state__in=RUNNING)

    def orphaned(self, day: date) -> Self:
        """Running ones of units that are no more on the day."""
        chart = boundaries(day)
        return self.running().exclude(
            unit__in=[
                unit
                for level in ("commune", "province", "district")
                for unit in chart.units_at(level)
            ]
        )

    def overdue(self, day: date) -> Self:
        """Those of which a clock has run out by the day."""
        late = Obligation.objects.overdue(day).filter(
            subject_kind=SUBJECT, subject=Cast(OuterRef("pk"), models.CharField())
        )
        return self.filter(Exists(late))

    def overdue_on(self, day: date) -> Self:
        """Those of which a clock due before the day was not met by it: as it stood then,
        whatever came later.
        """
        late = Obligation.objects.filter(
            Q(done_on=None) | Q(done_on__gt=day),
            subject_kind=SUBJECT,
            subject=Cast(OuterRef("pk"), models.CharField()),
            due_on__lt=day,
            rule__sense__in=LIMITS,
        ).exclude(state="excused")
        return self.filter(Exists(late), received_on__lte=day)

    def claimed_by(self, actor: Acting) -> Self:
        return self.filter(claimed_by=actor.account_id, claimed_until__gt=now())

    def alike(self, title: str, sender_key: str, unit: Unit, nature: str) -> Self:
        """At most ten that may be of the same matter at the unit: the same sender, or a title much
        alike; the nearest first.

        Never a denunciation by its sender: who denounced is not compared with anyone.
        """
        near = self.filter(unit=unit).annotate(
            words=WORDS, nearness=TrigramSimilarity(WORDS, Value(fold(title)))
        )
        same = (
            Q(sender_key=sender_key) & ~Q(sender_key="")
            if nature != "denunciation"
            else Q(pk__in=[])
        )
        return near.filter(
            same | Q(words__trigram_similar=fold(title), nearness__gt=ALIKE)
        ).order_by(F("nearness").desc(), "-pk")[:10]
