"""Work in the background: a queue of jobs on PostgreSQL (procrastinate) and who works on it."""
