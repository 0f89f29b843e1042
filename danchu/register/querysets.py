"""Querysets of events and statements: those that count, match a text, may be seen by an actor."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Case, Count, Q, When
from django.utils.translation import gettext_lazy as _

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.actor import Acting
from danchu.kernel.text import clean, fold
from danchu.register import word_frequency
from danchu.register.kinds import KINDS
from danchu.register.word_frequency import WORDS, has_words, number_in_sample
from danchu.subjects.scoped import ScopedQuerySet

if TYPE_CHECKING:
    from danchu.units.models import Unit


MOST_WORDS = 8


class State(models.TextChoices):
    DRAFT = "draft", _("Nháp")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    SUPERSEDED = "superseded", _("Đã được đính chính")
    WITHDRAWN = "withdrawn", _("Đã rút")


REFERENCE_USED = _("Số hiệu này đã có trong sổ của đơn vị. Hãy dùng số hiệu khác.")


class EventQuerySet(models.QuerySet["Event"]):
    def counted(self) -> Self:
        """Those that count in figures."""
        return self.filter(state=State.CONFIRMED)

    def of_reference(self, unit: Unit | None, reference: str | None) -> Self:
        """Those of the unit that hold the reference: drafts and those that count."""
        living = self.filter(state__in=[State.DRAFT, State.CONFIRMED])
        return living.filter(unit=unit, reference=reference)

    def matching(self, text: str) -> Self:
        """Those whose title contains each word of the text, ignoring case and diacritics, or whose
        reference begins with the text. Signs within a word are one blank: 777/BC is "777 bc".

        The index of words gives all rows that match, in no order: for rare words. For frequent ones
        it is faster to read titles in the order of the list until its page is full.
        """
        words = [word for typed in text.split() if (word := fold(typed))][:MOST_WORDS]
        if not words:
            return self.filter(pk__in=[])
        rows = self.alias(words=WORDS)
        by_reference = Q(reference__startswith=clean(text)[:60])
        if self.has_often(words):
            return rows.filter(has_words(words) | by_reference)
        by_index = reduce(and_, (Q(words__contains=word) for word in words))
        return rows.filter(by_index | by_reference)

    def has_often(self, words: list[str]) -> bool:
        """Whether these folded words are frequent among the titles: of the latest rows, where there
        are more also of those that lie anywhere in the table.
        """
        latest = self.order_by("-held_on", "-pk").annotate(words=WORDS)[: word_frequency.ROWS]
        is_read = Case(When(has_words(words), then=1), output_field=models.IntegerField())
        number = latest.aggregate(rows=Count("*"), matching=Count(is_read))
        if number["matching"] >= word_frequency.FREQUENT:
            return True
        is_all = number["rows"] < word_frequency.ROWS
        return not is_all and number_in_sample(words) >= word_frequency.FREQUENT

    def visible_to(self, actor: Acting) -> Self:
        """Those the actor may see: public kinds once confirmed, and what they have a right to."""
        by_right = _by_right(actor)
        if by_right is None:
            return self
        public = Q(kind__in=[k.key for k in KINDS.values() if k.public]) & ~Q(state=State.DRAFT)
        return self.filter(public | by_right)

    def viewed_by(self, actor: Acting) -> Self:
        """Those the actor has a right to view, with their papers."""
        by_right = _by_right(actor)
        return self if by_right is None else self.filter(by_right)


def _by_right(actor: Acting) -> Q | None:
    """The condition for events the actor has a right to view; None: all."""
    scopes = {}
    for kind in KINDS:
        scopes.setdefault(actor.scope("view", kind), []).append(kind)
    if scopes.keys() == {None}:
        return None
    condition = Q(pk__in=[])
    for scope, kinds in scopes.items():
        if scope is None:
            condition |= Q(kind__in=kinds)
        elif scope:
            condition |= Q(kind__in=kinds, unit__among=scope)
    return condition


class StatementQuerySet(ScopedQuerySet):
    viewed_as = "statement"

    def counted(self) -> Self:
        """Those that count in figures, with `unit_id`, `indicator`, `since`, `until`, `amount`."""
        return self.filter(state=State.CONFIRMED)

    def visible_to(self, actor: Acting) -> Self:
        """Those that count in figures whose rows everybody may see, and those the actor has a right
        to view.
        """
        sensitive = [key for key, one in INDICATORS.items() if one.sensitive]
        public = Q(state=State.CONFIRMED) & ~Q(indicator__in=sensitive)
        return self.within(actor.scope("view", self.viewed_as), or_else=public)
