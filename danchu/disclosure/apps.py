from django.apps import AppConfig


class DisclosureConfig(AppConfig):
    name = "danchu.disclosure"
    label = "disclosure"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.disclosure.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
