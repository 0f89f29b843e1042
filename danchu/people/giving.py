"""Who may give an office, and end one: rules that acts, invitations and pages ask alike."""

from django.utils.translation import gettext_lazy as _

from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.people.models import Account, Holding, OfficeKind
from danchu.units.models import Unit

WHOLE_COUNTRY = None
TOO_WIDE = _("Không thể giao chức trách có quyền rộng hơn quyền của chính mình.")


def has_all_rights_of(by: Acting, office_kind: OfficeKind, unit: Unit | int) -> bool:
    """Whether the actor may do at the unit whatever an office of the kind may do there."""
    rights = office_kind.rights.values_list("verb", "kind")
    return all(by.may(verb, kind, unit) for verb, kind in rights)


def may_give(by: Acting, office_kind: OfficeKind, unit: Unit | int) -> bool:
    """Whether the actor may give an office of the kind at the unit: with the right to appoint there
    and no right of it lacking.
    """
    return by.may("appoint", "office", unit) and has_all_rights_of(by, office_kind, unit)


def may_end(by: Acting, holding: Holding) -> bool:
    """Whether the actor may end a holding: whoever may give it, and whoever may appoint in the
    whole country, who could not give an office over the files of citizens but must be able to end
    one.
    """
    return by.may("appoint", "office", WHOLE_COUNTRY) or may_give(
        by, holding.office_kind, holding.unit_id
    )


def may_close(by: Acting, account: Account) -> bool:
    """Whether the actor may end all that a person holds or is to hold (where that is nothing, what
    they held), and with it the account.
    """
    if by.may("appoint", "office", WHOLE_COUNTRY):
        return True
    day = today()
    holdings = list(account.holdings.select_related("office_kind"))
    lasting = [row for row in holdings if row.until is None or row.until > day]
    return bool(holdings) and all(may_end(by, holding) for holding in lasting or holdings)
