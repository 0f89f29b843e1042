"""Small forms of one act each: what an act asks for, how what was typed is read, and how it
stands on the page again.
"""

from dataclasses import dataclass

from danchu.kernel.days import parse_day
from danchu.kernel.numbers import parse_count


@dataclass(frozen=True)
class Asked:
    """One field: `kind` is text, line, day, number, choice, check, many (several of `choices`)
    or file (one or more, read by the view).
    """

    name: str
    label: str
    kind: str = "line"
    choices: tuple = ()
    help: str = ""


def given(fields, typed):
    """{name: value} of what was typed; Refused where a day or a number does not read."""
    return {asked.name: _read(asked, typed) for asked in fields if asked.kind != "file"}


def _read(asked, typed):
    if asked.kind == "many":
        return typed.getlist(asked.name)
    text = typed.get(asked.name, "")
    if asked.kind == "day":
        return parse_day(text)
    if asked.kind == "number":
        return parse_count(text) if text.strip() else 0
    return bool(text) if asked.kind == "check" else text


def act_forms(acts, words, fields, typed, known=None):
    """[(act, word, [(Asked, value, choices)])] of the acts offered; what was typed in the one
    that was refused stays.
    """
    known, found = known or {}, []
    for act in acts:
        mine = typed if typed and typed.get("act") == act else {}
        found.append(
            (
                act,
                words[act],
                [(asked, _value(asked, mine, known), _choices(asked)) for asked in fields[act]],
            )
        )
    return found


def _choices(asked):
    return asked.choices() if callable(asked.choices) else asked.choices


def _value(asked, typed, known):
    if asked.kind == "many":
        return typed.getlist(asked.name) if typed else known.get(asked.name, ())
    return typed.get(asked.name, "") if typed else known.get(asked.name, "")


def typed_in(request, act):
    """What was posted, knowing for which act."""
    kept = request.POST.copy()
    kept["act"] = act
    return kept
