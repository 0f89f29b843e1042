"""Issues and revokes API tokens."""

import secrets
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now, today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.people.models import Account, Token
from danchu.people.tokens import digest_of

PREFIX = "danchu_"
LONGEST = timedelta(days=366)


@transaction.atomic
def issue_token(account: Account, *, by: Acting, name: str, until: date) -> tuple[Token, str]:
    """(Token, secret): the secret is shown once and never stored. `until` is the first day on which
    it is no longer valid. Refused, by field, without a name or beyond a year; Denied unless it is
    one's own account or one may appoint everywhere.
    """
    require(by.account_id == account.pk or by.may("appoint", "office", None))
    if not clean(name):
        raise Refused(_("Hãy ghi tên phần mềm sẽ dùng mã này."), "name")
    if not today() < until <= today() + LONGEST:
        raise Refused(_("Ngày hết hạn phải sau hôm nay và không quá một năm."), "until")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        account=account, name=clean(name)[:80], digest=digest_of(secret), until=until
    )
    record(by, "token.issued", token, account=account.pk, until=until.isoformat())
    return token, secret


@transaction.atomic
def revoke_token(token: Token, *, by: Acting, reason: str) -> Token:
    """Make the token invalid from now on; idempotent. Refused without a reason; Denied as for
    `issue_token`.
    """
    require(by.account_id == token.account_id or by.may("appoint", "office", None))
    if not clean(reason):
        raise Refused(_("Hãy ghi lý do."), "reason")
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = now()
        token.save(update_fields=["revoked_at"])
        record(by, "token.revoked", token, account=token.account_id, reason=clean(reason))
    return token
