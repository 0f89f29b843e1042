"""Papers of petitions and of the reception: letters, notices."""
