"""The parts of a page that are the reader's own, and the frame, which is the same on many pages."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from danchu.copies.copy import marked
from danchu.kernel.dependence import own_mark

register = template.Library()

# What differs between the pages of one frame stands between these, which no page can hold: what is
# put in later is never searched for them.
HOLE = "\ue000{}\ue001"
_HOLES = re.compile("\ue000([^\ue001]*)\ue001")
OWN = "own "
ADDRESSES = ("here", "here_quoted", "in_vietnamese", "in_english")
MOST_FRAMES = 1000
# Of each frame the text and the names of what is put in, in turn.
_frames: dict[tuple, list[str]] = {}


class OwnPart(template.Node):
    """A template of which the page that is kept for everybody has only the place."""

    def __init__(self, name):
        self.name = name

    def render(self, context):
        if context.get("is_frame_in_work"):
            return HOLE.format(OWN + self.name)
        return own_text(self.name, context)


def own_text(name, context):
    """The text of a reader's own part, marked where the page may be kept."""
    text = context.template.engine.get_template(name).render(context)
    mark = own_mark()
    return marked(name, text, mark) if mark else text


class FramePart(template.Node):
    """A template of the frame, rendered once for all pages of a section, language and theme."""

    def __init__(self, name):
        self.name = name

    def render(self, context):
        part = context.template.engine.get_template(self.name)
        if context.get("searched") or not context.get("has_common_frame"):
            return part.render(context)
        names = ("theme", "section", "verb_here")
        key = self.name, get_language(), context["my_place"](), *map(context.get, names)
        if key not in _frames:
            if len(_frames) >= MOST_FRAMES:
                _frames.clear()
            holes = {name: HOLE.format(name) for name in ADDRESSES}
            with context.push(is_frame_in_work=True, **holes):
                _frames[key] = _HOLES.split(part.render(context))
        pieces = list(_frames[key])
        for place in range(1, len(pieces), 2):
            pieces[place] = _filled(pieces[place], context)
        return mark_safe("".join(pieces))  # noqa: S308  # rendered, or escaped, piece by piece


def _filled(name, context):
    if name.startswith(OWN):
        return own_text(name.removeprefix(OWN), context)
    return escape(context[name])


@register.tag
def own(parser, token):
    """`{% own "parts/account.html" %}`: include a template that asks who the reader is. It may use
    what danchu.look.own_parts.own_context gives and nothing else of the page.
    """
    return OwnPart(_name_in(token))


@register.tag
def frame_part(parser, token):
    """`{% frame_part "parts/footer.html" %}`: include a template of the frame. It may use what
    danchu.look.context.frame gives and nothing else of the page.
    """
    return FramePart(_name_in(token))


def _name_in(token):
    _tag, name = token.split_contents()
    return name.strip("\"'")
