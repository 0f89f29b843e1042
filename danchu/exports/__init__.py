"""Background exports: long lists written to files in batches, with progress and resume."""
