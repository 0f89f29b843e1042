"""What the plan of a year adds to what the law owes, as a plain function."""

from collections.abc import Callable, Collection, Mapping, Sequence

from danchu.disclosure.compliance import NOWHERE, Need
from danchu.disclosure.lives import PLACES_OF, Form


def needs_of(
    pairs: Sequence[tuple[str, str]],
    forms: Collection[str],
    places: Collection[str],
    used: Mapping[str, Sequence[int]],
    days: Callable[[str], int],
) -> tuple[Need, ...]:
    """The needs by the (form, kind of place) `pairs` of the law, then those that the `forms` and
    kinds of `places` of the plan add; `used` are the places in use by kind, `days` how many days a
    form stays.

    A planned form is owed at the planned kinds of its places, at all of its kinds where the plan
    names none of them, and once wherever it is done where it has no places.
    """
    added = []
    for form in forms:
        own_kinds = PLACES_OF.get(Form(form), ())
        added += [(form, kind) for kind in own_kinds if kind in places] or [
            (form, kind) for kind in own_kinds
        ]
    owed = dict.fromkeys([*pairs, *added])
    needs = [Need(form, place, days(form)) for form, kind in owed for place in used.get(kind, ())]
    needs += [Need(form, NOWHERE, 0) for form in forms if not PLACES_OF.get(Form(form))]
    return tuple(needs)
