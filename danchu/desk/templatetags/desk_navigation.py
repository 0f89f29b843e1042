"""The navigation of the desk for its templates."""

from django import template
from django.urls import reverse

from danchu.desk import navigation

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_navigation(context):
    """{groups, overdue, soon, waiting} of the reader; counted once in a request, or read from what
    the page has read already (`request.desk_numbers`).
    """
    request = context["request"]
    if not hasattr(request, "desk_navigation"):
        numbers = getattr(request, "desk_numbers", None)
        if numbers is None:
            numbers = navigation.numbers_of(request.actor)
        owed = reverse("desk_obligations")
        groups = navigation.groups(request.actor, request.path, numbers)
        lists = {url: number for url, number in numbers.items() if "?" not in url}
        request.desk_navigation = {
            "groups": groups,
            "overdue": numbers.get(f"{owed}?which=overdue", ""),
            "soon": numbers.get(f"{owed}?which=soon", ""),
            "waiting": navigation.total(lists.values()),
        }
    return request.desk_navigation
