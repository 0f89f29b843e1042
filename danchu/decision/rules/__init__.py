"""Rules of votes as plain functions of what was counted and of the law of the day."""
