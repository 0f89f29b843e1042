"""The figures of the register, declared in the order of the catalogue."""

from danchu.figures.catalogue import STATEMENTS, declare
from danchu.register.indicators import (
    citizens,
    dialogues,
    emulation,
    front,
    inspection,
    leadership,
)
from danchu.register.models import Statement

STATEMENTS.append(lambda: Statement.objects.counted())
declare(
    *leadership.FIGURES,
    *dialogues.FIGURES,
    *inspection.FIGURES,
    *front.FIGURES,
    *citizens.FIGURES,
    *emulation.FIGURES,
)
