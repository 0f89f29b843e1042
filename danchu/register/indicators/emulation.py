"""Emulation, and indices published by others."""

from datetime import date

from danchu.figures.catalogue import Outside
from danchu.register.indicators.sources import (
    events,
)

# The scheme of PAR INDEX and SIPAS changed for these years by decisions of the Ministry of Home
# Affairs: values before and after are not comparable.
SCHEMES = tuple(date(year, 1, 1) for year in (2017, 2020, 2022, 2024, 2025))
FIGURES = (
    events(
        "emulation_launches", "", "Cuộc phát động thi đua", "Emulation launches", "emulation_launch"
    ),
    events("pledges", "", "Giao ước thi đua đã ký", "Pledges signed", "pledge"),
    Outside(
        "par_index",
        "Chỉ số cải cách hành chính PAR INDEX",
        "PAR INDEX",
        "par_index",
        code="H03",
        breaks=SCHEMES,
    ),
    Outside("sipas", "Chỉ số hài lòng SIPAS", "SIPAS", "sipas", ("%", "%"), "H04", breaks=SCHEMES),
)
