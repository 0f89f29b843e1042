"""Which modules are mutated: those that ask no database. The tests of their room run on them."""

MODULES = (
    "danchu.law.calendar",
    "danchu.law.checks",
    "danchu.law.deadline",
    "danchu.law.decision",
    "danchu.law.rule",
    "danchu.law.thresholds",
    "danchu.law.why",
    "danchu.units.names_changed",
    "danchu.units.plan_entries",
    "danchu.units.plan_file",
    "danchu.units.reform_2025",
    "danchu.units.spelling",
    "danchu.figures.among",
    "danchu.figures.catalogue",
    "danchu.figures.catalogue_page",
)
