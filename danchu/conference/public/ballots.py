"""Whether a ballot was counted: what the page of a poll answers to whoever types a code, an entry
of the roll or a name, and what it shows to a delegate whose device is in the hall.

A code is typed into a form and sent in its body: it never stands in an address.
"""

from danchu.conference.access.participants import participant
from danchu.conference.models import Delegate, Vote
from danchu.conference.votes.ballot_proofs import find_ballots, normalise_code, proof_of
from danchu.conference.votes.roll import own_entry
from danchu.conference.words import Secrecy
from danchu.vault import merkle
from danchu.vault.signatures import is_signed, receipt_text, result_text

LONGEST = 200


def declaration_of(poll):
    """The published file of the poll; None before the result is declared."""
    return getattr(poll, "declaration", None)


def checked_ballot(declaration, typed):
    """What becomes of a ballot that somebody looks for, as {name: value}: the `ballots` that match,
    each with what its proof says, and whether the receipt `is_signed`.
    """
    text = typed.get("code", "")[:LONGEST]
    signature = typed.get("signature", "").strip()[:LONGEST]
    receipt = receipt_text(declaration.poll.uid, normalise_code(text))
    return {
        "typed": text,
        "signature": signature,
        "ballots": _proved_ballots(declaration, text),
        "is_signed": bool(signature) and is_signed(receipt, signature, declaration.public_key),
    }


def own_vote(poll, request):
    """What a delegate in the hall may see of themselves: their entry on the roll and, of a vote
    that is not secret, their line of the file; None for everyone else.
    """
    person = participant(request, poll.conference)
    if person is None or person.delegate is None:
        return None
    delegate = Delegate.objects.get(pk=person.delegate)
    declaration = declaration_of(poll)
    entry = own_entry(poll, delegate)
    key = (entry and entry["entry"] or "") if not poll.publishes_names else delegate.name
    is_readable = declaration and key and poll.secrecy == Secrecy.NAMED
    return {
        "uid": delegate.uid,
        "entry": entry,
        "has_voted": Vote.objects.filter(poll=poll, voter=delegate).exists(),
        "ballots": _proved_ballots(declaration, key) if is_readable else [],
    }


def _proved_ballots(declaration, text):
    return find_ballots(declaration, text).each(lambda match: _proved_ballot(declaration, *match))


def _proved_ballot(declaration, index, fields):
    """One line of the file: whether it lies under the signed root, and in how many steps."""
    poll = declaration.poll
    proof = proof_of(declaration, index)
    result = result_text(poll.uid, declaration.size, declaration.root)
    return {
        "index": index,
        "line": proof["line"],
        "number": index + 1,
        "size": proof["size"],
        "steps": len(proof["path"]),
        "option": poll.options[int(fields[-1]) - 1],
        "lies_under": merkle.path_proves(
            proof["line"], index, proof["size"], proof["path"], declaration.root
        ),
        "is_signed": is_signed(result, declaration.signature, declaration.public_key),
    }
