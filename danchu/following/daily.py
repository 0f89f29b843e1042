"""The letters of a day: changes are read once, then each follower is written to by itself."""

from datetime import date

from danchu.following.models import Follower
from danchu.following.writes import forget_unfollowed, read_changes, write_letter
from danchu.kernel.days import today
from danchu.kernel.reading import reading


def write_letters_of_day(on: date | None = None) -> int:
    """Queue the letter of the day to every follower for whose things something changed; returns how
    many. Each is written to once a day, however often this runs.

    A follower whose letter cannot be written keeps no other's back: what went wrong is raised when
    all others are written to, and the next run tries again.
    """
    on = on or today()
    forget_unfollowed()
    with reading(anew=True):
        number = read_changes(on)
    letters = 0
    errors: list[Exception] = []
    for follower in list(Follower.objects.due(on).order_by("pk").values_list("pk", flat=True)):
        try:
            letters += write_letter(follower, on, number)
        except Exception as error:
            errors.append(error)
    for error in errors:
        raise error
    return letters
