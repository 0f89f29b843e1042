from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "danchu.minutes"
    label = "minutes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.minutes.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
