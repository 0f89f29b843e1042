"""Admission to a hall: codes, device tokens, and the actors behind requests."""
