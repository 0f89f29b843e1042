"""What is typed or comes in files, checked."""
