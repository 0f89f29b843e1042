"""Accounts, the offices people hold through time, and what each office may do where."""
