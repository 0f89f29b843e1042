"""Reads a workbook in a process of its own: `python -I sheet_process.py BYTES SECONDS < IN > OUT`.

A few bytes of a workbook can ask for gigabytes: two cells at opposite corners of a sheet are read
as everything between them. Here the memory and the processor time are limited by the kernel, so
that such a file ends this process and nothing else. It runs without Django and without the product.

Each line of the output is one row as JSON, [number, cells]; what JSON lacks is written as
`{"date": …}`, `{"datetime": …}`, `{"time": …}` or `{"seconds": …}`. The exit code is 0 when all
rows were written, UNREADABLE for no workbook; any other means that a limit was reached.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta

UNREADABLE = 3


def plain(cell):
    """The cell as JSON can hold it."""
    if isinstance(cell, datetime):
        return {"datetime": cell.isoformat()}
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    if isinstance(cell, time):
        return {"time": cell.isoformat()}
    if isinstance(cell, timedelta):
        return {"seconds": cell.total_seconds()}
    return cell


def restored(cell):
    """The cell as it was before `plain`."""
    if not isinstance(cell, dict):
        return cell
    [(kind, value)] = cell.items()
    if kind == "seconds":
        return timedelta(seconds=value)
    return {"date": date, "datetime": datetime, "time": time}[kind].fromisoformat(value)


def own_bytes():
    """The address space of this process so far."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except FileNotFoundError:  # no Linux
        return 512 * 1024 * 1024


def main(most_bytes, most_seconds):
    # The library first: what it takes itself does not depend on the file.
    import python_calamine  # noqa: PLC0415  late: before Django

    resource.setrlimit(resource.RLIMIT_AS, (own_bytes() + most_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheet = python_calamine.CalamineWorkbook.from_filelike(sys.stdin.buffer).get_sheet_by_index(
            0
        )
    except (python_calamine.CalamineError, OSError, ValueError, IndexError):
        return UNREADABLE
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if any(cell != "" for cell in cells):
            print(json.dumps([number, [plain(cell) for cell in cells]]))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
