"""Answer texts, from which an official begins an answer: those of the product, of the unit and of
the units above it.
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
# The acts that have answer texts: frequent ones whose text the sender reads.
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
class OfferedText:
    """One answer text; `ref` is its name in an address."""

    ref: str
    act: str
    natures: tuple
    title: str
    text: str

    def fits(self, petition, act):
        """Whether it is a text for the act and for the nature of the petition."""
        return self.act == act and (not self.natures or petition.nature in self.natures)


@cache
def product_texts():
    """The answer texts that come with the product."""
    return tuple(
        OfferedText(row["key"], row["act"], tuple(row["natures"]), row["vi"], row["body"])
        for row in tomllib.loads(SOURCE.read_text(encoding="utf-8"))["answer"]
    )


def texts_at(unit_id):
    """[OfferedText] that may be used at the unit, those of the unit and above it first."""
    chart = boundaries(today())
    units = [unit_id, *(chart.ancestors(unit_id) if unit_id in chart else ())]
    rows = AnswerText.objects.filter(unit__in=units, is_open=True).order_by("-pk")
    own = [
        OfferedText(str(row.pk), row.act, (row.nature,) if row.nature else (), row.title, row.text)
        for row in rows
    ]
    return [*own, *product_texts()]


def filled_text(offered, petition):
    """The text with {code}, {title}, {place} and {elsewhere} of the petition filled in; other
    braces stay.
    """
    values = {
        "code": petition.code,
        "title": petition.title,
        "place": name_of(petition.unit_id, today()) or "",
        "elsewhere": petition.elsewhere,
    }
    text = offered.text
    for hole, value in values.items():
        text = text.replace(f"{{{hole}}}", value)
    return text


def chosen_text(ref, petition, act):
    """The filled text with this `ref` for an act on the petition; "" where none fits."""
    for offered in texts_at(petition.unit_id):
        if offered.ref == ref and offered.fits(petition, act):
            return filled_text(offered, petition)
    return ""
