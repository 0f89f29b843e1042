"""What several acts write in the same way. Callers check the right and write the journal."""
