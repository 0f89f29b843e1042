"""What waits for a level of identity in this session."""

from django import template

from danchu.look.pages import own_address
from danchu.staff.waiting_levels import waiting_verbs

register = template.Library()


@register.inclusion_tag("parts/waiting_levels.html", takes_context=True)
def waiting_levels(context):
    """The verbs that wait, each with where its level is shown; nothing where none waits."""
    request = context["request"]
    return {"verbs": waiting_verbs(request.actor, own_address(request))}
