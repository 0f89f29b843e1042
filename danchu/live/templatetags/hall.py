"""Tags and filters by which the templates of the hall bind the values of the view model
(danchu/live/view_model). static/live/show.js binds the same names after each frame.

`row` is the part of the view model that a template is in. `{% when "is_open" %}` shows or hides an
element, `{% part "speaking" %}` also makes that part the `row` of what is inside, `{% sets
"value:pk" %}` writes attributes. A text is written by the name and the filter of its slot:
`<b data-text="cast|n">{{ row.cast|n }}</b>`.
"""

from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from danchu.live.view_model import formats
from danchu.live.wording import thousands_mark

register = template.Library()
EMPTY = (None, "")


def _value_at(context: Context, path: str) -> Any:
    value: Any = context.get("row")
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value


@register.simple_tag(takes_context=True)
def when(context: Context, path: str) -> SafeString:
    """data-show, and `hidden` while the value is empty; `!path` for the contrary."""
    is_shown = bool(_value_at(context, path.removeprefix("!"))) != path.startswith("!")
    return format_html('data-show="{}"{}', path, "" if is_shown else mark_safe(" hidden"))


@register.simple_tag(takes_context=True)
def part(context: Context, path: str) -> SafeString:
    """data-with, and `hidden` while there is no such part; inside, set `row` to it."""
    is_shown = _value_at(context, path)
    return format_html('data-with="{}"{}', path, "" if is_shown else mark_safe(" hidden"))


@register.simple_tag(takes_context=True)
def sets(context: Context, pairs: str) -> SafeString:
    """data-attributes and the attributes themselves, of "name:path;name:path"."""
    values = [
        (name, _value_at(context, path))
        for name, path in (pair.split(":") for pair in pairs.split(";"))
    ]
    attributes = format_html_join(
        "",
        ' {}="{}"',
        [
            (name, "" if value is True else value)
            for name, value in values
            if value is not None and value is not False
        ],
    )
    return format_html('data-attributes="{}"{}', pairs, attributes)


@register.filter
def n(number: Any) -> str:
    """12.567 in Vietnamese, 12,567 in English; nothing for nothing."""
    return "" if number in EMPTY else formats.number_text(number, thousands_mark())


@register.filter
def hm(seconds: Any) -> str:
    """09:12 of seconds since 1970."""
    return "" if seconds in EMPTY else formats.hour_text(seconds)


@register.filter
def left(until: Any, now: float) -> str:
    """The time that is left until an instant, as "2:31"; after it "quá 0:12"."""
    return _clock("left", until, now)


@register.filter
def elapsed(since: Any, now: float) -> str:
    """The time since an instant, as "12:05"."""
    return _clock("gone", since, now)


def _clock(kind: str, at: Any, now: float) -> str:
    text: str = formats.clock(kind, None if at in EMPTY else at, now, _("quá %s"))["text"]
    return text
