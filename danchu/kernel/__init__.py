"""Days, periods, maps of units, Vietnamese text and numbers, refusals. No Django, no database."""
