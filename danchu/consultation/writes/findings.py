"""What a job works out of votes and texts, written over what it worked out before."""

from django.db import transaction

from danchu.consultation.findings import basis_of, worked_out
from danchu.consultation.lives import State
from danchu.consultation.models import Consultation, Findings
from danchu.kernel.days import now


def work_out_all() -> None:
    """Work out the findings of each public consultation that is open or not summed up yet."""
    states = (State.OPEN, State.CLOSED)
    for consultation in Consultation.objects.public().filter(state__in=states).order_by("pk"):
        work_out(consultation)


@transaction.atomic
def work_out(consultation: Consultation) -> None:
    """Work out the findings, unless they rest on the same votes and texts."""
    earlier = Findings.objects.filter(pk=consultation.pk).first()
    basis = basis_of(consultation)
    if earlier is not None and earlier.basis == basis.digest:
        return
    columns = worked_out(basis, bytes(earlier.groups_kept) if earlier else b"")
    Findings.objects.update_or_create(
        consultation=consultation, defaults={**columns, "worked_out_at": now()}
    )
