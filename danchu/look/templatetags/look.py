"""Filters and components for every template, without {% load %}. They take plain values only."""

from datetime import date, datetime
from uuid import uuid4

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from danchu.kernel.addresses import uid_in
from danchu.kernel.days import DAWN, show_day, show_instant
from danchu.kernel.numbers import show_number, show_percent
from danchu.look import charts
from danchu.look.focus import has_focus
from danchu.look.once import FIELD as ONCE
from danchu.look.once import is_done
from danchu.units.names_changed import note_of_map

register = template.Library()


@register.simple_tag(takes_context=True)
def once(context):
    """The hidden token by which a form that is sent twice does one thing; on a form that is shown
    again, the one that was sent. All forms of a page have the same: what is compared is the address
    and what was typed, too.
    """
    request = context["request"]
    if not hasattr(request, "once_token"):
        sent = None if is_done(request) else uid_in(request.POST.get(ONCE))
        request.once_token = sent or uuid4()
    return format_html('<input type="hidden" name="{}" value="{}">', ONCE, request.once_token)


@register.filter
def number(value, places=None):
    """12.567 in Vietnamese, 12,567 in English; – for None; words such as "không nêu" unchanged."""
    return value if isinstance(value, str) and value else show_number(_plain(value), places)


@register.filter
def percent(value, places=1):
    """92,3 % from a value in percent; words unchanged."""
    return value if isinstance(value, str) and value else show_percent(_plain(value), places)


@register.filter
def day(value):
    """12/12/2023; – for None; words for DAWN, the time before the sources begin."""
    if not value:
        return "–"
    return _("từ trước") if value == DAWN else show_day(value)


@register.filter
def share(value):
    """The share of a record that counts: 1 → "", ½ → 50 %, None → "chưa phân được"."""
    if value is None:
        return _("chưa phân được")
    return "" if value == 1 else show_percent(value * 100, None)


@register.filter
def map_note(day):
    """What a reader of a map of the day must know of its sources, or ""."""
    return note_of_map(day)


@register.inclusion_tag("parts/figure_card.html")
def figure_card(
    label,
    value,
    *,
    measure="",
    url="",
    trend=(),
    places=None,
    is_percent=False,
    change=None,
    note="",
    large=False,
):
    """A number with its name, unit of measure, trend and link to its evidence."""
    text = percent(value, 1 if places is None else places) if is_percent else number(value, places)
    return {
        "label": label,
        "value_text": text,
        "measure": measure,
        "url": url,
        "note": note,
        "large": large,
        "change": change,
        "trend": charts.spark([point[1] for point in trend]),
        "points": trend,
        "places": places,
        "is_percent": is_percent,
    }


@register.simple_tag
def change(before, after, since="", *, measure="", places=None, rank=False, lower_is_better=None):
    """ "▲ tăng 7 bậc so với năm 2021": arrow and word carry the meaning, colour only repeats it.
    Can be used with `as`.

    `rank`: from 10th to 3rd is a rise of 7. `lower_is_better` True or False colours the change as
    good or bad; None does not.
    """
    if before is None or after is None or isinstance(before, str) or isinstance(after, str):
        return render_to_string("parts/change.html", {"none": True, "since": since})
    step = before - after if rank else after - before
    worse = lower_is_better is not None and bool(step) and (step > 0) == lower_is_better
    return render_to_string(
        "parts/change.html",
        {
            "step": step,
            "size": abs(step),
            "since": since,
            "measure": measure,
            "places": places,
            "worse": worse,
        },
    )


@register.inclusion_tag("parts/chart_line.html")
def chart_line(lines, *, title="", measure="", zero=True, places=None, breaks=(), head=None):
    """Series over time as lines, with their table folded below. `lines`: [(name, [(label, value,
    url)])], or a single list of points.
    """
    lines = list(lines)
    if lines and not (len(lines[0]) == 2 and isinstance(lines[0][1], list | tuple)):
        lines = [(title, lines)]
    chart = charts.line_chart(
        lines, zero=zero, breaks=breaks, write=lambda value: number(value, places)
    )
    rows = [
        (label, [line.points[i] if i < len(line.points) else None for line in chart.lines])
        for i, label in enumerate([p.label for p in chart.lines[0].points] if chart.lines else [])
    ]
    return {
        "chart": chart,
        "title": title,
        "measure": measure,
        "rows": rows,
        "several": len(lines) > 1,
        "head": head or _("Kỳ"),
    }


@register.inclusion_tag("parts/chart_bars.html")
def chart_bars(points, *, title="", measure="", places=None, is_percent=False, head=None, limit=0):
    """A table with horizontal bars of [(label, value, url)], in their order; rows beyond `limit`
    are folded.
    """
    rows = charts.bars(points)
    return {
        "first": rows[:limit] if limit else rows,
        "rest": rows[limit:] if limit else [],
        "title": title,
        "measure": measure,
        "places": places,
        "is_percent": is_percent,
        "head": head or _("Nơi"),
    }


@register.inclusion_tag("parts/evidence_table.html")
def evidence_table(rows, *, withheld=0, measure="", after_url="", exports=(), caption=""):
    """The rows that a figure is the sum of: objects with day, reference, title, where, amount,
    share, url; a title of None is withheld from this reader.
    """
    return {
        "rows": rows,
        "withheld": withheld,
        "measure": measure,
        "after_url": after_url,
        "exports": exports,
        "caption": caption,
    }


@register.inclusion_tag("parts/field.html")
def field(bound, *, wide=False, begin=False):
    """A form field with label, help and error, which Django links to it for screen readers. The
    first wrong field of a refused form has the focus, else the one with which the page begins.
    """
    if has_focus(bound, begin):
        bound.field.widget.attrs["autofocus"] = True
    widget = getattr(bound.field.widget, "input_type", "")
    return {
        "field": bound,
        "wide": wide,
        "is_choice": widget == "checkbox" and not getattr(bound.field, "choices", None),
    }


@register.inclusion_tag("parts/form_grid.html")
def form_grid(form, *, begin=False):
    """The visible fields of a form, those of its `wide` on a line of their own. `begin`: the page
    begins with the first of them.
    """
    rows = enumerate(form.visible_fields())
    return {"fields": [(row, row.name in form.wide, begin and place == 0) for place, row in rows]}


@register.inclusion_tag("parts/fields.html")
def fields(form):
    """A whole form: its errors, hidden fields, then each field."""
    return {"form": form}


@register.inclusion_tag("parts/timeline.html")
def timeline(items):
    """A timeline of [(when, title, text, url, kind)]; kind is "main", "gone" or ""."""
    return {"items": [tuple(item) + ("",) * (5 - len(item)) for item in items]}


@register.inclusion_tag("parts/progress.html")
def progress(done, total, label):
    """A progress bar with words."""
    return {"done": done, "total": total, "label": label}


@register.inclusion_tag("parts/empty.html")
def empty(title, text="", url="", action=""):
    """The text of an empty list: that, why, and a link to what can be done."""
    return {"title": title, "text": text, "url": url, "action": action}


@register.simple_tag(takes_context=True)
def sort_link(context, key, label, default=False, otherwise=""):
    """A heading that sorts its list by `?sort=key`, then `?sort=-key`, with an arrow for the
    present direction. Without `sort` the list is sorted by `otherwise`, or descending by this key
    where it is the `default`.
    """
    query = context["request"].GET.copy()
    now = query.get("sort", otherwise or (f"-{key}" if default else ""))
    query["sort"] = f"-{key}" if now == key else key
    query.pop("after", None)
    arrow = {key: " ▲", f"-{key}": " ▼"}.get(now, "")
    return format_html('<a href="?{}">{}{}</a>', query.urlencode(), label, arrow)


@register.simple_tag(takes_context=True)
def column_head(context, column, listing):
    """The heading of a column of a declared list; a link where the list sorts by it."""
    if not column.sort:
        return column.label
    is_first = column.sort == listing.sorts[0]
    return sort_link(context, column.sort, column.label, is_first, listing.sorted_by)


@register.simple_tag
def column_cell(column, line, address, section, query=""):
    """One cell of a declared list: its formatted value, with link, tag and the line below. `query`
    is added to the address of the record.
    """
    value = _cell(column.read(line))
    if column.is_state:
        kind = column.tag(line) if column.tag else ""
        kind = f"tag tag-{kind}" if kind else "tag"
        value = format_html('<span class="{}">{}</span>', kind, value)
    if column.links:
        url = reverse(address, kwargs=section.named(line.row)) + (f"?{query}" if query else "")
        value = format_html('<a href="{}">{}</a>', url, value)
    under = column.under(line) if column.under else ""
    if not under:
        return value
    return format_html('{}<br><span class="small quiet">{}</span>', value, _cell(under))


def _cell(value):
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("có") if value else _("không")
    if isinstance(value, datetime):
        return show_instant(value)
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else value


def _plain(value):
    return None if value == "" else value
