"""The manager of accounts: the e-mail address is the login, stored in lower case."""

from django.contrib.auth.base_user import BaseUserManager


class AccountManager(BaseUserManager):
    """Django's authentication requires this interface of a manager."""

    def get_by_natural_key(self, email):
        return self.get(email=(email or "").strip().lower())

    async def aget_by_natural_key(self, email):
        return await self.aget(email=(email or "").strip().lower())
