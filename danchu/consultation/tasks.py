"""The background job that works out groups of opinion, topics and copies."""

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
