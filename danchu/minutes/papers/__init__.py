"""Minutes as official papers."""
