"""Input of the room: read, validated, Refused by field."""
