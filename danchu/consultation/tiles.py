"""Whether two texts are one text passed on: clauses in another order, one more, one left out. Pure.

Their longest common runs of words are laid on each other first ("greedy string tiling", M. Wise,
University of Sydney, 1993, which finds copied programs); what no tile covers decides.
"""

from collections import defaultdict
from itertools import pairwise

from danchu.consultation import phrases
from danchu.consultation.clauses import Text
from danchu.consultation.contradictions import contradicts
from danchu.consultation.courtesy import POLITE, SMALL
from danchu.consultation.likeness import NUMBERS, turns
from danchu.consultation.slips import is_like_word, is_mistyped
from danchu.consultation.text_order import ASKING, MOVED, is_in_order

FEWEST_COMMON = 6  # words; shorter texts have as much in common by chance
FEWEST_IN_TILE = 2
SHORTEST_CLAUSE = 4  # words
MOST_MORE = 2  # words that one has more inside a clause
MOST_PAIRS = 20_000  # of alike words; two pages of text have some thousands
PER_SLIP = 4  # common words for each slip
LONG = 18  # words of a text that may say something in another way though it asks for nothing
PER_OTHER = 6  # common words for each word with which a reason is said in another way
_LINKING_WORDS = "boi cho cua de den do luc nen o tai ve voi vao vi tu"
LINKING = SMALL | frozenset(_LINKING_WORDS.split())
INTERCHANGEABLE = [
    *({"de", "cho"}, {"o", "tai"}, {"den", "toi"}, {"den", "cho"}, {"do", "vi"}),
    *({"mot", "moi"}, {"hong", "hu"}, {"gan", "lap"}),
    *({"dung", "khong"}, {"roi", "rui"}, {"doi", "chuyen"}, {"ho", "tro", "giup"}),
    *({"nhanh", "chong", "som"}, {"ba", "con", "nguoi", "dan"}, {"ba", "con", "dan"}),
    *({"khac", "phuc", "sua", "chua"}, {"khac", "phuc", "sua"}, {"sua", "chua", "lai"}),
    *({"xay", "lam"}, {"lay", "thu", "gom"}, {"nguoi", "dan"}, {"ngay", "truoc"}),
]
# Words before a name that many leave out.
PLAIN = frozenset(["duong", "o", "pho", "tai", "tren"])
PRONOUNS = frozenset(["toi", "minh", "em", "chau", "con", "ta", "tui"])
HENCE = "nen"
ASKS = frozenset(["can", "de", "mong", "nen", "nghi", "xin"])
LONG_MORE = 4  # words of a clause that nobody has set apart by a point
AGAINST = "phan"  # the first word of "phản đối"


def is_passed_on(one: Text, other: Text, names: frozenset[str] = frozenset()) -> bool:
    """Whether each text is the other one but for whole clauses, slips and small words. `names` are
    words that name something in other texts: no slip makes one of them another word.
    """
    if min(len(one.words), len(other.words)) < FEWEST_COMMON or contradicts(one, other):
        return False
    names = names | one.names | other.names
    partners = _tiles(one.words, other.words, names)
    _drop_strays(one, partners)
    back = _back(partners, len(other.words))
    _drop_strays(other, back)
    partners = _back(back, len(one.words))
    pairs = [(place, partner) for place, partner in enumerate(partners) if partner is not None]
    slips = sum(one.words[place] != other.words[partner] for place, partner in pairs)
    if len(pairs) < FEWEST_COMMON or slips * PER_SLIP > len(pairs):
        return False
    if (_has_more(one, partners) and _has_more(other, back)) and not (
        _has_reason(one, partners) and _has_reason(other, back)
    ):
        return False
    if not (is_in_order(one, other, partners, back) and is_in_order(other, one, back, partners)):
        return False
    weights = (
        _weight_of_rest(one, other, partners, back, names),
        _weight_of_rest(other, one, back, partners, names),
    )
    return None not in weights and sum(weights) * PER_OTHER <= len(pairs)


def _tiles(one, other, names):
    """For each word of `one` the place of its partner in `other`, or None."""
    pairs = _like_pairs(one, other, names)
    partners = [None] * len(one)
    while pairs:
        lengths = {}
        for i, j in reversed(pairs):
            lengths[i, j] = lengths.get((i + 1, j + 1), 0) + 1
        (i, j), longest = max(lengths.items(), key=lambda run: (run[1], -run[0][0], -run[0][1]))
        if longest < FEWEST_IN_TILE:
            break
        for step in range(longest):
            partners[i + step] = j + step
        pairs = [
            pair for pair in pairs if not (i <= pair[0] < i + longest or j <= pair[1] < j + longest)
        ]
    return partners


def _like_pairs(one, other, names):
    """Places (in `one`, in `other`) of words that are alike, sorted; none where a text says one
    thing over and over.
    """
    places = defaultdict(list)
    for place, word in enumerate(other):
        places[word].append(place)
    strange = places.keys() - set(one)
    pairs = []
    for i, word in enumerate(one):
        # A slip mostly makes a word that the other text has not.
        likes = places if word not in places else strange
        for like in {word, *likes} & places.keys():
            if is_like_word(word, like, word in names or like in names):
                pairs += [(i, j) for j in places[like]]
        if len(pairs) > MOST_PAIRS:
            return []
    return sorted(pairs)


def _back(partners, length):
    back = [None] * length
    for place, partner in enumerate(partners):
        if partner is not None:
            back[partner] = place
    return back


def _has_more(text, partners):
    """Whether one of the clauses has no partner at all."""
    return any(
        end - start >= SHORTEST_CLAUSE and all(partner is None for partner in partners[start:end])
        for start, end in pairwise(sorted(text.starts))
    )


def _has_reason(text, partners):
    """Whether a clause that asks or takes a side has partners, and another one."""
    common = {
        start
        for start, end in pairwise(sorted(text.starts))
        if any(partner is not None for partner in partners[start:end])
    }
    return len(common) > 1 and bool(common & text.asking)


def _drop_strays(text, partners):
    """Take the partner from a word that alone has one in a clause of several words."""
    starts = sorted(text.starts)
    for start, end in pairwise(starts):
        placed = [place for place in range(start, end) if partners[place] is not None]
        if len(placed) == 1 and end - start > FEWEST_IN_TILE:
            partners[placed[0]] = None


def _weight_of_rest(one, other, partners, back, names):
    """How many words of `one` without a partner only say its reasons in another way, where whole
    clauses and what is no difference weigh nothing; None where one of them is another matter.
    """
    start = weight = 0
    while start < len(partners):
        if partners[start] is not None:
            start += 1
            continue
        end = start
        while end < len(partners) and partners[end] is None:
            end += 1
            if end in one.starts:
                break
        if not _is_slight(one, other, start, end, partners, back, names):
            if not _is_of_a_reason(one, other, start, end, partners, back, names):
                return None
            weight += end - start
        start = end
    return weight


def _is_of_a_reason(one, other, start, end, partners, back, names):
    """Whether the run stands in a clause that asks for nothing, beside one that does and that both
    have, and holds no fact.
    """
    begin = max(place for place in one.starts if place <= start)
    close = min(place for place in one.starts if place >= end)
    is_asking = one.asking.intersection(range(begin, close))
    is_long = not one.asking and len(partners) >= LONG
    if is_asking or not (is_long or _has_reason(one, partners)):
        return False
    instead = _instead(other, start, end, partners, back)
    run = one.words[start:end]
    return not (
        any(_is_fact(word, names) for word in (*run, *instead)) or _counts_another(run, instead)
    )


def _counts_another(run, instead):
    """Whether each has a number in words, or a letter that tells two things apart ("area A")."""
    return any(map(_is_mark, run)) and any(map(_is_mark, instead))


def _is_mark(word):
    return word in NUMBERS or len(word) == 1


def _is_slight(one, other, start, end, partners, back, names):
    instead = _instead(other, start, end, partners, back)
    if LINKING.issuperset(instead):
        begins_to_ask = any(start <= place < end for place in one.asking)
        asks = begins_to_ask and _asks(one.words[start:end])
        if start in one.starts and end in one.starts:
            return not asks
        if not asks and _is_whole(one, other, start, end, partners):
            return True
        if not asks and end - start >= LONG_MORE and _is_bare(one, start, end, names):
            return True
    run = one.words[start:end]
    if start in one.starts:
        run, instead = _without_polite_start(run), _without_polite_start(instead)
    run, instead = _without_common(run, instead, names)
    if run and instead:
        without = [[word for word in words if word not in PLAIN] for words in (run, instead)]
        run, instead = (run, instead) if all(without) else without
    if "".join(run) == "".join(instead) or is_mistyped(run, instead, names):
        return True
    if run and instead:
        is_polite = end in one.starts and POLITE.issuperset((*run, *instead))
        return (
            is_polite
            or ASKS.issuperset((*run, *instead))
            or PRONOUNS.issuperset((*run, *instead))
            or {*run, *instead} in INTERCHANGEABLE
        )
    if end in one.starts:
        run = _without_polite_start(run[::-1])
    more = [word for word in run if word not in LINKING]
    return len(more) <= MOST_MORE and not any(_is_fact(word, names) for word in more)


def _asks(words):
    phrase = " ".join(words)
    return bool(phrases.ASKS.search(phrase) or phrases.STANCE.search(phrase))


def _is_bare(text, start, end, names):
    """Whether the words name nothing, have no number and ask for nothing."""
    words = text.words[start:end]
    return not (
        any(word in names or word.isdigit() or word in MOVED for word in words)
        or ASKING in pairwise(words)
    )


def _is_whole(one, other, start, end, partners):
    """Whether the run is a whole clause, by the points of one of the texts."""
    if end - start < SHORTEST_CLAUSE:
        return False
    begins = start in one.starts or (partners[start - 1] or 0) + 1 in other.starts
    ends = end in one.starts or partners[end] in other.starts
    return begins and ends


def _without_common(run, instead, names):
    """Both lists of words without what follows in both in the same order."""
    run = list(run)
    others = list(instead)
    own = []
    start = 0
    for word in run:
        like = next(
            (
                place
                for place in range(start, len(others))
                if is_like_word(word, others[place], word in names or others[place] in names)
            ),
            None,
        )
        if like is None:
            own.append(word)
        else:
            del others[like]
            start = like
    return own, others


def _instead(other, start, end, partners, back):
    """Words of the other text that stand where the run stands, in the clause of its neighbour."""
    if start and (left := partners[start - 1]) is not None:
        first = after = left + 1
        while after < len(back) and back[after] is None and after not in other.starts:
            after += 1
        if after > first:
            return other.words[first:after]
    if end < len(partners) and (right := partners[end]) is not None:
        before = right
        while before and back[before - 1] is None and before not in other.starts:
            before -= 1
        return other.words[before:right]
    return ()


def _without_polite_start(words):
    start = 0
    while start < len(words) and (words[start] in POLITE or words[start] == HENCE):
        start += 1
    return words[start:]


def _is_fact(word, names):
    return word in names or word == AGAINST or turns(word)
