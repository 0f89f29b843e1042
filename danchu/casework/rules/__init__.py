"""Legal rules of petitions: time limits, grounds, competence. Nothing here writes."""
