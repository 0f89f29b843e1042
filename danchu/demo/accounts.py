"""Creates the demo's accounts and the offices they hold."""

from django.contrib.auth.hashers import make_password
from django.db import transaction

from danchu.demo.staff import PASSWORD, SINCE, STAFF
from danchu.journal.actions import record
from danchu.kernel.refusals import require
from danchu.people.actions import appoint, create_account
from danchu.people.models import Account, OfficeKind
from danchu.staff.actions import describe_installation
from danchu.units.models import Standing, Unit

TITLE = "Dân Chủ, bản trình diễn"


@transaction.atomic
def load_accounts(*, by):
    """Create the demo's accounts and offices; idempotent. Returns how many are new."""
    require(by.may("appoint", "office", None))
    existing = set(
        Account.objects.filter(email__in=[row[0] for row in STAFF]).values_list("email", flat=True)
    )
    standings = Standing.objects.on(SINCE).filter(
        code__in=[row[3] for row in STAFF], unit__level__in=("province", "commune")
    )
    units = {standing.code: standing.unit for standing in standings.select_related("unit")}
    units[""] = Unit.objects.get(level="nation")
    fresh = [row for row in STAFF if row[0] not in existing]
    password = make_password(PASSWORD)  # slow by design, so hashed once and not for each account
    for address, name, office, code, _description in fresh:
        account = create_account(by=by, email=address, name=name)
        account.password = password
        account.save(update_fields=["password"])
        appoint(
            account,
            by=by,
            office_kind=OfficeKind.objects.get(key=office),
            unit=units[code],
            since=SINCE,
        )
    if fresh:
        # Without a place of use nobody could be invited as the first chair of a ward.
        describe_installation(by=by, title=TITLE, place=units[""])
        record(by, "demo.accounts_made", None, count=len(fresh))
    return len(fresh)
