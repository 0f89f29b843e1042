"""What a letter says: each record or value that changed, once, under the first thing that it
belongs to. Read when it is written, so that what is no longer public by then is not mentioned.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from danchu.following.changes import value_words
from danchu.following.models import Follower, Following, PublicState, ThingKind
from danchu.following.things import (
    address_of_row,
    followed_sections,
    model_kind,
    section_of_list,
    section_of_record,
    state_of,
    title_of,
    words_of,
)
from danchu.kernel.text import clean
from danchu.people.actor import Actor
from danchu.staff.letters import own_address
from danchu.subjects.sections import Section

MOST = 40  # records of a letter


def news_of(follower: Follower) -> str:
    """The text of the letter; "" where nothing changed."""
    mentioned: set[tuple[str, int]] = set()
    parts = []
    followings = follower.followings.select_related("thing", "thing__unit").order_by("pk")
    for following in followings:
        lines = [*_lines(following, mentioned)]
        if lines:
            words = words_of(following.thing)
            parts.append("\n".join([clean(words.name), *lines]))
    return "\n\n".join(parts)


def _lines(following: Following, mentioned: set[tuple[str, int]]) -> Iterator[str]:
    thing = following.thing
    if thing.kind == ThingKind.FIGURE:
        changed = [
            f"– {year}: {value_words(thing, value)}"
            for year, (value, number) in sorted(thing.values.items(), reverse=True)
            if number > following.beyond
        ]
        if changed:
            yield from changed
            yield f"  {own_address(words_of(thing).address)}"
        return
    for section in _sections(thing):
        yield from _records(following, section, mentioned)


def _sections(thing):
    if thing.kind == ThingKind.PLACE:
        return [*followed_sections()]
    find = section_of_list if thing.kind == ThingKind.LIST else section_of_record
    section = find(thing.key)
    return [section] if section else []


def _records(
    following: Following, section: Section, mentioned: set[tuple[str, int]]
) -> Iterator[str]:
    thing = following.thing
    kind = model_kind(section)
    changed = PublicState.objects.filter(kind=kind, number__gt=following.beyond)
    if thing.kind == ThingKind.RECORD:
        changed = changed.filter(subject=thing.subject)
    keys = list(changed.order_by("-number").values_list("subject", flat=True))
    if not keys:
        return
    query = {"unit": str(thing.unit_id)} if thing.unit_id else {}
    rows_here = section.listing.narrowed_rows(Actor.public(), query).filter(pk__in=keys)
    here = set(rows_here.values_list("pk", flat=True))
    new = [key for key in keys if key in here and (kind, key) not in mentioned]
    mentioned |= {(kind, key) for key in new}
    source = section.record or section.listing
    rows = source.rows(Actor.public()).in_bulk(new[:MOST])
    for row in (rows[key] for key in new[:MOST] if key in rows):
        state = state_of(section, row)
        title = clean(title_of(section, row))
        yield f"– {title}: {state}" if state else f"– {title}"
        yield f"  {own_address(address_of_row(section, row))}"
    if len(new) > MOST:
        yield _("– và %s hồ sơ nữa") % (len(new) - MOST)
