from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "danchu.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.register.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)
