"""Reports: forms filled with figures, sealed under a hash, and compared later with the records."""
