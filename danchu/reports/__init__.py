"""Reports: forms filled with figures, signed, sealed, and compared later with what the records
say.
"""
