"""The fields of a household, checked in the same way on a form and in a table."""

from django.utils.translation import gettext as _

from danchu.decision.models import Household
from danchu.decision.models.roll import (
    HIGHEST_NUMBER,
    LONGEST_ADDRESS,
    LONGEST_GROUND,
    LONGEST_NAME,
)
from danchu.kernel.days import check_day
from danchu.kernel.numbers import show_number
from danchu.kernel.refusals import Refused, all_refusals
from danchu.subjects.texts import line_of
from danchu.units.models import Unit
from danchu.units.on_day import check_unit_on


def clean_household(*, unit, number, since, representative, ground, address):
    """The fields as they are stored. Refused by field: no village, or one that was not there on the
    day; a ground without a representative.
    """
    with all_refusals() as rule:
        with rule():
            check_village(unit, since)
        with rule():
            check_number(number)
        with rule():
            representative = line_of(representative, "representative", LONGEST_NAME)
        with rule():
            ground = line_of(ground, "ground", LONGEST_GROUND)
        with rule():
            address = line_of(address, "address", LONGEST_ADDRESS)
        with rule():
            if ground and not representative:
                raise Refused(_("Hãy ghi tên người đại diện mà căn cứ này nói đến."), "ground")
    return {
        "unit": unit,
        "number": number,
        "representative": representative,
        "ground": ground,
        "address": address,
        "since": since,
    }


def check_village(unit, day, field="unit", day_field="since"):
    """Refused by field unless the unit is a village and was there on the day."""
    if unit.level != "village":
        raise Refused(_("Hãy chọn một thôn hoặc tổ dân phố."), field)
    check_day(day, None, day_field)
    check_unit_on(unit, day, day_field)


def check_number(number):
    """Refused, on "number", unless a household may have the number."""
    is_whole = isinstance(number, int) and not isinstance(number, bool)
    if not is_whole or not 1 <= number <= HIGHEST_NUMBER:
        raise Refused(
            _("Số của hộ là số nguyên từ 1 đến %s.") % show_number(HIGHEST_NUMBER), "number"
        )


def lock_roll(unit):
    """Lock the roll of a village until the transaction ends, so that two clerks do not give one
    number twice.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)


def check_number_free(unit, number, since):
    """Refused, on "number", where a household of the village (its id) has the number then or later;
    the roll is locked.
    """
    there = Household.objects.filter(unit=unit, number=number)
    if there.filter(until=None).exists() or there.filter(until__gt=since).exists():
        raise Refused(_("Danh sách đã có hộ số %s.") % number, "number")
