"""Numbers of households as they are typed from a sheet: 1-20, 25 31."""

import re

from django.utils.translation import gettext as _

from danchu.decision.models import RollEntry
from danchu.decision.models.roll import HIGHEST_NUMBER
from danchu.kernel.refusals import Refused

FIELD = "households"
_PART = re.compile(r"(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?")


def read_numbers(text):
    """The numbers in a text, ascending, each once. Refused, on "households", where a part is no
    number and no span of numbers.
    """
    numbers = set()
    joined = re.sub(r"(\d)\s*[-–]\s*(\d)", r"\1-\2", str(text or ""))
    for part in re.split(r"[\s,;.]+", joined.strip(" ,;.\n\t")):
        match = _PART.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last <= HIGHEST_NUMBER:
            raise Refused(
                _("“%s” không phải số của hộ. Hãy ghi, ví dụ: 1-20, 25, 31.") % part[:40], FIELD
            )
        numbers.update(range(first, last + 1))
    return sorted(numbers)


def entries_numbered(vote, numbers):
    """The entries of the frozen roll of the vote that have these numbers. Refused, on
    "households", where the roll has no such household, or two (of villages that merged).
    """
    entries = {}
    rows = RollEntry.objects.filter(vote=vote, household__number__in=numbers)
    for entry in rows.select_related("household").order_by("pk"):
        entries.setdefault(entry.household.number, []).append(entry)
    wrong = [number for number in numbers if len(entries.get(number, ())) != 1]
    if wrong:
        raise Refused(
            _("Danh sách hộ đã chốt không có đúng một hộ mang số: %s.")
            % ", ".join(map(str, wrong[:20])),
            FIELD,
        )
    return [entries[number][0] for number in numbers]
