"""The strip at the head of a demo's pages: who the visitor is, what to try, other roles."""

from django.conf import settings
from django.utils.translation import gettext as _

from danchu.demo.staff import STAFF
from danchu.demo.tasks import CITIZEN, OFFICES, TASKS
from danchu.kernel.words import language
from danchu.people.loading import rights_table


def demo_strip(request):
    """{demo_strip: {role, tasks, roles}} for the frame of a demo, {} elsewhere. No query: the
    account was read with the session.
    """
    if not settings.DEMO:
        return {}
    return {"demo_strip": lambda: _strip(request)}


def _strip(request):
    account = getattr(request, "user", None)
    role = account.email if account is not None and account.is_authenticated else CITIZEN
    roles = [(CITIZEN, _("người dân, không có tài khoản"))]
    offices = rights_table()["offices"]
    roles += [(address, offices[office][language()]) for address, _name, office, *_rest in STAFF]
    return {
        "role": role,
        "name": dict(roles).get(role, role),
        "tasks": TASKS.get(OFFICES.get(role, CITIZEN), ()),
        "roles": roles,
    }
