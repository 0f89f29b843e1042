"""How log-in behaves here: no self sign-up, accounts known by their e-mail address."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """Accounts are made by an operator, together with the office they serve."""
        return False

    def clean_email(self, email):
        return email.strip().lower()
