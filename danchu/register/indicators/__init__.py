"""The indicators of the register, in the order of the catalogue."""

from danchu.register.indicators import (
    citizens,
    dialogues,
    emulation,
    front,
    inspection,
    leadership,
)

INDICATORS = (
    *leadership.FIGURES,
    *dialogues.FIGURES,
    *inspection.FIGURES,
    *front.FIGURES,
    *citizens.FIGURES,
    *emulation.FIGURES,
)
