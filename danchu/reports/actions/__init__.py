"""The acts on reports: writing one at the desk, and sealing."""

from danchu.reports.actions.issuing import issue_report
from danchu.reports.actions.scores import correct_score, enter_score
from danchu.reports.actions.sealing import seal_report
from danchu.reports.actions.writing import (
    comment_report,
    drop_report,
    edit_report,
    reopen_report,
    start_report,
    submit_report,
)

__all__ = [
    "comment_report",
    "correct_score",
    "drop_report",
    "edit_report",
    "enter_score",
    "issue_report",
    "reopen_report",
    "seal_report",
    "start_report",
    "submit_report",
]
