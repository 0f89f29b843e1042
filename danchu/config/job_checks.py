"""The checks of the queue of jobs: whether it moves, and whether jobs have failed."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from danchu.config.checks import Trouble, check
from danchu.jobs.querysets import FAILED, living_workers, numbers, oldest_due
from danchu.kernel.days import now
from danchu.kernel.numbers import show_number

STANDING = timedelta(minutes=10)


@check("jobs", gettext_lazy("Việc chạy nền"), database=True)
def queue_moves():
    since = oldest_due()
    if since and now() - since > STANDING:
        minutes = show_number(int((now() - since).total_seconds() // 60))
        if living_workers():
            yield Trouble(
                _("Hàng đợi việc chạy nền đứng yên: có việc đến lượt đã %s phút.") % minutes,
                _("Xem trang “Việc chạy nền” ở bàn làm việc; tăng DANCHU_JOBS nếu việc quá nhiều."),
            )
        else:
            yield Trouble(
                _("Không tiến trình nào làm việc chạy nền: có việc đến lượt đã %s phút.") % minutes,
                _("Chạy danchu serve, với DANCHU_JOBS lớn hơn 0 ở ít nhất một máy."),
            )
    failed = numbers()[FAILED]
    if failed:
        yield Trouble(
            _("%s việc chạy nền không xong.") % show_number(failed),
            _("Xem lỗi và cho chạy lại ở bàn làm việc, trang “Việc chạy nền”."),
        )
