"""Events from a table (CSV, XLSX): looked through whole, shown, then written whole or not at all.

`check_events` says what a file would do; `import_events` does it.
"""

from danchu.register.imports.apply import check_events, import_events

__all__ = ["check_events", "import_events"]
