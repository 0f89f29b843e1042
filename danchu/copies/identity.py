"""Which program a copy is of: one of another version, or of other settings, is never shown."""

import os
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
ENDINGS = {".py", ".html", ".toml", ".csv", ".mo", ".txt", ".svg", ".js", ".css", ".json"}
# Settings of one process or machine that no page shows.
OWN = ("DANCHU_METRICS_TOKEN", "DANCHU_WORKERS", "DANCHU_THREADS")


@cache
def program() -> bytes:
    """A digest of the program's files and of the environment that it was started with."""
    digest = sha256(version("django").encode())
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix in ENDINGS:
            digest.update(str(path.relative_to(PACKAGE)).encode())
            digest.update(path.read_bytes())
    for name, value in sorted(os.environ.items()):
        if name.startswith("DANCHU_") and not name.startswith(OWN):
            digest.update(f"{name}={value}\n".encode())
    return digest.digest()
