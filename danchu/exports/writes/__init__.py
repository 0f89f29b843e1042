"""The writing half of the export job."""
