"""Minutes as their readers are told of them: paragraphs cut into what is marked and what is
not; and as they were written.
"""

from dataclasses import dataclass

from danchu.minutes.input.blocks import Mark, Promise, Written
from danchu.minutes.models import Commitment


@dataclass(frozen=True)
class Piece:
    """Characters of a paragraph under the same passages, none or several."""

    text: str
    passages: tuple

    @property
    def kinds(self):
        return " ".join(dict.fromkeys(passage.kind for passage in self.passages))


@dataclass(frozen=True)
class Told:
    """A paragraph and its pieces; `beginning` are the passages that begin in it, in order."""

    block: object
    pieces: tuple
    beginning: tuple

    @property
    def speaker(self):
        return self.block.speaker

    @property
    def shown_as(self):
        return self.block.shown_as


def told(minutes):
    """[Told] of the paragraphs in order, in three questions; each passage of a commitment with
    its `promise`, once there is one.
    """
    by_block = {}
    passages = list(minutes.passages.select_related("owner", "asker"))
    promises = {
        it.mark: it
        for it in Commitment.objects.filter(mark__in=[passage.mark for passage in passages])
    }
    for passage in passages:
        passage.promise = promises.get(passage.mark)
        by_block.setdefault(passage.block_id, []).append(passage)
    return [
        Told(
            block,
            _pieces(block.text, by_block.get(block.pk, ())),
            tuple(by_block.get(block.pk, ())),
        )
        for block in minutes.blocks.all()
    ]


def _pieces(text, passages):
    cuts = sorted(
        {0, len(text), *(at for passage in passages for at in (passage.start, passage.end))}
    )
    return tuple(
        Piece(
            text[start:end],
            tuple(passage for passage in passages if passage.start <= start and end <= passage.end),
        )
        for start, end in zip(cuts, cuts[1:], strict=False)
    )


def written_of(minutes):
    """[Written] as it stands, under the same marks: what an editor or a correction begins with."""
    return [
        Written(
            one.block.text,
            one.block.speaker,
            one.block.shown_as,
            one.block.is_heading,
            tuple(
                Mark(
                    p.kind,
                    p.start,
                    p.end,
                    p.is_accepted,
                    p.mark,
                    Promise(
                        p.title, p.owner, p.office, p.due_on, p.due_reason, p.asker, p.asked_by
                    ),
                )
                for p in one.beginning
            ),
        )
        for one in told(minutes)
    ]
