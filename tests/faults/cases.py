"""The numbers of the reported faults.

LA law, FI figures, TR traces of the journal, FA input and output, SE security
(C critical, H high, M medium, L low). A test holds a case by ``@pytest.mark.case("FA12")``,
wherever the test stands; ``OPEN`` are the cases that no test holds yet.
"""

from __future__ import annotations

CASES = (
    *(f"LA{number}" for number in range(1, 12)),
    *(f"FI{number}" for number in range(1, 11)),
    *(f"TR{number}" for number in range(1, 4)),
    *(f"FA{number}" for number in range(1, 38)),
    "SE-C1",
    *(f"SE-H{number}" for number in range(1, 5)),
    *(f"SE-M{number}" for number in range(1, 17)),
    *(f"SE-L{number}" for number in range(1, 14)),
)

# A line each, so that cases closed side by side do not meet on one line.
OPEN: set[str] = set()
