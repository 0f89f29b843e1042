"""The live hall at its size, measured on this machine: python -m bench.live (see docs/bench.md)."""
