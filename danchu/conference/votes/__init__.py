"""Votes: sealed, counted, signed, published, verified."""
