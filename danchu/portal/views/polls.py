"""Polls for everyone: what was voted on and how, why it was or was not adopted, the signed file,
and whether my ballot was counted.

A code is typed into a form and sent in its body: it never stands in an address.
"""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.conference.access.participants import participant
from danchu.conference.models import Declaration, Delegate, Vote
from danchu.conference.public.polls import visible_polls
from danchu.conference.votes import merkle
from danchu.conference.votes.ballot_proofs import find_ballots, normalise_code, proof_of
from danchu.conference.votes.count import verdict_of
from danchu.conference.votes.roll import own_entry
from danchu.conference.votes.signatures import is_signed, public_key, receipt_text, result_text
from danchu.conference.votes.verdict import explain_verdict
from danchu.conference.words import Secrecy
from danchu.kernel.addresses import number_in
from danchu.kernel.days import VIETNAM, day_of
from danchu.look.pages import page
from danchu.look.sheets import CSV
from danchu.papers.answers import as_file, made_answer
from danchu.units.names import name_of


@never_cache
def poll(request, uid):
    """One poll and its result; with a code typed, whether that ballot was counted."""
    found = get_object_or_404(visible_polls(request.actor), uid=uid)
    declared = (
        Declaration.objects.defer("content").select_related("poll").filter(poll=found).first()
    )
    checked = _checked(declared, request.POST) if request.method == "POST" and declared else None
    verdict = verdict_of(found)
    conference = found.conference
    counts = (found.result or {}).get("counts", [])
    return page(
        request,
        "portal/poll.html",
        status=400 if checked and not checked["ballots"] else 200,
        it=found,
        conference=conference,
        where=name_of(conference.unit_id, day_of(conference.starts_at)),
        declared=declared,
        verdict=verdict,
        why=explain_verdict(verdict) if verdict else "",
        bars=[(option, number, "") for option, number in zip(found.options, counts, strict=False)],
        rooms=(found.result or {}).get("rooms", []),
        rules=[step.rule for step in (verdict.quorum, verdict.threshold) if step]
        if verdict
        else [],
        mine=_mine(request, found, declared),
        checked=checked,
        hours=_hours(found),
    )


def _hours(found):
    named = (
        (_("Mở lúc"), found.opened_at),
        (_("Đóng lúc"), found.closed_at),
        (_("Công bố lúc"), found.declared_at),
    )
    return [(name, f"{at.astimezone(VIETNAM):%H:%M:%S, %d/%m/%Y}") for name, at in named if at]


def _checked(declared, typed):
    """What becomes of a ballot that somebody looks for: the ballots found, each with what its
    proof says; what his receipt says.
    """
    text = typed.get("code", "")[:200]
    mark = typed.get("signature", "").strip()[:200]
    code = normalise_code(text)
    return {
        "typed": text,
        "signature": mark,
        "ballots": [
            _proved(declared, index, fields) for index, fields in find_ballots(declared, text)
        ],
        "is_signed": bool(mark)
        and is_signed(receipt_text(declared.poll.uid, code), mark, declared.public_key),
    }


def _proved(declared, index, fields):
    proof = proof_of(declared, index)
    options = declared.poll.options
    return {
        "index": index,
        "line": proof["line"],
        "number": index + 1,
        "size": proof["size"],
        "steps": len(proof["path"]),
        "option": options[int(fields[-1]) - 1],
        "lies_under": merkle.path_proves(
            proof["line"], index, proof["size"], proof["path"], declared.root
        ),
        "is_signed": is_signed(
            result_text(declared.poll.uid, declared.size, declared.root),
            declared.signature,
            declared.public_key,
        ),
    }


def _mine(request, found, declared):
    """What a delegate in the hall may see of himself: his entry on the roll and, of a named
    vote, his line; None for everyone else.
    """
    who = participant(request, found.conference)
    if who is None or who.delegate is None:
        return None
    delegate = Delegate.objects.get(pk=who.delegate)
    entry = own_entry(found, delegate)
    typed = (entry and entry["entry"] or "") if not found.publishes_names else delegate.name
    ballots = (
        find_ballots(declared, typed)
        if declared and typed and found.secrecy == Secrecy.NAMED
        else []
    )
    has_voted = Vote.objects.filter(poll=found, voter=delegate).exists()
    return {
        "uid": delegate.uid,
        "entry": entry,
        "has_voted": has_voted,
        "ballots": [_proved(declared, index, fields) for index, fields in ballots],
    }


def _declared(request, uid):
    return get_object_or_404(
        Declaration.objects.select_related("poll"),
        poll__in=visible_polls(request.actor).filter(uid=uid),
    )


def poll_file(request, uid):
    """The published file, byte for byte as it was signed."""
    content = _declared(request, uid).content.encode()
    return made_answer(content, f"bieu-quyet-{uid}.csv", CSV, private=False)


@require_POST
def poll_proof(request, uid):
    """The proof of the ballot on a line of the file, as JSON for kiem-phieu.py."""
    declared = _declared(request, uid)
    line = number_in(request.POST.get("line"))
    if line is None or line >= declared.size:
        raise Http404
    answer = JsonResponse(
        proof_of(declared, line), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    return as_file(answer, "phieu.json")


def recount(request):
    """How anyone recounts a result: the script, the public key, the form of the file."""
    return page(request, "portal/recount.html", key=public_key(), keys=_earlier_keys())


def _earlier_keys():
    """Keys that signed results before the present one: those results stay checkable by them."""
    return sorted(
        set(
            Declaration.objects.exclude(public_key=public_key()).values_list(
                "public_key", flat=True
            )
        )
    )
