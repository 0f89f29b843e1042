from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "danchu.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.casework.queries.misjudged import misjudged_clocks  # late: models
        from danchu.casework.room import ROOM
        from danchu.obligations import misjudged
        from danchu.subjects.room import declare

        declare(ROOM)
        misjudged.declare(misjudged_clocks)
