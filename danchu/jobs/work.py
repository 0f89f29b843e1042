"""One worker on the queue: runs jobs in threads, starts periodic ones, and retries the jobs of
workers that were killed.
"""

import asyncio
import logging

from asgiref.sync import sync_to_async
from django.conf import settings
from django.utils.translation import gettext as _
from procrastinate import App
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status
from procrastinate.psycopg_connector import PsycopgConnector

from danchu.jobs.queue import queue
from danchu.jobs.writes.failures import failure_middleware, keep_failure

log = logging.getLogger("danchu")
GRACE_SECONDS = 5
MOST_DEATHS = 8
# A worker silent for so many times JOBS_STALLED_SECONDS is taken off the list. One that was only
# suspended ends at its next job, for which it must be on the list, and is started again.
SILENT_TIMES = 3


async def work(concurrency, with_rounds=True, until_empty=False):
    """Run jobs, `concurrency` at a time, until SIGINT or SIGTERM; with `until_empty`, until none
    waits. `with_rounds`: also start periodic jobs.

    Jobs use Django's connections; the worker itself has a small pool of its own.
    """
    connector = PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4)
    app = App(connector=connector, periodic_defaults=queue.periodic_defaults)
    app.tasks = queue.tasks
    if with_rounds:
        app.periodic_registry = queue.periodic_registry
    cleaning = queue.worker_defaults.get("task_middleware", [])
    async with app.open_async():
        if until_empty:  # it may end before a rescue beside it has given it the lost jobs
            await rescue(app)
        rescuing = asyncio.create_task(_rescue_always(app))
        try:
            await app.run_worker_async(
                concurrency=concurrency,
                wait=not until_empty,
                listen_notify=not until_empty,
                install_signal_handlers=not until_empty,
                task_middleware=[*cleaning, failure_middleware],
                delete_jobs="successful",
                shutdown_graceful_timeout=GRACE_SECONDS,
                update_heartbeat_interval=settings.JOBS_STALLED_SECONDS / 3,
                stalled_worker_timeout=settings.JOBS_STALLED_SECONDS,
            )
        finally:
            rescuing.cancel()


async def _rescue_always(app):
    while True:
        try:
            await rescue(app)
        except Exception:  # the worker itself ends when the database does not answer
            log.exception("rescue of jobs failed")
        await asyncio.sleep(settings.JOBS_STALLED_SECONDS / 2)


async def rescue(app):
    """Retry the jobs of workers without a heartbeat for JOBS_STALLED_SECONDS; mark as failed a job
    after MOST_DEATHS attempts, which probably kills its worker. Workers silent for longer are taken
    off the list: procrastinate does so only when a worker starts, and one that starts right after
    another was killed is too early for it.
    """
    stalled = await app.job_manager.get_stalled_jobs(
        seconds_since_heartbeat=settings.JOBS_STALLED_SECONDS
    )
    for job in stalled:
        try:
            await _rescue_one(app, job)
        except Exception:  # one that cannot be rescued keeps no other from it
            log.exception("rescue of job %s failed", job.id)
    await app.job_manager.prune_stalled_workers(
        seconds_since_heartbeat=SILENT_TIMES * settings.JOBS_STALLED_SECONDS
    )


async def _rescue_one(app, job):
    if job.attempts >= MOST_DEATHS:
        await sync_to_async(keep_failure)(
            job.id, job.task_name, job.attempts, _("Tiến trình chết khi đang làm việc này.")
        )
        await app.job_manager.finish_job(job=job, status=Status.FAILED, delete_job=False)
        return
    try:
        await app.job_manager.retry_job(job=job)
    except UniqueViolation:
        # Of a periodic task one job may wait, and the next one waits already: it does what this one
        # was to do, and only begins when this one is gone.
        await app.job_manager.finish_job(job=job, status=Status.ABORTED, delete_job=True)
