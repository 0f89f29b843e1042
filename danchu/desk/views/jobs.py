"""The job queue at the administrator's desk: waiting, running and failed jobs; a failed one can be
retried.
"""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from danchu.desk.guard import official
from danchu.following.numbers import state_of_following
from danchu.jobs import querysets
from danchu.jobs.actions import JOB, try_again
from danchu.jobs.words import task_words
from danchu.kernel.refusals import Refused, require
from danchu.look.pages import page
from danchu.subjects.first_rows import first_rows

PAGE_ROWS = 100


def administrator(view):
    """Let in those who administer the whole installation."""

    @official
    @never_cache
    @wraps(view)
    def guarded(request, *arguments, **more):
        require(
            request.actor.may("correct", JOB, None),
            _("Ông/bà không có quyền quản trị việc chạy nền."),
        )
        return view(request, *arguments, **more)

    return guarded


@administrator
def jobs(request):
    """Every job that has not succeeded, the latest first; PAGE_ROWS of each state."""
    numbers = querysets.numbers()
    return page(
        request,
        "desk/jobs.html",
        groups=[
            (key, name, numbers[key], _lines(request, key))
            for key, name in (
                (querysets.FAILED, _("Không xong")),
                (querysets.RUNNING, _("Đang chạy")),
                (querysets.WAITING, _("Đang chờ")),
            )
        ],
        followed=state_of_following(),
        workers=querysets.living_workers(),
        failed=querysets.FAILED,
    )


def _lines(request, status):
    jobs = first_rows(querysets.jobs_in(status), PAGE_ROWS, request.GET)
    return jobs.each(lambda job: (task_words(job.task_name), job))


@administrator
@require_POST
def job_again(request, pk):
    """Retry a failed job."""
    try:
        try_again(pk, by=request.actor)
    except Refused as refusal:
        messages.warning(request, refusal.message)
    else:
        messages.success(request, _("Việc này sẽ được chạy lại ngay."))
    return redirect("desk_jobs")
