"""The writing halves which several acts share. Callers check rights and record."""
