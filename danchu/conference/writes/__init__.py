"""Writes that several acts share. Callers check rights and record."""
