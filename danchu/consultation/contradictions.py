"""Whether two texts cannot be one: of other sides, other places or other names. Pure."""

from danchu.consultation.clauses import Text
from danchu.consultation.slips import is_like_word
from danchu.consultation.whereabouts import are_apart


def contradicts(one: Text, other: Text, names: frozenset[str] = frozenset()) -> bool:
    """Whether one is for and the other against it, they speak of other places, or each has a name
    that the other has not.
    """
    takes_sides = None not in (one.is_against, other.is_against)
    if are_apart(_known(one.places, names), _known(other.places, names)):
        return True
    return (takes_sides and one.is_against != other.is_against) or (
        _names_another(one, other, names) and _names_another(other, one, names)
    )


def _known(places, names):
    """The places with a number, or a word that is a name here, where names are known."""
    return {
        (kind, name)
        for kind, name in places
        if not names or name.isdigit() or not names.isdisjoint(name.split())
    }


def _names_another(one, other, names):
    """Whether one has a name of which the other has not even a slip."""
    others = set(other.words)
    missing = (one.names | (names & set(one.words))) - others
    return any(not any(is_like_word(name, word, True) for word in others) for name in missing)
