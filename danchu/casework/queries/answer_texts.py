"""Texts to begin an answer from: those of the product and those of the office and of the
offices above it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from danchu.casework.models import AnswerText
from danchu.kernel.days import today
from danchu.units.maps import boundaries
from danchu.units.names import name_of

SOURCE = Path(__file__).parents[1] / "sources" / "answers.toml"
# The acts whose text the sender reads, and that one writes often.
ACTS = (
    "answer",
    "refuse",
    "guide",
    "forward",
    "return",
    "file",
    "extend",
    "suspend",
    "stop",
    "decide",
    "accept",
)


@dataclass(frozen=True)
class Offered:
    """One text: `ref` names it in an address."""

    ref: str
    act: str
    natures: tuple
    title: str
    text: str

    def fits(self, petition, act):
        return self.act == act and (not self.natures or petition.nature in self.natures)


@cache
def shipped():
    """Those of the product."""
    return tuple(
        Offered(one["key"], one["act"], tuple(one["natures"]), one["vi"], one["body"])
        for one in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["answer"]
    )


def offered_at(unit_id):
    """All that may be used at a unit, its own first."""
    chart = boundaries(today())
    units = [unit_id, *(chart.ancestors(unit_id) if unit_id in chart else ())]
    rows = AnswerText.objects.filter(unit__in=units, is_open=True).order_by("-pk")
    own = [
        Offered(str(row.pk), row.act, (row.nature,) if row.nature else (), row.title, row.text)
        for row in rows
    ]
    return [*own, *shipped()]


def filled(offered, petition):
    """The text with what is known of the petition in its holes; other braces stay as they were
    typed.
    """
    told = {
        "code": petition.code,
        "title": petition.title,
        "place": name_of(petition.unit_id, today()) or "",
        "elsewhere": petition.elsewhere,
    }
    text = offered.text
    for hole, value in told.items():
        text = text.replace(f"{{{hole}}}", value)
    return text


def chosen(ref, petition, act):
    """The filled text of a ref for an act; "" where there is none that fits."""
    found = next(
        (one for one in offered_at(petition.unit_id) if one.ref == ref and one.fits(petition, act)),
        None,
    )
    return filled(found, petition) if found else ""
