"""Who gets into a hall: codes, device tokens, and the actors behind requests."""
