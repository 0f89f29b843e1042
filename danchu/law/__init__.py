"""What was in force on a day."""
