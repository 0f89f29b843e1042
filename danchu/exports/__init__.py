"""Long lists written to files in the background, in pieces, with progress and resume."""
