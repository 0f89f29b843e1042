from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "danchu.village"
    label = "village"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.subjects.room import declare  # late: models
        from danchu.village.room import ROOM
        from danchu.village.writes.led import listen

        declare(ROOM)
        listen()
