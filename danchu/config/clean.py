"""Removes the databases of the test suite and of the demo, and nothing else: real records stay."""

import os
import shutil
import sys
from pathlib import Path

from danchu.config.cluster_place import fallback_folder

VAR = Path(os.environ.get("DANCHU_VAR", Path(__file__).resolve().parents[2] / "var")).resolve()


def clean():
    """Remove the folders; a message instead when they hold records that are not a demo's."""
    for folder in (VAR / "testing", fallback_folder(VAR / "testing")):
        shutil.rmtree(folder, ignore_errors=True)
    clusters = [folder for folder in (VAR, fallback_folder(VAR)) if any(folder.glob("pg*/data"))]
    if clusters and not (VAR / "demo").exists():
        print(
            f"Giữ lại {clusters[0]}: không phải số liệu minh họa. (kept: these records are "
            f"not a demo's)"
        )
        return
    for folder in (VAR, fallback_folder(VAR)):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(clean())
