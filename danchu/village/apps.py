from django.apps import AppConfig


class VillageConfig(AppConfig):
    name = "danchu.village"
    label = "village"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.subjects.room import declare  # late: models
        from danchu.village.led import listen
        from danchu.village.room import ROOM

        declare(ROOM)
        listen()
