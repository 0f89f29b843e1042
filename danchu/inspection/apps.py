from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "danchu.inspection"
    label = "inspection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.inspection.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
