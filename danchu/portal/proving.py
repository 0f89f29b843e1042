"""Where readers get the proof of a record."""

from typing import Any

from django.urls import reverse

from danchu.subjects.proved import kind_on_page, proved_kinds


def proof_url(page: str, row: Any) -> str:
    """The address of the proof of a record whose public page has the address `page`; "" where the
    journal does not prove it.
    """
    kind = kind_on_page(page)
    if not kind or not proved_kinds()[kind].is_digested(row):
        return ""
    return reverse("row_proof", args=[kind, row.uid])
