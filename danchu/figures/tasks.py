"""The yearly publication of sensitive figures."""

from danchu.figures.actions import release_year
from danchu.figures.blur import last_release
from danchu.jobs.queue import BACK_OFF, queue
from danchu.people.actor import Actor


@queue.periodic(cron="17 1 1 3 *")
@queue.task(name="figures.release", lock="figures.release", retry=BACK_OFF)
def release_last_year(timestamp):  # type: ignore[no-untyped-def]  # called by the queue
    """Publish the year that closed last. `timestamp` is the Unix time at which the task was due."""
    by = Actor.system("danchu serve")  # type: ignore[no-untyped-call]  # people is not typed
    release_year(last_release(), by=by)
