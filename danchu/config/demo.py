"""Loads the demo's accounts and records; refuses to mix them with real ones."""

from django.utils.translation import gettext as _

from danchu.demo.accounts import load_accounts
from danchu.demo.boards import load_boards
from danchu.demo.drafts import load_drafts
from danchu.demo.generate import generate_demo
from danchu.demo.members import load_members
from danchu.demo.minutes import load_minutes
from danchu.demo.open_hall import load_open_hall
from danchu.demo.petitions import load_petitions
from danchu.demo.polls import load_polls
from danchu.demo.projects import load_projects
from danchu.demo.recommendations import load_recommendations
from danchu.demo.states import load_states
from danchu.figures.actions import release_year
from danchu.figures.blur import last_release
from danchu.journal.models import Entry
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused
from danchu.people.models import Account
from danchu.reports.actions.sealing import seal_report
from danchu.reports.document import blank
from danchu.reports.models import Seal
from danchu.reports.publishing import publish_totals
from danchu.reports.template import form_files, read_form

SEALED = "ha-noi-2023"
FIRST_YEAR = 2021  # of the illustrative records


def is_demo():
    """Whether this database was begun as a demo."""
    return Entry.objects.filter(act="demo.accounts_made").exists()


def load_demo(*, by):
    """Load accounts and illustrative records, once; how many, as text. Refused when the database
    has real accounts.
    """
    if not is_demo() and Account.objects.exists():
        raise Refused(
            _(
                "Cơ sở dữ liệu này đã có tài khoản thật: không nạp số liệu minh họa vào. "
                "Hãy đặt DANCHU_VAR hoặc DATABASE_URL tới nơi khác."
            )
        )
    loaders = (
        load_accounts,
        generate_demo,
        load_recommendations,
        load_boards,
        load_members,
        load_projects,
        load_petitions,
        load_polls,
        load_minutes,
        load_drafts,
        load_open_hall,
        load_states,
    )
    number = sum(load(by=by) for load in loaders)
    for name in form_files():  # before the years, as a report is published soon after its last day
        publish_totals(blank(read_form(name)), by=by)
    if not Seal.objects.filter(form=SEALED).exists():  # a number of it is then found by search
        seal_report(blank(read_form(SEALED)), by=by)
    for year in range(FIRST_YEAR, last_release() + 1):
        release_year(year, by=by)
    return show_number(number) if number else ""
