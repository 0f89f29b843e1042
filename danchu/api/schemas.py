"""What the calls of api/v1 answer, as the description at api/v1/openapi.json shows it.

Exact numbers are text: "24624", "89.58" or "24100/261". A reader must pass over members that are
not described here: later versions may add some.
"""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, create_model


class Open(BaseModel):
    """A schema to which members may be added."""

    model_config = ConfigDict(extra="allow")


class PlaceOffered(Open):
    """A place that may be meant; `value` is what to send, `former` a name that it no longer has."""

    id: int
    code: str
    name: str
    under: str
    former: str
    value: str


class FieldError(Open):
    """What is wrong with one parameter, field or column ("": the whole call), in words."""

    field: str
    detail: str


class Failure(Open):
    """Why a call was refused: everything that is wrong with it in `errors`, as RFC 9457 (3.2) has
    them; all the words together in `error`, and the first parameter or column in `field`.
    """

    error: str
    field: str = ""
    errors: list[FieldError] = []
    choices: list[PlaceOffered] = []


class Words(Open):
    """A name in Vietnamese and English."""

    vi: str
    en: str


class IndicatorRow(Open):
    """An indicator of the catalogue."""

    key: str
    code: str | None
    vi: str
    en: str
    kind: str
    law: str | None


class FigureMembers(Open):
    """A figure; `value` is null where it does not exist or is hidden (`blurred`); `shown` is what
    pages show.
    """

    key: str
    code: str | None
    name: Words
    measure: Words
    kind: str
    unit: int
    since: date
    until: date
    map: date
    own: str | None = None
    value: str | None
    blurred: bool
    released_on: date | None = None
    over: str | None
    under: str | None
    rank: int | None
    statement_share: str | None
    unplaced: str | None
    straddling: str | None
    map_note: str | None = None
    marks: list[str]
    regimes: list[str]
    evidence: str | None


# The member `shown` of the API, which is no name that a value of ours would have.
FigureRow = create_model("FigureRow", __base__=FigureMembers, shown=(str, ...))


class RemainderPart(Open):
    """What a divided unit has that no row of the list holds."""

    unit: int
    amount: str


class Remainder(Open):
    """By how much the rows of a list fall short of the whole, and of which divided units."""

    value: str
    units: list[RemainderPart]


class FigureList(Open):
    """Figures of several units, how many of them are hidden, and what they fall short by."""

    rows: list[FigureRow]
    blurred: int
    remainder: Remainder | None = None


class EvidencePart(Open):
    """A row that a figure is the sum of."""

    row: str | None = None
    on: date | None = None
    unit: int | None = None
    amount: str | None = None
    share: str | None = None
    withheld: bool = False
    reference: str | None = None
    title: str | None = None


class EvidenceList(Open):
    """A page of evidence; `next` is the address of the next page, null on the last."""

    rows: list[EvidencePart]
    parts: list[str]
    records: int | None
    withheld: int | None
    blurred: bool
    next: str | None


class UnitMatch(Open):
    """A unit that a search found."""

    id: int
    name: str
    code: str | None


class UnitRow(Open):
    """A unit with its name and code on a day."""

    id: int
    level: str
    since: date
    until: date | None
    name: str | None
    code: str | None


class RuleRow(Open):
    """A version of a rule, in force from `valid_from` until before `valid_to`."""

    key: str
    version: int
    name: Words
    sense: str
    value: str
    unit: str
    article: str
    document: str
    valid_from: date
    valid_to: date | None
    mark: str
    verified: bool
    transition: str


class DueRow(Open):
    """A due date with what it was derived from."""

    key: str
    event: date
    due: date
    rule: RuleRow
    rule_version: int
    calendar_version: int | None
    calendar_complete: bool
    why: Any


class JudgementRow(Open):
    """Whether a count reaches a threshold."""

    key: str
    part: int
    whole: int | None
    needed: int
    passed: bool
    rule: RuleRow
    why: Any


class CellProblem(Open):
    """A cell of an import that is wrong."""

    row: int | None
    column: str
    value: Any
    message: str


class ImportOutcome(Open):
    """What an import brought, or would bring; `batch` is null where nothing was imported."""

    rows: int
    new: int
    drafts: int
    same: int
    applied: bool
    batch: int | None
    token: str | None
    problem_count: int
    problems: list[CellProblem]


# 400 a value is wrong, 401 no log-in, 403 no right, 404 no such thing, 405 another method, 422 a
# parameter is missing or cannot be read, 429 too many calls, 503 and 507 a fault of the server.
FAILURES = frozenset({400, 401, 403, 404, 405, 422, 429, 500, 503, 507})


def answers(schema):
    """The responses of a call: its schema with 200, Failure with any of FAILURES."""
    return {200: schema, FAILURES: Failure}
