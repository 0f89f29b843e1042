"""Background jobs: a queue on PostgreSQL (procrastinate) and the worker that runs them."""
