"""What hot-lines promise for the petitions that came from their calls."""

from danchu.casework.models import Call
from danchu.casework.natures import Channel
from danchu.casework.rules.hotlines import hotlines, owed_to


def next_promises(petitions):
    """{petition pk: the Owed that comes first of those not kept}; a query where one came from a
    hot-line.
    """
    rows = {row.pk: row for row in petitions if row.channel == Channel.HOTLINE}
    promises = {}
    for call in Call.objects.filter(petition__in=list(rows)) if rows else ():
        for owed in owed_to(call, rows[call.petition_id]):
            if not owed.is_kept:
                promises.setdefault(call.petition_id, owed)
    return promises


def call_of(petition):
    """{"call", "hotline", "owed": [Owed]} for the page of a petition; empty for other channels."""
    if petition.channel != Channel.HOTLINE:
        return {}
    call = Call.objects.filter(petition=petition).first()
    if call is None:
        return {}
    hotline = hotlines().get(call.hotline, call.hotline)
    return {"call": call, "hotline": hotline, "owed": owed_to(call, petition)}
