"""Rules of this room as plain functions of days and counts and of the law of the day."""
