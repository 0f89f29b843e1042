"""What is long by nature: tried with a share of its values in `make test` and with all of them in
`make test-long`. The same tests run in both.
"""

import os
from zlib import crc32

import pytest

IS_LONG = bool(os.environ.get("DANCHU_TEST_LONG"))

# Tests that `make test-long` runs.
long = pytest.mark.long


def size(short, whole):
    """The number to try with."""
    return whole if IS_LONG else short


def part(values, share, key):
    """All values, or one in `share`: which ones, the text `key` decides, so that many keys together
    try them all and the same key always the same.
    """
    values = list(values)
    return values if IS_LONG else values[crc32(key.encode()) % share :: share]
