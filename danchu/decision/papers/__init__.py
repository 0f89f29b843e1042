"""Papers of decisions of households, to print and to sign."""
