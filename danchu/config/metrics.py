"""The numbers of an installation for Prometheus: what its processes count, and what its database
and its files say when they are asked.
"""

import os
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from django.db import DatabaseError, InterfaceError
from django.db.models import Max
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from danchu.conference.models import Conference
from danchu.config.metrics_folder import FOLDER, forget_ended
from danchu.following.numbers import state_of_following
from danchu.jobs.querysets import FAILED, RUNNING, WAITING, living_workers, numbers, oldest_due
from danchu.journal.heads import VERIFIED, last_written
from danchu.journal.models import Checkpoint
from danchu.journal.verify import head
from danchu.kernel.days import now
from danchu.kernel.metrics import NUMBERS
from danchu.notices.querysets import oldest_waiting, waiting_by_channel

# What the queue calls the states of a job, in words.
STATUSES = {WAITING: "waiting", RUNNING: "running", FAILED: "failed"}


def exposition(folder=""):
    """The numbers as Prometheus reads them, in bytes. `folder`: where the processes of this machine
    count, by default where this process does.
    """
    registry = CollectorRegistry()
    folder = str(folder or os.environ.get(FOLDER, ""))
    if folder:
        forget_ended(folder)
        MultiProcessCollector(registry, folder)
    else:
        registry.register(NUMBERS)
    registry.register(_Installation())
    return generate_latest(registry)


def versions_running(folder):
    """{version: number of processes} of what `danchu serve` has started on this machine."""
    forget_ended(folder)
    files = [str(path) for path in Path(folder).glob("gauge_livesum_*.db")]
    versions = Counter()
    for metric in MultiProcessCollector.merge(files):
        for sample in metric.samples:
            if sample.name == "danchu_processes":
                versions[sample.labels["version"]] += int(sample.value)
    return versions


class _Installation:
    """A collector that asks the database and the files; what does not answer is left out."""

    def collect(self):
        yield from _file_ages()
        metrics = []
        try:
            metrics = [*_jobs(), *_notices(), *_followers(), *_journal(), *_hall()]
        except (DatabaseError, InterfaceError):
            metrics = []
        yield GaugeMetricFamily(
            "danchu_database_up", "Whether the database answers", float(bool(metrics))
        )
        yield from metrics


def _file_ages():
    ages = {
        "danchu_backup_age_seconds": ("Since this machine wrote a backup", "backup"),
        "danchu_journal_verified_age_seconds": ("Since `danchu verify` was content", VERIFIED),
    }
    for name, (words, source) in ages.items():
        at = last_written(source)
        if at is not None:
            yield GaugeMetricFamily(name, words, (datetime.now(UTC) - at).total_seconds())


def _jobs():
    by_status = GaugeMetricFamily("danchu_jobs", "Jobs of the queue, by state", labels=["status"])
    for status, number in numbers().items():
        by_status.add_metric([STATUSES[status]], number)
    yield by_status
    yield GaugeMetricFamily(
        "danchu_jobs_oldest_due_seconds",
        "How long the job that is due has waited longest, 0 for none",
        _age(oldest_due()),
    )
    yield GaugeMetricFamily("danchu_job_workers", "Workers that live", living_workers())


def _notices():
    waiting = GaugeMetricFamily("danchu_notices_waiting", "Notices to send", labels=["channel"])
    for channel, number in waiting_by_channel().items():
        waiting.add_metric([channel], number)
    yield waiting
    yield GaugeMetricFamily(
        "danchu_notices_oldest_seconds", "Age of the oldest notice to send", _age(oldest_waiting())
    )


def _followers():
    state = state_of_following()
    yield GaugeMetricFamily("danchu_followers", "Addresses that follow by mail", state.followers)
    yield GaugeMetricFamily(
        "danchu_followers_unconfirmed", "Addresses that have not confirmed", state.unconfirmed
    )


def _journal():
    yield GaugeMetricFamily("danchu_journal_entries", "Number of the last entry", head()[0])
    published_at = Checkpoint.objects.aggregate(at=Max("at"))["at"]
    if published_at is not None:
        yield GaugeMetricFamily(
            "danchu_checkpoint_age_seconds", "Since a checkpoint was published", _age(published_at)
        )


def _hall():
    yield GaugeMetricFamily(
        "danchu_conferences_running",
        "Conferences in session",
        Conference.objects.running().count(),
    )


def _age(instant):
    return max(0.0, (now() - instant).total_seconds()) if instant else 0.0
