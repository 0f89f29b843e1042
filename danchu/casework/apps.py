from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "danchu.casework"
    label = "casework"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.casework import indicators  # noqa: F401  late: models
