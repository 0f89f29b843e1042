"""What a voter can hold in hand: the line of his ballot in the published file and the path that
proves it lies under the signed root.
"""

from functools import lru_cache

from danchu.conference.models import Declaration
from danchu.conference.votes import merkle
from danchu.conference.votes.result_file import ballots_in, lines_in
from danchu.kernel.text import fold

MOST_FOUND = 20
_READ = str.maketrans("OIL", "011")


def proof_of(declaration, index):
    """The proof of one line as JSON carries it; kiem-phieu.py checks it without us."""
    lines, tree, _first, _ballots = _read(declaration.pk, declaration.root)
    return {
        "format": "danchu-proof 1",
        "poll": str(declaration.poll.uid),
        "line": lines[index],
        "index": index,
        "size": len(lines),
        "path": merkle.path(tree, index),
        "root": declaration.root,
        "public_key": declaration.public_key,
        "signature": declaration.signature,
    }


@lru_cache(maxsize=8)
def _read(pk, _root):
    """(lines, their tree, index of the first ballot, ballots) of a declaration, which never
    changes.
    """
    lines = lines_in(Declaration.objects.values_list("content", flat=True).get(pk=pk))
    return lines, merkle.levels(lines), *ballots_in(lines)


def code_in(typed):
    """A code as typed by a person, in the form it is kept: small letters, blanks, hyphens and O
    for 0 are understood.
    """
    return _plain(typed).upper().translate(_READ)


def found_in(declaration, typed):
    """[(index, fields)] of the ballots that what a person typed means: a code, an entry of the
    roll, or a name.
    """
    _lines, _tree, first, ballots = _read(declaration.pk, declaration.root)
    plain = _plain(typed)
    if ballots and len(ballots[0]) == 2:
        keys = {code_in(typed), plain.lower()}
        return [(first + at, ballot) for at, ballot in enumerate(ballots) if ballot[0] in keys]
    name = fold(typed[:200])
    found = [
        (first + at, ballot)
        for at, ballot in enumerate(ballots)
        if name and (ballot[0] == plain or fold(ballot[1]) == name)
    ]
    return found[:MOST_FOUND]


def _plain(typed):
    return "".join(c for c in typed[:100] if c.isascii() and c.isalnum())
