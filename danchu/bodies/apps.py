from django.apps import AppConfig


class BodiesConfig(AppConfig):
    name = "danchu.bodies"
    label = "bodies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.bodies.room import ROOM, UNITS  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
        declare(UNITS)
