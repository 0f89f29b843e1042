"""The days of what boards do: never in the future, never before what went before."""

from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day, today
from danchu.kernel.refusals import Refused


def check_day(day, since, field):
    if not isinstance(day, date):
        raise Refused(_("Hãy ghi ngày."), field)
    if day > today():
        raise Refused(_("Ngày ở tương lai. Chỉ ghi việc đã diễn ra."), field)
    if since is not None and day < since:
        raise Refused(_("Ngày phải từ %s trở đi.") % show_day(since), field)
