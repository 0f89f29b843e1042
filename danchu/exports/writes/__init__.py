"""What a job writes of an export."""
