from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "danchu.staff"
    label = "staff"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.staff.room import PEOPLE_ROOM, ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
        declare(PEOPLE_ROOM)
