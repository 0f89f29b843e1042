"""What the processes of the product count about themselves, for Prometheus.

`danchu serve` names a folder in PROMETHEUS_MULTIPROC_DIR before it starts its processes; each
writes its numbers into files there, and whichever is asked adds up all of them
(danchu/config/metrics.py). Labels are names from the code: no address that was typed, no account.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from danchu.kernel.version import VERSION

NUMBERS = CollectorRegistry()
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)

processes = Gauge(
    "danchu_processes",
    "Processes that run, by what they do and by the version they started with",
    ["process", "version"],
    registry=NUMBERS,
    multiprocess_mode="livesum",
)
requests = Counter(
    "danchu_requests",
    "Requests answered by the web server",
    ["method", "route", "status"],
    registry=NUMBERS,
)
request_seconds = Histogram(
    "danchu_request_seconds",
    "From the request to its answer, without the sending",
    ["method", "route"],
    registry=NUMBERS,
    buckets=SECONDS,
)
queries = Counter("danchu_queries", "Statements sent to the database", ["route"], registry=NUMBERS)
job_seconds = Histogram(
    "danchu_job_seconds",
    "Jobs done in the background, by how they ended",
    ["task", "outcome"],
    registry=NUMBERS,
    buckets=(0.1, 0.5, 1, 5, 30, 120, 600),
)
scans = Counter(
    "danchu_scans", "Uploads that a scanner was asked about", ["outcome"], registry=NUMBERS
)
hall_readers = Gauge(
    "danchu_hall_readers",
    "Devices that are connected to the hubs of this machine",
    registry=NUMBERS,
    multiprocess_mode="livesum",
)
hall_answers = Counter(
    "danchu_hall_answers",
    "Requests answered by the processes of the live hall",
    ["process", "status"],
    registry=NUMBERS,
)
hall_frames = Counter("danchu_hall_frames", "Frames numbered by the sequencer", registry=NUMBERS)


def announce(process: str) -> None:
    """Count this process as one that runs: "web", "jobs", "hub", "intake" or "sequencer"."""
    processes.labels(process, VERSION).set(1)
