"""Questions asked of events and statements: those that count, that match, that a reader may see."""

from typing import Self

from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from danchu.kernel.actor import Acting
from danchu.kernel.text import clean, fold
from danchu.register.kinds import KINDS
from danchu.subjects.scoped import ScopedQuerySet


class State(models.TextChoices):
    DRAFT = "draft", _("Nháp")
    CONFIRMED = "confirmed", _("Đã xác nhận")
    SUPERSEDED = "superseded", _("Đã được đính chính")
    WITHDRAWN = "withdrawn", _("Đã rút")


class EventQuerySet(models.QuerySet):
    def counted(self) -> Self:
        """Those that count in figures."""
        return self.filter(state=State.CONFIRMED)

    def matching(self, text: str) -> Self:
        """Those whose title holds the words in this order, without marks, or whose reference
        begins so.
        """
        return self.annotate(
            words=Func("title", function="register_fold", output_field=models.TextField())
        ).filter(Q(words__contains=fold(text)) | Q(reference__startswith=clean(text)[:60]))

    def visible_to(self, actor: Acting) -> Self:
        """Those the actor may see: public kinds once confirmed, and his own subtree by right."""
        mine = _by_right(actor)
        if mine is None:
            return self
        public = Q(kind__in=[k.key for k in KINDS.values() if k.public]) & ~Q(state=State.DRAFT)
        return self.filter(public | mine)

    def viewed_by(self, actor: Acting) -> Self:
        """Those the actor may see by a right of his own, with their papers."""
        mine = _by_right(actor)
        return self if mine is None else self.filter(mine)


def _by_right(actor: Acting) -> Q | None:
    """The condition under which the actor has the right to view an event; None: any."""
    scopes = {}
    for kind in KINDS:
        scopes.setdefault(actor.scope("view", kind), []).append(kind)
    if scopes.keys() == {None}:
        return None
    seen = Q(pk__in=[])
    for scope, kinds in scopes.items():
        if scope is None:
            seen |= Q(kind__in=kinds)
        elif scope:
            seen |= Q(kind__in=kinds, unit__among=scope)
    return seen


class StatementQuerySet(ScopedQuerySet):
    viewed_as = "statement"

    def counted(self) -> Self:
        """Those that count in figures, with `unit_id`, `indicator`, `since`, `until`, `amount`."""
        return self.filter(state=State.CONFIRMED)
