"""python -m tests.config.everything: record one of everything that keeps a file or a secret, by its
act, on the installation of the environment.
"""

import hashlib
import os


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")
    import django

    django.setup()
    from django.db import transaction

    from danchu.casework.loading import load_matters
    from danchu.inspection.actions import receive_photo, write_round
    from danchu.kernel.days import today
    from danchu.people.loading import load_office_kinds
    from tests.inspection.pictures import jpeg
    from tests.site.conftest import BY, World, places_today

    with transaction.atomic():
        load_matters(by=BY)
        load_office_kinds(by=BY)
        world = World(places=places_today())
        world.things()
        photo = jpeg()
        digest = hashlib.sha256(photo).hexdigest()
        sheet = write_round(
            "5f0f9e4e-2a55-4f39-9d3c-0d4f7f8f1a12",
            by=BY,
            board=world.plan.board,
            held_on=today(),
            title="Giám sát có ảnh",
            photos=[(digest, "anh.jpg", len(photo))],
        )
        receive_photo(sheet, digest, 0, photo, by=BY)


if __name__ == "__main__":
    main()
