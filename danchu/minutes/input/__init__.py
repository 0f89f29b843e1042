"""What people send in, cleaned and checked; a bad value is refused with the name of its field."""
