"""The version of the program that runs: fixed when its process starts, whatever is installed beside
it later.
"""

import re
from pathlib import Path

VERSION = "0.1.0"
_LINE = re.compile(r'^VERSION = "([^"]+)"$', re.MULTILINE)


def version_on_disk() -> str:
    """The version of the program files as they are now; that of the process where they cannot be
    read. Another one than VERSION: this process is older than what has been installed.
    """
    try:
        line = _LINE.search(Path(__file__).read_text(encoding="utf-8"))
    except OSError:
        return VERSION
    return line[1] if line else VERSION
