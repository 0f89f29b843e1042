"""danchu jobs work | list: run a worker (as `danchu serve` does), or list the jobs."""

import asyncio

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from danchu.jobs import querysets
from danchu.jobs.words import task_words
from danchu.jobs.work import work
from danchu.kernel.metrics import announce


class Command(BaseCommand):
    help = "Hàng đợi việc chạy nền: làm việc đang chờ, hoặc liệt kê."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["work", "list"])
        parser.add_argument("--at-once", type=int, default=2, help="số việc làm cùng lúc")
        parser.add_argument(
            "--without-rounds", action="store_true", help="không bắt đầu việc theo giờ"
        )

    def handle(self, act, at_once, without_rounds, **options):
        if act == "work":
            announce("jobs")
            asyncio.run(work(at_once, with_rounds=not without_rounds))
            return
        for status in (querysets.WAITING, querysets.RUNNING, querysets.FAILED):
            for job in querysets.jobs_in(status):
                self.stdout.write(
                    f"{status}\t{job.pk}\t{task_words(job.task_name)}\t{job.error or ''}"
                )
        self.stdout.write(_("Số tiến trình đang làm: %s.") % querysets.living_workers())
