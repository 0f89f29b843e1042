"""Pages of the desk, each for a logged-in official."""
