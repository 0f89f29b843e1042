"""Bodies at the desk."""
