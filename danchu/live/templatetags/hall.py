"""Slots of the hall's pages: what the page is sent with, and by the same names what its script
changes on it (static/live/show.js).

`row` is the part of the hall a template is in: `{% when "is_open" %}` shows or hides, `{% sets
"value:pk" %}` writes attributes; `<b data-t="title">{{ row.title }}</b>` is text.
"""

from datetime import datetime

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from danchu.kernel.days import VIETNAM

register = template.Library()


def _found(context, path):
    value = context.get("row")
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


@register.simple_tag(takes_context=True)
def when(context, path):
    """data-if, and hidden where it does not hold: `path`, or `!path` for its contrary."""
    holds = bool(_found(context, path.removeprefix("!"))) != path.startswith("!")
    return format_html('data-if="{}"{}', path, "" if holds else mark_safe(" hidden"))


@register.simple_tag(takes_context=True)
def part(context, path):
    """data-with, and hidden where there is no such part; inside, `row` must be set to it."""
    return format_html(
        'data-with="{}"{}', path, "" if _found(context, path) else mark_safe(" hidden")
    )


@register.simple_tag(takes_context=True)
def sets(context, pairs):
    """data-a and the attributes themselves, "name:path;name:path"."""
    named = [pair.split(":") for pair in pairs.split(";")]
    told = [(name, _found(context, path)) for name, path in named]
    shown = format_html_join(
        "",
        ' {}="{}"',
        [
            (name, "" if value is True else value)
            for name, value in told
            if value is not None and value is not False
        ],
    )
    return format_html('data-a="{}"{}', pairs, shown)


@register.filter
def hm(seconds):
    """09:12 of seconds since 1970."""
    return datetime.fromtimestamp(seconds, VIETNAM).strftime("%H:%M") if seconds else ""


@register.filter
def left(until, now):
    """2:31 until then, "quá 0:12" after."""
    if not until:
        return ""
    rest = until - now
    return _span(-int(-rest // 1)) if rest >= 0 else _("quá %s") % _span(int(-rest))


@register.filter
def gone(since, now):
    """12:05 since then."""
    return _span(max(0, int(now - since))) if since else ""


def _span(seconds):
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
