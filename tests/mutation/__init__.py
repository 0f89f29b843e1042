"""Mutation testing of the pure modules of law, units and figures: `make mutation`.

Each mutant changes one operator, number or statement of a function. The tests that call that
function and ask no database run on it in a forked process; a mutant that they do not notice has
survived. docs/develop/mutation.md explains the results.
"""
