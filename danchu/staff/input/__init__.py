"""Tables of people as they come from files."""
