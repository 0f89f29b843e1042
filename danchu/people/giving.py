"""Who may give an office, and end one: rules that acts, invitations and pages ask alike."""

from django.utils.translation import gettext_lazy as _

from danchu.kernel.actor import Acting
from danchu.kernel.days import today
from danchu.people.models import Account, Holding, OfficeKind
from danchu.units.models import Unit

WHOLE_COUNTRY = None
# {office: rights (verb, kind) that it brings, and that whoever gives it to another person need not
# have}. The chair of a commune names the officer who receives citizens; the codes with which those
# who asked judge a promise pass through that officer's hands and never through the chair's.
NEEDED_OF_NO_GIVER = {"petition_officer": {("draft", "commitment_result")}}
TOO_WIDE = _("Không thể giao chức trách có quyền rộng hơn quyền của chính mình.")
LEVEL_FIRST = _(
    "Chức trách này có quyền cần mức định danh mà phiên này chưa xác thực: hãy xác thực ở đầu bàn "
    "làm việc rồi làm lại."
)


def rights_lacking(by: Acting, office_kind: OfficeKind, unit: Unit | int) -> set[tuple[str, str]]:
    """The rights (verb, kind) of an office of the kind that the actor does not have at the unit."""
    rights = office_kind.rights.values_list("verb", "kind")
    return {(verb, kind) for verb, kind in rights if not by.may(verb, kind, unit)}


def may_give(by: Acting, office_kind: OfficeKind, unit: Unit | int) -> bool:
    """Whether the actor may give an office of the kind at the unit to somebody else: with the right
    to appoint there and no right of it lacking but those in NEEDED_OF_NO_GIVER.
    """
    if not by.may("appoint", "office", unit):
        return False
    return rights_lacking(by, office_kind, unit) <= NEEDED_OF_NO_GIVER.get(office_kind.pk, set())


def may_give_to(by: Acting, office_kind: OfficeKind, unit: Unit | int, account: Account) -> bool:
    """Whether the actor may give the office to this account: to their own only with all its
    rights.
    """
    is_own = account.pk == by.account_id
    return may_give(by, office_kind, unit) and not (
        is_own and rights_lacking(by, office_kind, unit)
    )


def why_not_given(by: Acting, office_kind: OfficeKind, unit: Unit | int) -> str:
    """Why the actor may not give the office: its rights are wider than theirs, or they would be as
    wide once this session has shown a level of identity.
    """
    lacking = {verb for verb, _kind in rights_lacking(by, office_kind, unit)}
    return LEVEL_FIRST if lacking <= getattr(by, "verbs_waiting", frozenset()) else TOO_WIDE


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
