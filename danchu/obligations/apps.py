from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "danchu.obligations"
    label = "obligations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.obligations.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
