"""What a voter can check: the line of their ballot in the published file, and the inclusion proof
under the signed root.
"""

from functools import lru_cache

from danchu.conference.models import Declaration
from danchu.conference.votes.result_file import ballots_of
from danchu.kernel.codes import plain_letters
from danchu.kernel.text import fold
from danchu.subjects.first_rows import first_rows
from danchu.vault import merkle
from danchu.vault.signed_file import signed_lines

MOST_FOUND = 20
_READ = str.maketrans("OIL", "011")


def proof_of(declaration, index):
    """The inclusion proof of one line as a dict for JSON; portal/static/portal/kiem-phieu.py
    verifies it on its own.
    """
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
    lines = signed_lines(Declaration.objects.values_list("content", flat=True).get(pk=pk))
    return lines, merkle.levels(lines), *ballots_of(lines)


def normalise_code(text):
    """A code as typed, in the form it is stored: upper case, without blanks and hyphens, with 0 for
    O and 1 for I and L.
    """
    return plain_letters(text).translate(_READ)


def find_ballots(declaration, text):
    """FirstRows of (index, fields) of the ballots that match what was typed: a code, an entry of
    the roll, or a name.
    """
    _lines, _tree, first, ballots = _read(declaration.pk, declaration.root)
    letters = plain_letters(text)
    if ballots and len(ballots[0]) == 2:
        keys = {normalise_code(text), letters.lower()}
        matches = [(first + at, ballot) for at, ballot in enumerate(ballots) if ballot[0] in keys]
        return first_rows(matches, MOST_FOUND)
    name = fold(text[:200])
    matches = [
        (first + at, ballot)
        for at, ballot in enumerate(ballots)
        if name and (ballot[0] == letters or fold(ballot[1]) == name)
    ]
    return first_rows(matches, MOST_FOUND)
