from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "danchu.inspection"
    label = "inspection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.inspection.misjudged import judged_as_communes  # late: models
        from danchu.inspection.room import ROOM
        from danchu.obligations import misjudged
        from danchu.subjects.room import declare

        declare(ROOM)
        misjudged.declare(judged_as_communes)
