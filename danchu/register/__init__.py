"""The book of what happened: one row each, recorded by the body that did it."""
