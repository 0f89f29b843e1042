"""The first offices of an installation: those over the files of citizens, which no operator has and
so none could give. The installation itself gives each of them once, at the place it is for, when
its operator says so; from then on whoever holds it gives what lies below.
"""

from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.people.giving import WHOLE_COUNTRY, may_give
from danchu.people.models import Holding, OfficeKind
from danchu.staff.models import Installation, Invitation
from danchu.staff.words import InvitationState
from danchu.units.maps import boundaries
from danchu.units.models import Unit

# Who heads the place, and the two who open the vault and check it: the operator has no part in it.
FIRST_OFFICES = ("committee_chair", "inspectorate_chief", "auditor")


def is_first(
    by: Acting, office_kind: OfficeKind, unit: Unit, apart_from: int | None = None
) -> bool:
    """Whether the installation gives this office at the unit: an operator says so, the unit lies at
    or below the place of the installation, and nobody holds, held or is invited to the office there
    or above it. `apart_from` is the invitation (an id) that is being accepted.
    """
    installation = Installation.objects.first()
    if (
        office_kind.pk not in FIRST_OFFICES
        or not by.may("appoint", "office", WHOLE_COUNTRY)
        or installation is None
        or installation.place_id is None
    ):
        return False
    chart = boundaries(today())
    lineage = [unit.pk, *chart.ancestors(unit.pk)]
    if unit.pk not in chart or installation.place_id not in lineage:
        return False
    at_place = {"office_kind": office_kind, "unit__in": lineage}
    invited = Invitation.objects.filter(state=InvitationState.OPEN, **at_place)
    return not (
        Holding.objects.filter(**at_place).exists() or invited.exclude(pk=apart_from).exists()
    )


def may_invite(
    by: Acting, office_kind: OfficeKind, unit: Unit, apart_from: int | None = None
) -> bool:
    """Whether the actor may invite somebody to the office at the unit."""
    return may_give(by, office_kind, unit) or is_first(by, office_kind, unit, apart_from)
