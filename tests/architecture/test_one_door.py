"""Readers get figures through one door, `danchu.figures.blur`, which knows what they may see."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "danchu"
EXACT = {"figure", "by_unit", "evidence_rows", "evidence_queries", "statement_evidence"}
# Where exact figures are needed and no reader's right is lost.
ALLOWED = {
    "api/management/commands/figure.py",  # for whoever has the machine
    "inspection/reports/content.py",  # figures of boards, none of persons' matters
    "reports/drift.py",  # the page filters its lines by right
    "subjects/report_tables.py",  # no line where is_exact says no
    "reports/sealing.py",  # of persons' matters only published numbers
}


def exact_names(path):
    """The exact questions of `danchu.figures.answer` that a module imports or asks."""
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "danchu.figures.answer":
            yield from (name.name for name in node.names if name.name in EXACT)
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "answer"
            and node.attr in EXACT
        ):
            yield node.attr


def test_no_surface_asks_for_exact_figures_itself():
    offenders = {
        str(path.relative_to(ROOT)): names
        for path in sorted(ROOT.rglob("*.py"))
        if path.relative_to(ROOT).parts[0] != "figures" and (names := sorted(exact_names(path)))
    }
    assert offenders.keys() == ALLOWED, offenders
