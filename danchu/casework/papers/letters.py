"""The letter of each step as paragraphs, from templates with dates of validity
(sources/letters.toml). papers/letter_file.py writes the files.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils import translation

from danchu.casework.models import Petition
from danchu.casework.queries.history import clocks_of_petitions
from danchu.kernel.days import show_day
from danchu.units.names import name_of

SOURCE = Path(__file__).parents[1] / "sources" / "letters.toml"
# The acts whose letter names the clock they began.
BEGINNING_ACTS = ("register", "accept", "extend", "resume")


@dataclass(frozen=True)
class Letter:
    """One letter: `body` are its paragraphs, `basis` is the form and the legal text it follows,
    `issuer` the name of the body that sends it.
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
    """The templates as dicts, in the order of the file."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))["letter"]


def template_for(petition, step):
    """The template in force on the day of the step; None where the step has no letter."""
    for template in templates():
        until = template.get("until")
        in_force = template["since"] <= step.on and (until is None or step.on < until)
        if step.act in template["acts"] and petition.nature in template["natures"] and in_force:
            return template
    return None


def letter_of(petition, step):
    """The Letter of a step, in Vietnamese as the legal forms are; None where it has none."""
    with translation.override("vi"):
        template = template_for(petition, step)
        if template is None:
            return None
        issuer = (
            (petition.body and petition.body.name_on(step.on))
            or name_of(step.unit_id, step.on)
            or ""
        )
        values = {
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
        paragraphs = (fill_holes(paragraph, values) for paragraph in template["body"])
        basis = ", ".join(part for part in (template["form"], template["text"]) if part)
        return Letter(
            template["key"],
            template["vi"],
            issuer,
            values["place"],
            petition.code,
            step.on,
            basis,
            tuple(filter(None, paragraphs)),
        )


def _eligible(petition):
    return {True: "đủ", False: f"không đủ ({petition.get_fault_display().lower()})"}.get(
        petition.eligible, "chưa xét"
    )


def fill_holes(template, values):
    """The paragraph with each {name} replaced by its value; "" when it was one hole with an empty
    value. Braces within values stay.
    """
    first, *parts = template.split("{")
    texts = [first]
    for part in parts:
        name, brace, rest = part.partition("}")
        texts.append(f"{values[name]}{rest}" if brace else rest)
    return "".join(texts).strip()


def _clock(petition: Petition, step):
    """{"why", "due"} of the clock that the step began; both empty for other steps."""
    clocks = clocks_of_petitions([petition])[petition.pk]
    if step.act not in BEGINNING_ACTS or not clocks:
        return {"why": "", "due": ""}
    since = {"register": petition.received_on, "accept": step.on, "extend": None, "resume": None}[
        step.act
    ]
    candidates = [clock for clock in clocks if clock.is_open or since is not None] or clocks
    clock = candidates[0] if step.act == "register" else candidates[-1]
    return {"why": clock.why, "due": show_day(clock.due_on)}
