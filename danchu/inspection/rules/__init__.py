"""What the law asks of boards and their members. Nothing is written."""
