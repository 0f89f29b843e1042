"""The manager of accounts: the e-mail address is the login, stored in lower case."""

from typing import Any

from django.contrib.auth.base_user import BaseUserManager

from danchu.people.rows_by_key import row_where


class AccountManager(BaseUserManager):
    """Django's authentication requires this interface of a manager."""

    def get(self, *conditions: Any, **named: Any) -> Any:
        """As Django has it; by the key alone, as every request with a session asks, without writing
        the statement anew.
        """
        if conditions or list(named) != ["pk"] or not isinstance(named["pk"], int):
            return super().get(*conditions, **named)
        account = row_where(self.model, **named)
        if account is None:
            raise self.model.DoesNotExist
        return account

    def get_by_natural_key(self, email):
        return self.get(email=(email or "").strip().lower())

    async def aget_by_natural_key(self, email):
        return await self.aget(email=(email or "").strip().lower())
