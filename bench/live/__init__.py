"""Measures the live hall at full size: python -m bench.live (see docs/bench.md)."""
