"""What comes in files, checked."""
