"""Units through time: what existed where, under which name, and what became of it."""
