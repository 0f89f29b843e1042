"""The folder in which the processes of this machine count for Prometheus: one set of files for each
process. Nothing here needs Django: `danchu serve` prepares it before it starts anything.
"""

import os
from contextlib import suppress
from pathlib import Path

from danchu.config.children import answers_signals

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def prepare_folder(var):
    """Empty the folder and name it to the processes that are started from here on."""
    folder = Path(var) / "metrics"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in folder.glob("*.db"):
        path.unlink()
    os.environ[FOLDER] = str(folder)


def forget_ended(folder):
    """Take what processes that have ended said of the moment out of the sums; what they counted
    stays.
    """
    for path in Path(folder).glob("gauge_live*_*.db"):
        pid = path.stem.rpartition("_")[2]
        if pid.isdecimal() and not answers_signals(int(pid)):
            with suppress(FileNotFoundError):
                path.unlink()
