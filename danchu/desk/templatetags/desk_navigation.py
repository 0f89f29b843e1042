"""The navigation of the desk for its templates."""

from django import template

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
        overdue, soon, waiting = navigation.totals(numbers)
        groups = navigation.groups(request.actor, request.path, numbers)
        request.desk_navigation = {
            "groups": groups,
            "overdue": overdue,
            "soon": soon,
            "waiting": waiting,
        }
    return request.desk_navigation
