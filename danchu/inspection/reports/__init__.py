"""Reports of boards: their periods, their content, the digest of sent ones."""
