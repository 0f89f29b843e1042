"""The grounds for refusing a reception, by the law of the day, and their text in the register."""

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
    """One ground, valid from `since` for `natures` (empty: all). `needs_notice`: the head gives
    written notice; `needs_body`: the body that handled the matter before must be named.
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
    """The file of grounds and notices as a dict."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))


@cache
def reasons():
    """{key: Reason}, in the order of the law."""
    return {
        row["key"]: Reason(
            row["key"],
            row["vi"],
            row["en"],
            row["article"],
            tuple(row.get("natures", ())),
            row.get("notice", False),
            row.get("body", False),
            row["since"],
        )
        for row in source()["reason"]
    }


def reason_on(key, day, nature):
    """The Reason with the key, where the law of the day has it for the nature; None otherwise."""
    reason = reasons().get(key)
    if reason is None or day < reason.since:
        return None
    return reason if not reason.natures or nature in reason.natures else None


def refusal_text(visit):
    """The text of column 13 of the register for a refused reception; "" for other lines."""
    if not visit.refused_for:
        return ""
    parts = [_("Từ chối tiếp: %s") % reasons()[visit.refused_for]]
    if visit.noticed_on:
        parts.append(
            _("Thông báo số %(number)s ngày %(day)s")
            % {"number": visit.notice_number, "day": show_day(visit.noticed_on)}
        )
    return ". ".join(parts)
