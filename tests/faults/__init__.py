"""The faults that were reported, one test or more for each number."""
