"""What the frame of every page needs to know. Asks nothing of the database."""

from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language

from danchu.look.pages import THEMES


def frame(request):
    """Demo mark, theme chosen, the same page in the other language, which part of the site we
    are in.
    """
    here = request.get_full_path()
    theme = request.COOKIES.get("theme", "")
    return {
        "demo": settings.DEMO,
        "theme": theme if theme in THEMES else "",
        "here": here,
        "in_vietnamese": translate_url(here, "vi"),
        "in_english": translate_url(here, "en"),
        "section": _section(request.path_info),
        "desk_address": translate_url(settings.LOGIN_REDIRECT_URL, get_language()),
    }


def _section(path):
    """The first word of the path without the language: "figures" of /en/figures/opinions/."""
    return path.removeprefix(f"/{get_language()}/").strip("/").split("/")[0]
