"""The suite runs on the embedded PostgreSQL (not durable, so quick) unless DATABASE_URL names a server."""

import os

os.environ["DANCHU_TESTING"] = "1"

from pathlib import Path

if not os.environ.get("DATABASE_URL"):
    from danchu.config.cluster import Cluster

    Cluster(os.environ.get("DANCHU_VAR", Path(__file__).resolve().parents[1] / "var"), durable=False).start()
