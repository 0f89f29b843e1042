"""What is written for several jobs and acts."""
