"""Sizes of slow tests: `make test` runs them with a share of their values, `make test-long` with
all.
"""

import os
from zlib import crc32

import pytest

IS_LONG = bool(os.environ.get("DANCHU_TEST_LONG"))

# Tests that `make test-long` runs.
long = pytest.mark.long


def size(short, whole):
    """`whole` in `make test-long`, else `short`."""
    return whole if IS_LONG else short


def part(values, share, key):
    """All values in `make test-long`, else one in `share`, chosen by a hash of the text `key`: the
    same for the same key, and all of them over many keys.
    """
    values = list(values)
    return values if IS_LONG else values[crc32(key.encode()) % share :: share]
