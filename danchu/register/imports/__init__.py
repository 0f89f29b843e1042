"""Imports events from a table (CSV, XLSX): the whole file is checked and previewed, then written in
one transaction.

`check_events` returns what a file would do; `import_events` does it.
"""

from danchu.register.imports.apply import check_events, import_events

__all__ = ["check_events", "import_events"]
