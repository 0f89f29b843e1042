from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "danchu.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.casework.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
