from django.apps import AppConfig


class DecisionConfig(AppConfig):
    name = "danchu.decision"
    label = "decision"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.decision.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
