"""Following: anyone gets mail about what changes in a figure, a place, a list or a record,
without an account: confirmed by mail, one letter a day at most, ended by one click.
"""
