"""Acts run for many callers at once."""
