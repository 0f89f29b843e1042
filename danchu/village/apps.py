from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "danchu.village"
    label = "village"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.decision.led import lead_from  # late: models
        from danchu.obligations import misjudged
        from danchu.subjects.room import declare
        from danchu.village.leading import leading_page
        from danchu.village.misjudged import judged_as_all_decisions
        from danchu.village.room import ROOM
        from danchu.village.writes.led import listen

        declare(ROOM)
        misjudged.declare(judged_as_all_decisions)
        listen()
        lead_from(leading_page)
