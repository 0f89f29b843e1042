from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "danchu.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.register import indicators  # noqa: F401  declares them once models exist
