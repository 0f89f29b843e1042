"""Retries a failed job on behalf of an administrator."""

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException

from danchu.jobs.querysets import FAILED
from danchu.jobs.queue import queue
from danchu.journal.actions import record
from danchu.kernel.actor import Acting
from danchu.kernel.days import now
from danchu.kernel.refusals import Refused, require

JOB = "job"


@transaction.atomic
def try_again(job: int, *, by: Acting) -> int:
    """Put the failed job of this id back into the queue, due at once. Returns the id. Refused when
    it has not failed or one of its kind waits; Denied without the right.
    """
    require(by.may("correct", JOB, None), _("Ông/bà không có quyền quản trị việc chạy nền."))
    row = ProcrastinateJob.objects.filter(pk=job).first()
    if row is None or row.status != FAILED:
        raise Refused(_("Việc này không ở trạng thái hỏng: có thể đã có người cho chạy lại."))
    try:
        with transaction.atomic():
            queue.job_manager.retry_job_by_id(job, retry_at=now())
    except ConnectorException as error:  # retried at the same moment, or its queueing lock is held
        raise Refused(_("Không cho chạy lại được: một việc cùng loại đang chờ.")) from error
    record(by, "job.tried_again", None, job=job, task=row.task_name)
    return job
