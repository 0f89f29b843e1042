"""Bodies to choose from: those of a unit on a day by what was typed so far, also under names that
they had before and under those of bodies that have since become part of them.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from danchu.kernel.refusals import Refused
from danchu.kernel.text import clean, fold, typed_form
from danchu.units.kinds import BodyKind
from danchu.units.models import Body, BodySuccession, Unit

MOST = 12
# How many bodies a refusal names that asks which of them was meant.
MOST_NAMED = 5
# A chain of successions longer than this is not followed.
LONGEST_CHAIN = 10


@dataclass(frozen=True)
class BodyChoice:
    """One body that may be chosen, by its name on the day. `former` is the name that was searched,
    where the body no longer has it or a body had it that became part of it.
    """

    body: Body
    name: str
    former: str = ""

    @property
    def value(self) -> str:
        """What a form is given: no two bodies of a unit have one name on a day."""
        return self.name

    @property
    def label(self) -> str:
        """What a person reads."""
        if not self.former:
            return self.name
        return _("%(place)s (trước là %(former)s)") % {"place": self.name, "former": self.former}

    def as_json(self) -> dict[str, Any]:
        """The choice for programs."""
        kind = str(self.body.get_kind_display())
        return {
            "id": self.body.pk,
            "name": self.name,
            "under": "" if kind == self.name else kind,
            "former": self.former,
            "value": self.value,
        }


def body_choices(
    text: object, unit: Unit, day: date, kinds: Collection[str] = ()
) -> list[BodyChoice]:
    """At most MOST bodies of the unit on the day that the text may mean, of `kinds` where these are
    given; all of them for an empty text. Those with the words in their name stand first, then those
    of a kind with the words, then those that had them in a former name.
    """
    return _choices(text, unit, day, kinds)[:MOST]


def _choices(text: object, unit: Unit, day: date, kinds: Collection[str]) -> list[BodyChoice]:
    bodies = _bodies(unit, day, kinds)
    form = typed_form(text)
    words = form(text)
    by_name = [BodyChoice(body, name) for body, name in bodies if words in form(name)]
    by_kind = [
        BodyChoice(body, name)
        for body, name in bodies
        if words == form(body.kind) or words in form(_kind(body))
    ]
    former = [row for row in _former(unit, day, kinds) if words in form(row.former)]
    rows: dict[int, BodyChoice] = {}
    for row in (*by_name, *by_kind, *(former if words else ())):
        rows.setdefault(row.body.pk, row)
    return list(rows.values())


def body_meant(text: object, unit: Unit, day: date, kinds: Collection[str] = ()) -> Body:
    """The body that a name means: a present name, a part of one or a kind where one body alone has
    it, a whole former name that leads to one body.

    Refused at `body` where none or several may be meant, with those.
    """
    form = typed_form(text)
    words = form(text)
    choices = _choices(text, unit, day, kinds)
    former = [row for row in _former(unit, day, kinds) if form(row.former) == words]
    for rows in (
        [row for row in choices if not row.former and form(row.name) == words],
        [
            row
            for row in choices
            if not row.former and words in (form(row.body.kind), form(_kind(row.body)))
        ],
        former,
        [row for row in choices if not row.former],
    ):
        if len({row.body.pk for row in rows}) == 1:
            return rows[0].body
    typed = clean(text)
    if not choices:
        raise Refused(
            _none(typed, kinds), "body", choices=body_choices("", unit, day, kinds), typed=typed
        )
    raise Refused(
        _("Chưa rõ là cơ quan nào: %s. Hãy chọn một.")
        % "; ".join(row.name for row in choices[:MOST_NAMED]),
        "body",
        choices=choices[:MOST],
        typed=typed,
    )


def _none(typed: str, kinds: Collection[str]) -> str:
    """Why no body is meant; the name of a kind was chosen from what the form offers."""
    kinds = kinds or BodyKind.values
    if typed in kinds or any(fold(typed) == fold(BodyKind(kind).label) for kind in kinds):
        return _(
            "Đơn vị chưa có cơ quan này vào ngày đó. Hãy lập ở mục Cơ quan, tổ chức; ô không "
            "bắt buộc thì có thể để trống."
        )
    return (
        _(
            "Nơi này không có cơ quan nào tên “%s” vào ngày đó mà biểu nhận. Hãy gõ vài chữ rồi "
            "chọn."
        )
        % typed[:60]
    )


def _kind(body: Body) -> str:
    return str(body.get_kind_display())


def _bodies(unit: Unit, day: date, kinds: Collection[str]) -> list[tuple[Body, str]]:
    rows = Body.objects.on(day).filter(unit=unit).order_by("pk").prefetch_related("standings")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    return [(body, body.name_on(day)) for body in rows]


def _former(unit: Unit, day: date, kinds: Collection[str]) -> Iterator[BodyChoice]:
    """The bodies of the unit under each name that they had before, or that a body had which became
    part of them.
    """
    bodies = {body.pk: (body, name) for body, name in _bodies(unit, day, kinds)}
    for body, name in bodies.values():
        for standing in body.standings.all():
            if standing.name != name and standing.since <= day:
                yield BodyChoice(body, name, standing.name)
    seen = dict.fromkeys(bodies)
    layer = {key: key for key in bodies}  # {a predecessor: the body of the unit that it became}
    for _step in range(LONGEST_CHAIN):
        rows = BodySuccession.objects.filter(after__in=layer, on__lte=day).exclude(before__in=seen)
        earlier = {}
        for row in rows.select_related("before").prefetch_related("before__standings"):
            heir, name = bodies[layer[row.after_id]]
            earlier[row.before_id] = heir.pk
            for standing in row.before.standings.all():
                yield BodyChoice(heir, name, standing.name)
        seen |= dict.fromkeys(earlier)
        layer = earlier
        if not layer:
            return
