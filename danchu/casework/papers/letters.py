"""The document of each step, from templates that are dated rows: what stands in it, as
paragraphs. Files are made in papers/letter_file.py.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import translation

from danchu.casework.models import Petition
from danchu.casework.queries.history import clocks_told
from danchu.kernel.days import show_day
from danchu.units.names import name_of

SOURCE = Path(__file__).parents[1] / "sources" / "letters.toml"
# The clocks a letter speaks of: those its act began.
BEGUN_WITH = {"register": 0, "accept": 1, "extend": -1, "resume": -1}


@dataclass(frozen=True)
class Letter:
    """One document: `body` its paragraphs, `basis` the form and text it follows, `issuer` whose
    it is.
    """

    key: str
    title: str
    issuer: str
    place: str
    code: str
    on: date
    basis: str
    body: tuple


@cache
def templates():
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))["letter"]


def template_for(petition, step):
    """The template in force for a step; None where the step has no document."""
    for one in templates():
        in_force = one["since"] <= step.on and (one.get("until") is None or step.on < one["until"])
        if step.act in one["acts"] and petition.nature in one["natures"] and in_force:
            return one
    return None


def letter_of(petition, step):
    """The Letter of a step, in Vietnamese as the law writes it; None where there is none."""
    with translation.override("vi"):
        template = template_for(petition, step)
        if template is None:
            return None
        issuer = (
            (petition.body and petition.body.name_on(step.on))
            or name_of(step.unit_id, step.on)
            or ""
        )
        said = {
            "code": petition.code,
            "title": petition.title,
            "day": show_day(step.on),
            "text": step.text,
            "elsewhere": petition.elsewhere,
            "verdict": petition.get_verdict_display().lower(),
            "dialogue_on": show_day(petition.dialogue_on) if petition.dialogue_on else "",
            "place": name_of(petition.unit_id, step.on) or "",
            "body": issuer,
            "people": str(petition.people),
            "nature": petition.get_nature_display().lower(),
            "stage": petition.get_stage_display().lower(),
            "eligible": _eligible(petition),
            "competent": {True: "thuộc", False: "không thuộc"}.get(petition.competent, "–"),
            **_clock(petition, step),
        }
        body = tuple(text for text in (filled(one, said) for one in template["body"]) if text)
        basis = ", ".join(part for part in (template["form"], template["text"]) if part)
        return Letter(
            template["key"],
            template["vi"],
            issuer,
            said["place"],
            petition.code,
            step.on,
            basis,
            body,
        )


def _eligible(petition):
    return {True: "đủ", False: f"không đủ ({petition.get_fault_display().lower()})"}.get(
        petition.eligible, "chưa xét"
    )


def filled(template, said):
    """The paragraph with its holes filled; "" when nothing but a hole stood there and it is
    empty. Typed braces stay as typed.
    """
    parts = template.split("{")
    filled = []
    for at, part in enumerate(parts):
        name, brace, rest = part.partition("}") if at else ("", "", part)
        filled.append(f"{said[name]}{rest}" if brace else rest)
    return "".join(filled).strip()


def _clock(petition: Petition, step):
    clocks = clocks_told([petition])[petition.pk]
    if step.act not in BEGUN_WITH or not clocks:
        return {"why": "", "due": ""}
    since = {"register": petition.received_on, "accept": step.on, "extend": None, "resume": None}[
        step.act
    ]
    fitting = [clock for clock in clocks if clock.is_open or since is not None] or clocks
    chosen = fitting[0] if step.act == "register" else fitting[-1]
    return {"why": chosen.why, "due": show_day(chosen.due_on)}
