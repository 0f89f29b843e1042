"""The background jobs that work out groups of opinion, topics and copies."""

from danchu.consultation.writes.telling import tell_results
from danchu.jobs.queue import BACK_OFF, queue


@queue.periodic(cron="*/10 * * * *")
@queue.task(
    name="consultations.work_out",
    lock="consultations.work_out",
    queueing_lock="consultations.work_out",
    retry=BACK_OFF,
)
def work_out(timestamp):
    """Work out what people vote and say anew; `timestamp`: when it was due."""
    from danchu.consultation.writes.findings import work_out_all  # late: slow

    work_out_all()


@queue.task(name="consultations.move", retry=BACK_OFF)
def move(consultation):
    """Move the groups of a consultation by the votes that came since they were counted last, and
    tell the results that enough people changed.
    """
    from danchu.consultation.writes.findings import move_groups  # late: slow

    move_groups(consultation)
    tell_results(consultation)
