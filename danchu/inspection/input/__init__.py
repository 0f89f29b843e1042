"""Input, cleaned and checked; a bad value is Refused with the name of its field."""
