"""Input checked and cleaned; a bad value is Refused on its field."""
