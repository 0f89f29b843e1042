"""The list of what was disclosed in a quarter, as a file to be posted."""

from datetime import timedelta

from danchu.disclosure.models import Posting
from danchu.kernel.days import show_day
from danchu.papers.official import Line, Official, official_file
from danchu.units.names import name_of

NOTHING = "Trong quý không có nội dung nào được công khai."
A_DAY = timedelta(days=1)


def list_file(unit, title, since, until):
    """The PDF of what was posted from `since` until before `until`: content, form, place, days."""
    place = name_of(unit.pk, until) or ""
    lines = tuple(Line.of(text) for text in list_lines(unit, since, until))
    paper = Official(title, f"ỦY BAN NHÂN DÂN\n{place}", place, until, lines=lines)
    return official_file(paper, "pdf")


def list_lines(unit, since, until):
    """The lines of the list; in Vietnamese."""
    rows = Posting.objects.counted().filter(content__unit=unit, since__gte=since, since__lt=until)
    rows = rows.select_related("content__item", "place").order_by("content", "since", "pk")
    by_content = {}
    for posting in rows:
        by_content.setdefault(posting.content, []).append(posting)
    return [
        f"{number}. {content.title} ({content.item.article}): "
        + "; ".join(map(_words, postings))
        + "."
        for number, (content, postings) in enumerate(by_content.items(), 1)
    ] or [NOTHING]


def _words(posting):
    place = posting.place.name if posting.place else posting.where
    end = f" đến {show_day(posting.until - A_DAY)}" if posting.until else ""
    return f"{posting.get_form_display()}, {place}, từ {show_day(posting.since)}{end}"
