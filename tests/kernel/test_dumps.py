"""A process that holds keys leaves no picture of its memory."""

import subprocess
import sys

ASKED = """
import ctypes, resource
from danchu.kernel.dumps import refuse_dumps
refuse_dumps()
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""  # 3: PR_GET_DUMPABLE


def test_no_core_is_dumped_and_nobody_else_reads_its_memory():
    command = [sys.executable, "-c", ASKED]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "0 (0, 0)"
