"""The text of minutes for reading, its paragraphs cut into marked and unmarked pieces; and for
editing.
"""

from dataclasses import dataclass

from danchu.minutes.input.blocks import BlockInput, Mark, Promise
from danchu.minutes.models import Commitment


@dataclass(frozen=True)
class Piece:
    """Characters of a paragraph that lie in the same passages, none or several."""

    text: str
    passages: tuple

    @property
    def kinds(self):
        return " ".join(dict.fromkeys(passage.kind for passage in self.passages))


@dataclass(frozen=True)
class ReadableBlock:
    """A paragraph cut into pieces; `beginning` are its passages, in order."""

    block: object
    pieces: tuple
    beginning: tuple

    @property
    def speaker(self):
        return self.block.speaker

    @property
    def shown_as(self):
        return self.block.shown_as


def readable_blocks(minutes):
    """[ReadableBlock] of the paragraphs in order, in three queries; each passage has its commitment
    as `promise`, None without one.
    """
    by_block = {}
    passages = list(minutes.passages.select_related("owner", "asker"))
    promises = {
        commitment.mark: commitment
        for commitment in Commitment.objects.filter(mark__in=[passage.mark for passage in passages])
    }
    for passage in passages:
        passage.promise = promises.get(passage.mark)
        by_block.setdefault(passage.block_id, []).append(passage)
    return [
        ReadableBlock(
            block,
            _pieces(block.text, by_block.get(block.pk, ())),
            tuple(by_block.get(block.pk, ())),
        )
        for block in minutes.blocks.all()
    ]


def _pieces(text, passages):
    cuts = sorted(
        {
            0,
            len(text),
            *(position for passage in passages for position in (passage.start, passage.end)),
        }
    )
    return tuple(
        Piece(
            text[start:end],
            tuple(passage for passage in passages if passage.start <= start and end <= passage.end),
        )
        for start, end in zip(cuts, cuts[1:], strict=False)
    )


def block_inputs(minutes):
    """[BlockInput] of the stored text, with the ids of its marks, to be edited."""
    return [
        BlockInput(
            readable.block.text,
            readable.block.speaker,
            readable.block.shown_as,
            readable.block.is_heading,
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
                for p in readable.beginning
            ),
        )
        for readable in readable_blocks(minutes)
    ]
