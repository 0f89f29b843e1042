"""The context processor of the frame. It makes no database queries; the reader's own place is read
where a template shows it.
"""

from functools import lru_cache, partial
from urllib.parse import quote

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from danchu.kernel.version import VERSION
from danchu.look.my_place import my_place
from danchu.look.own_parts import desk_address
from danchu.look.pages import THEMES, own_address
from danchu.subjects.room import public_sections
from danchu.subjects.verbs import KNOW, SUPERVISE, VERBS

# Public pages that are not lists of a room: (name of the address, word, first segments of their
# paths, verb).
PAGES = (
    ("petitions", _("Đơn thư"), ("petitions",), SUPERVISE),
    ("reception", _("Lịch tiếp công dân"), ("reception",), KNOW),
    ("rules", _("Quy tắc và thời hạn"), ("law",), KNOW),
    ("units", _("Đơn vị hành chính qua thời gian"), ("units",), KNOW),
    ("journal", _("Dấu kiểm của sổ nhật ký"), ("journal",), KNOW),
)
# The last of the menu: (name of the address, word, first segments of their paths).
LAST = (
    ("figures", _("Số liệu"), ("figures", "compare", "records")),
    ("reports", _("Báo cáo"), ("report", "sealed-reports")),
)
# Where the bar at the foot of a telephone's screen leads: (name of the address, word, segments).
BAR = (
    ("front", _("Nhà"), ("",)),
    ("petition_send", _("Gửi"), ("petitions",)),
    ("search", _("Tìm"), ("search",)),
    ("figures", _("Số liệu"), ("figures", "compare")),
)
BAR_OF_DESK = (
    ("desk", _("Hôm nay"), ()),
    ("desk_new", pgettext_lazy("new", "Ghi"), ()),
    ("search", _("Tìm"), ("search",)),
)


def frame(request):
    """{name: value} for the frame: demo mark, theme, this page in either language, navigation."""
    here = own_address(request)
    theme = request.COOKIES.get("theme", "")
    segments = _segments(request.path_info)
    section = segments[0]
    folder = "desk/" if section == "desk" and _is_official(request) else ""
    return {
        "demo": settings.DEMO,
        "version": VERSION,
        "theme": theme if theme in THEMES else "",
        "here": here,
        "here_quoted": quote(here, safe=""),
        "in_vietnamese": _in_language(here, "vi"),
        "in_english": _in_language(here, "en"),
        "section": section,
        "verbs": VERBS.values(),
        "verb_here": _verb_of(segments),
        "last_pages": LAST,
        "bar": BAR_OF_DESK if section == "desk" else BAR,
        "foot": pages_of(),
        "my_place": partial(my_place, request),
        "has_common_frame": not folder,
        "navigation_template": f"{folder}parts/navigation.html",
        "bar_template": f"{folder}parts/bar_more.html",
        "desk_address": desk_address(get_language()),
    }


def _in_language(address, language):
    """The address of the same page in a language."""
    path, mark, query = address.partition("?")
    return _path_in_language(path, language) + mark + query


@lru_cache(4096)
def _path_in_language(path, language):
    return translate_url(path, language)


def _is_official(request):
    """Whether an account is logged in; a page that refuses may be rendered before that is known."""
    actor = getattr(request, "actor", None)
    return actor is not None and not actor.is_public


def pages_of(verb=None):
    """[(name of the address, word, first segments of its paths)] of the public pages that belong to
    a verb, or of all.
    """
    lists = [
        (
            section.listing.name.replace("-", "_"),
            section.listing.title,
            (section.listing.name,),
            section.verb,
        )
        for section in public_sections()
    ]
    return [
        (address, word, paths)
        for address, word, paths, of in (*PAGES, *lists)
        if verb is None or of == verb
    ]


def _verb_of(segments):
    """The key of the verb to which the page belongs; "" for none."""
    if segments[0] == "verbs":
        return segments[1] if len(segments) > 1 else ""
    for key, verb in VERBS.items():
        if any(segments[0] in paths for _address, _word, paths in pages_of(verb)):
            return key
    return ""


def _segments(path):
    """The segments of the path without the language: ["figures", "opinions"]."""
    return path.removeprefix(f"/{get_language()}/").strip("/").split("/")
