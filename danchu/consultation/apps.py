from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "danchu.consultation"
    label = "consultation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.consultation.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
