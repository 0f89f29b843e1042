"""Who may do what where, by which office, since when; and why one person may or may not.

A person is named only in the body of a form: no address names anyone.
"""

from django.views.decorators.cache import never_cache

from danchu.desk.guard import official
from danchu.desk.rights_form import RightsForm
from danchu.look.pages import page
from danchu.people.explain import grounds, obstacles
from danchu.people.levels import act_levels, provider_name
from danchu.staff.right_words import words_of_right
from danchu.units.names import name_of

MOST_SHOWN = 100


@official
@never_cache
def rights(request):
    """The question and its answer; a link may ask it without a person."""
    typed = None
    if request.method == "POST":
        typed = request.POST
    elif "verb" in request.GET:
        typed = request.GET.copy()
        typed.pop("person", None)
    form = RightsForm(request.actor, typed)
    is_asked = typed is not None and form.is_valid()
    return page(
        request,
        "desk/rights.html",
        status=400 if form.errors else 200,
        form=form,
        answer=_answer(**form.values()) if is_asked else None,
    )


def _answer(verb, kind, unit, on, person):
    """{name: value} for the page: everybody with a ground, and what speaks for or against one."""
    everybody = grounds(verb, kind, unit.pk, on)
    own = [one for one in everybody if person and one.account == person]
    working = [one for one in own if not one.lacks_factor]
    return {
        "right": words_of_right(verb, kind),
        "where": name_of(unit.pk, on),
        "on": on,
        "grounds": everybody[:MOST_SHOWN],
        "total": len(everybody),
        "person": person,
        "own": own,
        "may": bool(working),
        "lacks_factor": bool(own) and not working,
        "levels": act_levels().get(verb, []),
        "provider": provider_name(),
        "obstacles": list(obstacles(person, verb, kind, unit.pk, on)) if person and not own else [],
    }
