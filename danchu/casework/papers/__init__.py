"""Official papers of petitions and receptions: letters, notices."""
