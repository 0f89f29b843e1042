"""The text of a report to the People's Council: its numbers are figures of the period, and each
content that was disclosed late or not at all is named.
"""

from danchu.disclosure.models import Content, Version
from danchu.figures.blur import seen_figure
from danchu.figures.catalogue import full_name, indicator
from danchu.kernel.days import Period, show_day
from danchu.kernel.numbers import show_number

HEADS = (
    (
        "I. Công khai",
        (
            "disclosures",
            "disclosures_due",
            "disclosures_in_time",
            "disclosures_ever",
            "postings_ended",
            "postings_long_enough",
            "contests",
            "contests.against",
        ),
    ),
    ("II. Lấy ý kiến Nhân dân", ("consultations",)),
    ("III. Nhân dân bàn và quyết định", ("decisions_settled",)),
)
LATE = "Công khai muộn hoặc chưa công khai:"


def report_text(unit, since, until, by):
    """Paragraphs in Vietnamese, one a line; those of a head begin with its number."""
    period = Period(since, until)
    lines = []
    for head, keys in HEADS:
        lines.append(head)
        for key in keys:
            number = seen_figure(indicator(key), unit.pk, period, until, by).value
            lines.append(f"{full_name(indicator(key))}: {show_number(number or 0)}.")
        if head.startswith("I. "):
            lines += _late(unit, since, until)
    return "\n".join(lines)


def _late(unit, since, until):
    """The contents whose due day lies in the period and that were not disclosed by it."""
    due = Version.objects.due().filter(
        content__unit=unit, obligation__due_on__gte=since, obligation__due_on__lt=until
    )
    late = due.exclude(pk__in=Version.objects.in_time().values("pk"))
    contents = Content.objects.filter(pk__in=late.values("content")).order_by("decided_on", "pk")
    if not contents:
        return []
    return [
        LATE,
        *(f"- {content.title}, ngày {show_day(content.decided_on)}." for content in contents),
    ]
