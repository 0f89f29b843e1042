"""Reads one file in a process of its own:
`python -I process.py KIND MODE BYTES SECONDS < IN > OUT`.

KIND is "picture", "pdf", "open_xml" or "open_document". MODE "check" refuses what is active;
"clean" also removes who made the file; "look" refuses a file that tells who made it. The output is
the content to be stored instead, empty where the file may be stored as it is. The exit code is 0,
or a Reason; any other means a limit.
"""

import os
import resource
import sys
from pathlib import Path


def own_bytes():
    """The address space of this process so far."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * resource.getpagesize()
    except FileNotFoundError:  # no Linux
        return 512 * 1024 * 1024


def be_killed_first():
    """Let the kernel end this process before others where memory runs out."""
    try:
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
            file.write("1000")
    except OSError:  # no Linux, or a sandbox
        return


def main(kind, mode, most_bytes, most_seconds):
    sys.path.insert(0, str(Path(__file__).parents[3]))
    # The libraries first: what they take themselves does not depend on the file.
    from danchu.papers.cleaning.cleaned import cleaned  # noqa: PLC0415  late: before Django
    from danchu.papers.cleaning.looked import looker  # noqa: PLC0415
    from danchu.papers.cleaning.reasons import Unfit  # noqa: PLC0415

    cleaner = cleaned(kind)
    look = looker(kind)
    resource.setrlimit(resource.RLIMIT_AS, (own_bytes() + most_bytes,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (most_seconds, most_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    be_killed_first()
    content = sys.stdin.buffer.read()
    try:
        output = b""
        if mode == "look":
            look(content)
        else:
            output = cleaner(content, mode == "clean")
    except Unfit as refusal:
        return int(refusal.reason)
    sys.stdout.buffer.write(output)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    code = 99  # a limit, or a fault of the reader: the file is refused in any case
    try:
        code = main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    finally:
        # Without tearing down: after MemoryError that could fail too.
        os._exit(code)
