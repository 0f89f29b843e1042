from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "danchu.mediation"
    label = "mediation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.mediation.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
