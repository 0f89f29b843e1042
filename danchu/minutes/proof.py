"""Verifies approved minutes by their hash, and the numbers of their events, for `danchu verify`."""

from django.utils.translation import gettext as _

from danchu.minutes.input.blocks import content_hash
from danchu.minutes.models import Minutes, MinutesState
from danchu.minutes.queries.event_numbers import numbers_of
from danchu.register.words import NUMBER_WORDS


def minutes_problems():
    """Yields (place, message) of each approved text that no longer has its hash, and of each event
    whose numbers differ from those of its minutes.
    """
    for minutes in (
        Minutes.objects.exclude(state=MinutesState.DRAFTED)
        .select_related("event")
        .order_by("pk")
        .iterator(500)
    ):
        place = _("biên bản số %s") % minutes.pk
        blocks = list(minutes.blocks.all())
        passages = list(minutes.passages.all())
        if content_hash(minutes, blocks, passages) != minutes.content_hash:
            yield place, _("nội dung không còn khớp mã băm lúc duyệt")
        texts = {block.pk: block.text for block in blocks}
        if any(texts[p.block_id][p.start : p.end] != p.text for p in passages):
            yield place, _("đoạn đánh dấu không khớp chữ trong biên bản")
        if (
            minutes.state == MinutesState.APPROVED
            and minutes.event_id
            and minutes.event.state in ("draft", "confirmed")
        ):
            for name, value in numbers_of(minutes.event).items():
                if getattr(minutes.event, name) != value:
                    yield (
                        place,
                        _("“%(word)s” của việc trong sổ khác số đoạn đánh dấu: %(value)s")
                        % {"word": NUMBER_WORDS[name], "value": value},
                    )
