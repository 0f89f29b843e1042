"""Report forms: TOML files whose text refers to figures. Parses and checks them; computes nothing.

A reference stands in braces: `{supervisions_217}`, `{opinions since=2022-01-01}`, `{par_index rank
year=2022}`, `{online_conference_delegates more_than=1000}`, `{change par_index rank year=2022
from=2021}`, `{F01 so cùng kỳ}`, `{F01 so kế hoạch 120}`, `{F01 từ 01/01/2026 đến 31/03/2026}`. An
indicator is named by its key or its code. A row of a table, a column where it is by level, may have
days of its own: `"petitions_received since=2022-01-01"`.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.utils.translation import gettext as _

from danchu.kernel.days import LAST_YEAR, Period, parse_day
from danchu.kernel.numbers import parse_count
from danchu.kernel.refusals import Refused
from danchu.reports.indicator_names import key_named

FOLDER = Path(__file__).parent / "forms"
FLAGS = {"rank"}
OPTIONS = {"since", "until", "year", "from", "more_than", "plan"}
# What a comparison with the same days a year earlier may not have beside it.
WITHOUT_YEARS = {"year", "from", "more_than", "plan"}
BLOCKS = {"heading", "paragraph", "table", "chart"}
LANGUAGES = ("vi", "en")
FIRST_YEAR = 1900
# After an indicator: how it changed from the same days a year earlier.
COMPARED = re.compile(r"\s+(so (với )?cùng kỳ|vs last year)$", re.IGNORECASE)
# After an indicator: what share of the number that was planned it is.
PLANNED = re.compile(r"\s+(?:so (?:với )?kế hoạch|vs plan)\s+(\S+)$", re.IGNORECASE)
# Days as people write them: the last one is within the period, while `until` is the day after.
SINCE = re.compile(r"\s+(?:từ|from)\s+(\d\S*)", re.IGNORECASE)
LAST_DAY = re.compile(r"\s+(?:đến(?: hết)?|to)\s+(\d\S*)", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """A reference to a figure in a text: the key of its indicator, whether it compares two years,
    and its flags and options. A comparison without a year in its options is with the same days a
    year earlier.
    """

    key: str
    is_change: bool
    flags: frozenset
    options: dict


@dataclass(frozen=True)
class Form:
    """A report form: the unit (its id, or as an address names it), period and day of the map of its
    figures, and its blocks in both languages.
    """

    name: str
    unit: str | int
    period: Period
    map_day: date
    title: dict
    blocks: tuple
    # What its official paper says beside the text: issuer, number, place, signer, recipients, and
    # the day (on) in ISO form.
    paper: Mapping[str, str] = field(default_factory=dict)


def _wrong(file, number, sentence, **named):
    """A Refused that names the file and the block, counted from 1; neither for a text that is in no
    file.
    """
    if not file:
        return Refused(sentence.format(**named))
    place = _("Mẫu {file}, khối {number}:").format(file=file, number=number)
    return Refused(f"{place} {sentence.format(**named)}")


def form_files():
    """{name: path} of every form. A form in the operator's folder (DANCHU_FORMS) replaces one of
    the product with the same name.
    """
    folders = [
        FOLDER,
        *([Path(os.environ["DANCHU_FORMS"])] if os.environ.get("DANCHU_FORMS") else []),
    ]
    return {path.stem: path for folder in folders for path in sorted(folder.glob("*.toml"))}


def read_form(name):
    """The Form of this name. Refused, on "name", where there is none, and for a form that does not
    parse, with the file and what to change.
    """
    path = form_files().get(name)
    if path is None:
        raise Refused(_("Không có mẫu báo cáo “{name}”.").format(name=name[:60]), "name")
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(
            _(
                "Mẫu {file} không đọc được: {error}. Hãy sửa tệp mẫu theo TOML, mã hóa UTF-8."
            ).format(file=path.name, error=error)
        ) from None
    return form_of_rows(name, path.name, rows)


def form_of_rows(name, file, rows):
    """The Form of the parsed rows of a file. Refused as in `read_form`."""
    missing = {"unit", "since", "until", "map", "title", "block"} - rows.keys()
    if missing:
        raise Refused(_("Mẫu {file} thiếu mục “{name}”.").format(file=file, name=min(missing)))
    period = Period(parse_day(rows["since"]), parse_day(rows["until"]))
    blocks = tuple(_block(file, number, block) for number, block in enumerate(rows["block"], 1))
    return Form(
        name, rows["unit"], period, parse_day(rows["map"]), _both(file, 0, rows["title"]), blocks
    )


def _block(file, number, block):
    kind = block.get("kind", "")
    if kind not in BLOCKS:
        raise _wrong(
            file,
            number,
            _("loại “{kind}” không có. Hãy dùng {kinds}."),
            kind=kind,
            kinds=", ".join(sorted(BLOCKS)),
        )
    texts = _both(file, number, block)
    if kind in ("table", "chart"):
        with_days = kind == "table"
        keys = tuple(_table_key(file, number, key, with_days) for key in block.get("keys", []))
        return {
            "kind": kind,
            "text": texts,
            "keys": keys,
            "level": block.get("level", ""),
            "compare": bool(block.get("compare")) and with_days and not block.get("level"),
        }
    return {
        "kind": kind,
        "text": {lang: parse_text(text, file, number) for lang, text in texts.items()},
    }


def _table_key(file, number, text, with_days):
    """The key of an indicator, as text, or a Reference where it has days of its own, which the rows
    of a table, and its columns where it is by level, may have.
    """
    reference = _reference(str(text), file, number)
    options = {"since", "until"} if with_days else set()
    if reference.is_change or reference.flags or reference.options.keys() - options:
        raise _wrong(
            file,
            number,
            _("“{text}” chỉ được thêm ngày (từ …, đến …), và chỉ trong bảng, không trong biểu đồ."),
            text=text,
        )
    return reference if reference.options else reference.key


def key_of(key):
    """The key of an indicator as a table has it: the text itself, or that of its Reference."""
    return key.key if isinstance(key, Reference) else key


def _both(file, number, texts):
    for language in LANGUAGES:
        if not str(texts.get(language, "")).strip():
            raise _wrong(file, number, _("thiếu lời bằng “{language}”."), language=language)
    return {language: texts[language] for language in LANGUAGES}


def days_of(reference, period):
    """The days of a reference: its own, else those of the report's `period`. Refused where no day
    is left.
    """
    options = reference.options
    if "year" in options:
        return Period.year(options["year"])
    return Period(options.get("since", period.since), options.get("until", period.until))


def parse_text(text, file="", number=0):
    """The text as a list of strings and References. Refused for a reference that does not parse."""
    if text.count("{") != text.count("}"):
        raise _wrong(file, number, _("dấu ngoặc nhọn không đủ cặp."))
    pieces = re.split(r"\{([^{}]*)\}", text)
    return [_reference(p, file, number) if i % 2 else p for i, p in enumerate(pieces) if i % 2 or p]


def _reference(text, file, number):
    is_yearly = bool(COMPARED.search(text))
    plain = SINCE.sub(r" since=\1", LAST_DAY.sub(r" last=\1", COMPARED.sub("", text)))
    words = PLANNED.sub(r" plan=\1", plain).split()
    is_change = bool(words) and words[0] == "change"
    words = words[1:] if is_change else words
    if not words:
        raise _wrong(file, number, _("“{text}” không nêu chỉ tiêu nào."), text="{" + text + "}")
    key = _key(file, number, words[0])
    flags = set()
    options = {}
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if (equals and name not in OPTIONS | {"last"}) or (not equals and name not in FLAGS):
            raise _wrong(
                file,
                number,
                _("không hiểu “{word}” trong “{text}”."),
                word=word,
                text="{" + text + "}",
            )
        if equals and name == "last":
            options["until"] = parse_day(value) + timedelta(days=1)
        elif equals:
            options[name] = _value(file, number, name, value)
        else:
            flags.add(name)
    if is_yearly and (is_change or flags or options.keys() & WITHOUT_YEARS):
        raise _wrong(
            file, number, _("“{text}”: “so cùng kỳ” chỉ đi cùng kỳ báo cáo."), text="{" + text + "}"
        )
    if is_change and not {"year", "from"} <= options.keys():
        raise _wrong(file, number, _("so sánh “{text}” cần year= và from=."), text="{" + text + "}")
    return Reference(key, is_change or is_yearly, frozenset(flags), options)


def _value(file, number, name, value):
    if name in ("since", "until"):
        return parse_day(value)
    least, most = (FIRST_YEAR, LAST_YEAR) if name in ("year", "from") else (1, 10**9)
    if name == "plan":
        value = str(parse_count(value))
    if not value.isdecimal() or not least <= int(value) <= most:
        raise _wrong(
            file,
            number,
            _("{name}= cần một số từ {least} đến {most}, không phải “{value}”."),
            name=name,
            value=value[:20],
            least=least,
            most=most,
        )
    return int(value)


def _key(file, number, name):
    try:
        return key_named(name)
    except Refused as refusal:
        raise _wrong(file, number, "{why}", why=refusal.message) from None
