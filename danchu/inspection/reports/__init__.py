"""Reports of boards: their periods, their content, the hash a sent one is known by."""
