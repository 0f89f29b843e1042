"""What a reader may see of a seal: of persons' matters no more than what is published."""

from dataclasses import dataclass

from danchu.figures.blur import is_exact
from danchu.figures.catalogue import INDICATORS
from danchu.figures.released import released_value
from danchu.kernel.actor import Acting
from danchu.kernel.days import Period
from danchu.reports.drift import LineDrift, drifts_of, is_of_published
from danchu.reports.models import Seal, SealLine
from danchu.reports.sealing import unpacked


@dataclass(frozen=True)
class ReadableSeal:
    """The `drifts` of the lines that a reader may see. `is_whole`: these are all lines; else the
    verbatim text is withheld too, because it says the numbers of the others.
    """

    drifts: list[LineDrift]
    is_whole: bool


def readable_seal(seal: Seal, actor: Acting) -> ReadableSeal:
    """Seals of earlier versions have lines of persons' matters with their rows. Whoever may not
    view those rows sees such a line only where its number is the published one, and no row of it. A
    line of an indicator that is not in the catalogue any more may be one of them.
    """
    lines = list(seal.lines.all())
    with_rows = [line for line in lines if _may_see_rows(line, actor)]
    drifts = {drift.line.pk: drift for drift in drifts_of(with_rows)}
    for line in lines:
        if line.pk not in drifts and _is_published(line):
            drifts[line.pk] = LineDrift(line, LineDrift(line, None, ()).sealed, ())
    return ReadableSeal(
        [drifts[line.pk] for line in lines if line.pk in drifts], len(drifts) == len(lines)
    )


def _may_see_rows(line: SealLine, actor: Acting) -> bool:
    indicator = INDICATORS.get(line.key)
    if indicator is None:
        return actor.may("seal", "report", line.unit_id)
    if not indicator.sensitive:
        return True
    return is_of_published(unpacked(line.evidence)) or is_exact(indicator, line.unit_id, actor)


def _is_published(line: SealLine) -> bool:
    """Whether the sealed number is the published one."""
    if line.own or line.key not in INDICATORS:
        return False
    period = Period(line.since, line.until)
    number = released_value(line.key, line.unit_id, period, line.map_day)
    return number is not None and str(number.value) == line.value
