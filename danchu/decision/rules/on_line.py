"""Which matters may be voted on line."""

from django.utils.translation import gettext_lazy as _

from danchu.kernel.days import today
from danchu.law.book import book
from danchu.law.decision import is_listed


def not_online(decision):
    """Why the matter is not voted on line; "" where the law allows it."""
    day = today()
    if is_listed(decision.item, "online", lambda key: book().rule(key, day)):
        return ""
    rule = book().rule_if_any("decision.items.online", day)
    return _("Việc này không được biểu quyết trực tuyến (%s). Hãy họp hoặc phát phiếu.") % (
        rule.source if rule else "–"
    )
