"""On which days illustrative events are held: as in life, most on working days, few on Saturdays
and Sundays, none on public holidays, little around Tết, more in autumn than in summer.
"""

from bisect import bisect_right
from datetime import timedelta
from itertools import accumulate

from danchu.law.book import book
from danchu.law.calendar import OFF

# How much is held on Monday to Sunday, 100 = an ordinary working day: offices, and people who meet
# in their free time.
OFFICE = (85, 110, 110, 115, 90, 6, 0)
PEOPLE = (70, 85, 90, 95, 85, 60, 35)
WEEKS = {"inspection_round": PEOPLE, "opinion_conference": PEOPLE, "dialogue": PEOPLE}
# How much is held in January to December, 100 = an ordinary month.
MONTHS = (80, 70, 105, 100, 100, 105, 90, 95, 105, 115, 120, 110)
SATURDAY = 5
WEDNESDAY = 2
TET = "Tết Nguyên đán"
NEAR_TET = 6  # days before and after
SHARE_NEAR_TET = 3  # a third of what is held elsewhere


class Days:
    """The days on which events of a kind are held from `first` to `last`, both included."""

    def __init__(self, kind, first, last):
        week = WEEKS.get(kind, OFFICE)
        special_days = book().calendar.special_days
        quiet = {
            special.day + timedelta(days=n)
            for special in special_days.values()
            if special.name == TET
            for n in range(-NEAR_TET, NEAR_TET + 1)
        }
        self._days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        weights = (
            _weight(day, week, special_days.get(day)) // (SHARE_NEAR_TET if day in quiet else 1)
            for day in self._days
        )
        self._sums = list(accumulate(weights))

    @property
    def weight(self):
        """How much is held in all; 10,000 = an ordinary working day of an ordinary month."""
        return self._sums[-1] if self._sums else 0

    def draw(self, chance, number):
        """`number` of these days, in order; `chance` is a seeded random.Random. There must be a day
        on which something is held.
        """
        places = sorted(chance.randrange(self.weight) for _ in range(number))
        return [self._days[bisect_right(self._sums, place)] for place in places]


def _weight(day, week, special_day):
    """How much is held on the day; `week` has the numbers of the seven days of a week,
    `special_day` is what the calendar says of the day, None where it says nothing.
    """
    if special_day is not None and special_day.kind in OFF:
        return 0
    weekday = day.weekday()
    is_made_up = special_day is not None and weekday >= SATURDAY
    return week[WEDNESDAY if is_made_up else weekday] * MONTHS[day.month - 1]
