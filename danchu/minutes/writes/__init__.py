"""Writes shared by several acts. Callers check rights and record in the journal."""
