"""The sections of the desk: people with their offices, invitations."""
