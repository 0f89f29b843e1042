"""The navigation of the desk: the lists that rooms declare, and pages that belong to no room."""

from django.utils.translation import gettext_lazy as _

from danchu.desk.sections import Face
from danchu.jobs.actions import JOB
from danchu.subjects.room import sections
from danchu.subjects.sections import Link

LAST = (
    Link("desk_notices", _("Thông báo")),
    Link("desk_imports", _("Nhập từ tệp")),
    Link("desk_rights", _("Ai được làm gì")),
    Link(
        "desk_rules", _("Quy tắc, lịch, báo lên"), lambda actor: actor.may("correct", "law", None)
    ),
    Link("desk_setup", _("Thiết lập"), lambda actor: actor.may("appoint", "office", None)),
    Link("desk_jobs", _("Việc chạy nền"), lambda actor: actor.may("correct", JOB, None)),
)


def entries(actor):
    """The pages of the desk that the actor may open, as Links: lists of rooms in the order of the
    rooms, those that belong to another list left out.
    """
    lists = (
        Link(Face(section).list_address, section.listing.title, section.listing.allows)
        for section in sections()
        if section.above is None and section.parent is None
    )
    return [link for link in (*lists, *LAST) if link.allows(actor)]
