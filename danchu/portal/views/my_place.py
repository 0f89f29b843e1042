"""Choosing one's own place, which leads the lists of this device."""

from django.http import HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from danchu.kernel.days import today
from danchu.look.middleware import POWERS_WITH_PLACE
from danchu.look.my_place import keep_place, my_place
from danchu.look.pages import own_target, page
from danchu.subjects.forms import RefusingForm
from danchu.subjects.places import UnitField
from danchu.units.choices import value_of_unit
from danchu.units.named import unit_of_today


class OwnPlaceForm(RefusingForm):
    """One's own place, on the map of today."""

    place = UnitField(near=True)

    def clean_place(self):
        unit = self.check(unit_of_today, self.cleaned_data["place"], "place")
        return unit and unit.pk


@csrf_exempt  # as the choice of a theme: a token would set a cookie on every public page
@never_cache
def choose(request):
    """The page that asks for one's own place, and the form it sends: a cookie keeps the place for a
    year, or forgets it, and the reader goes back to where they came from.
    """
    target = own_target(request, request.POST.get("next") or request.GET.get("next"))
    if "forget" in request.POST:
        return keep_place(HttpResponseRedirect(target), None)
    place = my_place(request)
    initial = {"place": value_of_unit(place.id, today())} if place else {}
    form = OwnPlaceForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return keep_place(HttpResponseRedirect(target), form.cleaned_data["place"])
    answer = page(
        request,
        "portal/my_place.html",
        status=400 if form.errors else 200,
        form=form,
        place=place,
        target=target,
    )
    answer.headers["Permissions-Policy"] = POWERS_WITH_PLACE
    return answer
