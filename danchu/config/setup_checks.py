"""The check of the set-up: what the desk lists as missing, in the same words."""

from django.utils.translation import gettext_lazy

from danchu.config.checks import Trouble, check
from danchu.staff.set_up import missing_things


@check("setup", gettext_lazy("Thiết lập"), database=True)
def installation_is_set_up():
    for thing in missing_things():
        yield Trouble(thing.what, thing.how)
