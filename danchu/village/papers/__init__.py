"""Papers of elections, conventions and yearly conferences, to print and to sign."""
