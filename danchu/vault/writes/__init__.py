"""What several acts of the vault share."""
