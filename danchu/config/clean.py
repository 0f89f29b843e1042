"""Removes the suite's database, and the demo's; records that are not a demo's are left where
they are.
"""

import os
import shutil
import sys
from pathlib import Path

from danchu.config.cluster_place import elsewhere

VAR = Path(os.environ.get("DANCHU_VAR", Path(__file__).resolve().parents[2] / "var")).resolve()


def clean():
    for folder in (VAR / "testing", elsewhere(VAR / "testing")):
        shutil.rmtree(folder, ignore_errors=True)
    kept = [folder for folder in (VAR, elsewhere(VAR)) if any(folder.glob("pg*/data"))]
    if kept and not (VAR / "demo").exists():
        print(
            f"Giữ lại {kept[0]}: không phải số liệu minh họa. (kept: these records are "
            f"not a demo's)"
        )
        return
    for folder in (VAR, elsewhere(VAR)):
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(clean())
