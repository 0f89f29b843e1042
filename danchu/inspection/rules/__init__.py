"""Legal rules of boards and their members. Nothing here writes."""
