"""Report forms: TOML files whose text refers to figures. Parses and checks them; computes nothing.

A reference stands in braces: `{supervisions_217}`, `{opinions since=2022-01-01}`, `{par_index rank
year=2022}`, `{online_conference_delegates more_than=1000}`, `{change par_index rank year=2022
from=2021}`. A row of a table may have days of its own: `"petitions_received since=2022-01-01"`.
"""

import os
import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from danchu.figures.catalogue import INDICATORS
from danchu.kernel.days import Period, parse_day
from danchu.kernel.refusals import Refused

FOLDER = Path(__file__).parent / "forms"
FLAGS = {"rank"}
OPTIONS = {"since", "until", "year", "from", "more_than"}
BLOCKS = {"heading", "paragraph", "table", "chart"}
LANGUAGES = ("vi", "en")


@dataclass(frozen=True)
class Reference:
    """A reference to a figure in a text: the key of its indicator, whether it compares two years,
    and its flags and options.
    """

    key: str
    is_change: bool
    flags: frozenset
    options: dict


@dataclass(frozen=True)
class Form:
    """A report form: the unit, period and day of the map of its figures, and its blocks in both
    languages.
    """

    name: str
    unit: str
    period: Period
    map_day: date
    title: dict
    blocks: tuple


def _wrong(file, number, sentence, **named):
    """A Refused that names the file and the block, counted from 1."""
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
    return _form(name, path.name, rows)


def _form(name, file, rows):
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
        with_days = kind == "table" and not block.get("level")
        keys = tuple(_table_key(file, number, key, with_days) for key in block.get("keys", []))
        return {
            "kind": kind,
            "text": texts,
            "keys": keys,
            "level": block.get("level", ""),
        }
    return {
        "kind": kind,
        "text": {lang: parse_text(text, file, number) for lang, text in texts.items()},
    }


def _table_key(file, number, text, with_days):
    """The key of an indicator, as text, or a Reference where it has days of its own, which the rows
    of a table without a level may have.
    """
    reference = _reference(str(text), file, number)
    options = {"since", "until"} if with_days else set()
    if reference.is_change or reference.flags or reference.options.keys() - options:
        raise _wrong(
            file,
            number,
            _("trong bảng, “{text}” chỉ được thêm since=, until=, khi bảng không chia theo cấp."),
            text=text,
        )
    return reference if reference.options else reference.key


def _both(file, number, texts):
    for language in LANGUAGES:
        if not str(texts.get(language, "")).strip():
            raise _wrong(file, number, _("thiếu lời bằng “{language}”."), language=language)
    return {language: texts[language] for language in LANGUAGES}


def parse_text(text, file="", number=0):
    """The text as a list of strings and References. Refused for a reference that does not parse."""
    if text.count("{") != text.count("}"):
        raise _wrong(file, number, _("dấu ngoặc nhọn không đủ cặp."))
    pieces = re.split(r"\{([^{}]*)\}", text)
    return [_reference(p, file, number) if i % 2 else p for i, p in enumerate(pieces) if i % 2 or p]


def _reference(text, file, number):
    words = text.split()
    is_change = bool(words) and words[0] == "change"
    words = words[1:] if is_change else words
    if not words:
        raise _wrong(file, number, _("“{text}” không nêu chỉ tiêu nào."), text="{" + text + "}")
    key = words[0]
    flags = set()
    options = {}
    _known(file, number, key)
    for word in words[1:]:
        name, equals, value = word.partition("=")
        if (equals and name not in OPTIONS) or (not equals and name not in FLAGS):
            raise _wrong(
                file,
                number,
                _("không hiểu “{word}” trong “{text}”."),
                word=word,
                text="{" + text + "}",
            )
        if equals:
            options[name] = _value(file, number, name, value)
        else:
            flags.add(name)
    if is_change and not {"year", "from"} <= options.keys():
        raise _wrong(file, number, _("so sánh “{text}” cần year= và from=."), text="{" + text + "}")
    return Reference(key, is_change, frozenset(flags), options)


def _value(file, number, name, value):
    if name in ("since", "until"):
        return parse_day(value)
    if not value.isdecimal():
        raise _wrong(
            file, number, _("{name}= cần một số, không phải “{value}”."), name=name, value=value
        )
    return int(value)


def _known(file, number, key):
    if key not in INDICATORS:
        raise _wrong(
            file, number, _("không có chỉ tiêu “{key}”. Hãy xem danh mục chỉ tiêu."), key=key
        )
