"""The context processor of the frame. It makes no database queries."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from danchu.look.pages import THEMES, own_address
from danchu.subjects.room import public_sections

# Pages of the navigation that are not lists of a room: (name of the address, word, first segments
# of their paths).
HEAD = (
    ("front", _("Tổng quan"), ("",)),
    ("reports", _("Báo cáo"), ("report",)),
    ("figures", _("Số liệu"), ("figures",)),
    ("compare", _("So sánh"), ("compare",)),
    ("units", _("Đơn vị"), ("units", "records")),
    ("petitions", _("Đơn thư"), ("petitions", "reception")),
)


def frame(request):
    """{name: value} for the frame: demo mark, theme, this page in either language, navigation."""
    here = own_address(request)
    theme = request.COOKIES.get("theme", "")
    return {
        "demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
        "here": here,
        "in_vietnamese": translate_url(here, "vi"),
        "in_english": translate_url(here, "en"),
        "section": _section(request.path_info),
        "navigation": [*HEAD, *_listed(in_navigation=True)],
        "foot": _listed(in_navigation=False),
        "desk_address": translate_url(settings.LOGIN_REDIRECT_URL, get_language()),
    }


def _section(path):
    """The first segment of the path without the language: "figures" of /en/figures/opinions/."""
    return path.removeprefix(f"/{get_language()}/").strip("/").split("/")[0]


def _listed(in_navigation):
    """[(name of the address, title, first segments of its paths)] of the public lists."""
    return [
        (section.listing.name.replace("-", "_"), section.listing.title, (section.listing.name,))
        for section in public_sections()
        if section.in_navigation == in_navigation
    ]
