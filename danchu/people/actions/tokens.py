"""Tokens issued and revoked."""

import secrets
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from danchu.journal.actions import record
from danchu.kernel.days import today
from danchu.kernel.refusals import Refused, require
from danchu.kernel.text import clean
from danchu.people.models import Token
from danchu.people.tokens import digest_of

PREFIX = "danchu_"
LONGEST = timedelta(days=366)


@transaction.atomic
def issue_token(account, *, by, name, until):
    """(Token, secret): the secret is told once and never kept. `until`: the first day on which
    it no longer opens.
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
def revoke_token(token, *, by, reason):
    """The token opens nothing any more."""
    require(by.account_id == token.account_id or by.may("appoint", "office", None))
    if not clean(reason):
        raise Refused(_("Hãy ghi lý do."), "reason")
    token = Token.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = datetime.now(UTC)
        token.save(update_fields=["revoked_at"])
        record(by, "token.revoked", token, account=token.account_id, reason=clean(reason))
    return token
