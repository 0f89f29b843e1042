"""Tables of bodies and villages that people send."""
