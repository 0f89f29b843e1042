"""The proof of one record for its readers: what it says in words, and the files to check with."""

import json
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from danchu.journal.digest_proof import (
    DigestedRow,
    digested_row,
    public_row_proof,
    tree_size,
)
from danchu.journal.models import Checkpoint
from danchu.kernel.addresses import number_in
from danchu.look.pages import page
from danchu.papers.answers import made_answer
from danchu.subjects.proved import proved_kinds, tells_only_open_numbers

# Records of one entry over whose digests a proof is computed for anyone who asks.
MOST_RECORDS = 200_000


@dataclass(frozen=True)
class Offer:
    """A record that the reader may open, with its latest digest (None: there is none), and the size
    of the checkpoint that covers it (None: none does yet).
    """

    kind: str
    row: object
    title: str
    url: str
    digested: DigestedRow | None
    size: int | None

    @cached_property
    def is_open(self):
        """Whether its proof may be given to everybody, who then learn how many records its entry
        has.
        """
        entry = self.digested.latest.entry
        return tree_size(entry) <= MOST_RECORDS and tells_only_open_numbers(entry)

    @property
    def is_halved(self):
        """Whether the public fields are proved themselves."""
        return self.digested.closed is not None

    @property
    def has_file(self):
        """Whether there is a file of the proof."""
        if self.digested is None or self.size is None:
            return False
        return (self.is_halved or self.digested.is_unchanged) and self.is_open


def row_proof(request, kind, uid):
    """What the journal proves of a record and how to check it."""
    offer = _offer(request, kind, uid)
    return page(
        request,
        "portal/row_proof.html",
        offer=offer,
        title=offer.title,
        checkpoint=Checkpoint.objects.filter(pk=offer.size).first(),
        fields=_fields(offer.digested) if offer.has_file and offer.is_halved else [],
    )


def row_proof_file(request, kind, uid):
    """The proof against the checkpoint of the size that the address names, by default the latest,
    as kiem-so.py reads it. 404 where there is none for everybody.
    """
    offer = _offer(request, kind, uid)
    if not offer.has_file:
        raise Http404
    size = number_in(request.GET.get("size")) or offer.size
    try:
        proof = public_row_proof(offer.digested, size)
    except LookupError as error:
        raise Http404 from error
    content = json.dumps(proof, ensure_ascii=False, indent=1).encode()
    return made_answer(content, "CHUNG-MINH.json", "application/json")


def _offer(request, kind, uid):
    """The Offer of a record; 404 for one that the reader may not open, as for one that is not
    there.
    """
    proved = proved_kinds().get(kind)
    if proved is None:
        raise Http404
    row = get_object_or_404(proved.rows(request.actor), uid=uid)
    try:
        digested = digested_row(kind, row.pk)
    except LookupError:
        digested = None
    latest = Checkpoint.objects.order_by("-size").first()
    covers = digested and latest and latest.size >= digested.latest.entry
    return Offer(
        kind,
        row,
        str(proved.title(row)),
        reverse(proved.page, args=[uid]) if proved.page else "",
        digested,
        latest.size if covers else None,
    )


def _fields(digested):
    """[(name of a field, its value as digested)] of the public half."""
    values = json.loads(digested.content)[3:]
    return [
        (name, "" if value is None else value)
        for name, value in zip(digested.fields, values, strict=False)
    ]
