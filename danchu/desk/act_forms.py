"""The acts that may follow on a record at the desk, and the form of each."""

from danchu.subjects.editing import EditingForm
from danchu.subjects.forms import ActForm


def section_acts(section, row, actor):
    """The declared acts that may follow now, in the order of the section."""
    possible = section.life.acts_of(row, actor)
    return [act for act in section.acts if act.name in possible]


def is_next(act, owners):
    """Whether the act, the first of those offered, is the step that comes next: its form is open
    and its button the main one. An act that asks for a reason takes something back: it comes next,
    as one that stands aside, only where the record waits for it; `owners` as `owners_of` returns.
    """
    is_aside = act.is_aside or "reason" in act.form.base_fields
    return not is_aside or act.name in {owner.act for owner in owners}


def form_of(act, row, actor, *typed, initial=None) -> ActForm:
    """The form of the act for the actor; `initial` is what the address begins it with."""
    form = act.form(row, actor, *typed, auto_id=f"{act.name}-%s")
    form.act = act
    form.is_begun = bool(initial)
    if isinstance(form, EditingForm):
        _edition = form.own_edition  # before what the address begins the form with
    form.initial |= initial or {}
    return form
