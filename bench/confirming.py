"""Drafts and confirms one record a second, at a commune of the country drawn at random, until it is
ended: `python -m bench.confirming`. The process that measures starts it, so that it does not take
part in the measuring.
"""

import itertools
import random
import time


def main():
    import django

    django.setup()
    from danchu.kernel.days import today
    from danchu.people.actor import Actor
    from danchu.register.actions import confirm_event, draft_event
    from danchu.units.models import Unit

    by = Actor.system("bench")
    units = list(Unit.objects.filter(level="commune", until=None).order_by("pk"))
    chance = random.Random(1)  # noqa: S311  # the same places each time
    for number in itertools.count():
        began_at = time.monotonic()
        event = draft_event(
            "critique",
            by=by,
            unit=chance.choice(units),
            held_on=today(),
            title=f"Phản biện {number}",
            form="written",
        )
        confirm_event(event, by=by)
        time.sleep(max(0, 1 - (time.monotonic() - began_at)))


if __name__ == "__main__":
    main()
