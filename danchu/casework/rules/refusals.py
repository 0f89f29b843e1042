"""Why a reception may be refused, by the law of the day, and what the register says of it."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.words import local_name

SOURCE = Path(__file__).parents[1] / "sources" / "refusals.toml"


@dataclass(frozen=True)
class Reason:
    """One ground: `needs_notice` where the head gives notice in writing, `needs_body` where it
    rests on what a body did before.
    """

    key: str
    vi: str
    en: str
    article: str
    natures: tuple
    needs_notice: bool
    needs_body: bool
    since: date

    def __str__(self):
        return f"{local_name(self)} ({self.article})"


@cache
def source():
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


@cache
def reasons():
    """{key: Reason}, in the order of the law."""
    return {
        one["key"]: Reason(
            one["key"],
            one["vi"],
            one["en"],
            one["article"],
            tuple(one.get("natures", ())),
            one.get("notice", False),
            one.get("body", False),
            one["since"],
        )
        for one in source()["reason"]
    }


def reason_on(key, day, nature):
    """The Reason, where the law of the day knows it for the nature; else None."""
    found = reasons().get(key)
    return (
        found
        if found and found.since <= day and (not found.natures or nature in found.natures)
        else None
    )


def refusal_told(visit):
    """What column 13 of the register says of a reception that was refused; "" of one that was
    not.
    """
    if not visit.refused_for:
        return ""
    parts = [_("Từ chối tiếp: %s") % reasons()[visit.refused_for]]
    if visit.noticed_on:
        parts.append(
            _("Thông báo số %(number)s ngày %(day)s")
            % {"number": visit.notice_number, "day": show_day(visit.noticed_on)}
        )
    return ". ".join(parts)
