"""The API for other programs: figures, units, rules, imports, Open311."""
