"""Access to a petition without an account: codes, and rate limits."""
