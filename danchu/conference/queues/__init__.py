"""Group commit: concurrent callers of an act are written together."""
