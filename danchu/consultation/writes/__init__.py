"""What is written beside acts: what a job works out."""
