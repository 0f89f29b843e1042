"""The acts that may follow on a record at the desk, and the form of each."""

from danchu.subjects.editing import EditingForm
from danchu.subjects.forms import ActForm


def section_acts(section, row, actor):
    """The declared acts that may follow now, in the order of the section."""
    possible = section.life.acts_of(row, actor)
    return [act for act in section.acts if act.name in possible]


def form_of(act, row, actor, *typed, initial=None) -> ActForm:
    """The form of the act for the actor; `initial` is what the address begins it with."""
    form = act.form(row, actor, *typed, auto_id=f"{act.name}-%s")
    form.act = act
    form.is_begun = bool(initial)
    if isinstance(form, EditingForm):
        _edition = form.own_edition  # before what the address begins the form with
    form.initial |= initial or {}
    return form
