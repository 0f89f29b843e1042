"""Atom feeds (RFC 4287) of public lists and of figures, for whoever follows them.

An entry stands for one state of a record or one value of a figure: when it changes, a new entry
comes. Of a figure only what the public reads is sent, by the same disclosure control as its page.
"""

from dataclasses import replace
from datetime import datetime, time

from django.http import HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from danchu.kernel.days import VIETNAM, show_day, today
from danchu.kernel.licence import DATA_LICENCE
from danchu.kernel.numbers import show_number, show_percent
from danchu.kernel.text import normal
from danchu.people.actor import Actor
from danchu.portal import cards
from danchu.units.names import names_of

MOST = 30


def list_feed(request, section, rows):
    """The feed of the first of some rows of a public section."""
    rows = list(rows[:MOST])
    listing = section.listing
    names = names_of({listing.placed(row) for row in rows})
    feed = _feed(request, str(listing.title), request.path.removesuffix(".atom") + "/")
    for row in rows:
        place, day = listing.placed(row)
        state = str(section.record.state(row)) if section.record else ""
        title = section.record.title(row) if section.record else row
        url = reverse(section.one, kwargs=section.named(row))
        _add(feed, request, str(title), url, f"#{state}", [state, names[place, day]], day)
    return _answer(feed)


def figure_feed(request, question):
    """The feed of a figure: its value in each year of its trend, the latest first, as the public
    reads it; years of which it may not read the value are left out.
    """
    public = replace(question, actor=Actor.public())
    title = f"{public.name}, {public.unit_name}"
    feed = _feed(request, title, public.url())
    points = zip(public.years(), cards.trend(public), strict=True)
    for period, (year, value, url) in reversed(list(points)):
        if value is None or isinstance(value, str):
            continue
        number = _value_text(public, value)
        words = [number, _("bản đồ ngày %s") % show_day(public.map_day)]
        _add(feed, request, f"{title}, {year}: {number}", url, f"#{value}", words, period.last)
    return _answer(feed)


def _value_text(question, value):
    places = cards.PLACES.get(question.indicator.kind)
    if question.indicator.kind == "ratio":
        return show_percent(value, places)
    return f"{show_number(value, places)} {question.measure}"


class _Feed(Atom1Feed):
    """A feed without entries is of today and not of this moment: it stays the same all day."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else _midnight(today())


def _midnight(day):
    return datetime.combine(day, time(), VIETNAM)


def _feed(request, title, address):
    return _Feed(
        title=_("Dân Chủ: %s") % title,
        link=request.build_absolute_uri(address),
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        author_name=_("Dân Chủ"),
        feed_copyright=DATA_LICENCE,
    )


def _add(feed, request, title, url, mark, words, day):
    """Add one entry. Days to come are those of what is planned, and count as today."""
    address = request.build_absolute_uri(url)
    instant = _midnight(min(day, today()))
    feed.add_item(
        title=normal(title),  # an earlier version may have kept what XML cannot hold
        link=address,
        description=normal(" · ".join(word for word in words if word)),
        unique_id=f"{address}{mark}",
        updateddate=instant,
        pubdate=instant,
    )


def _answer(feed):
    answer = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(answer, "utf-8")
    return answer
