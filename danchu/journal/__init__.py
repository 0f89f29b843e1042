"""Who did what, when: an append-only log of entries, numbered without gaps, chained by hashes."""
