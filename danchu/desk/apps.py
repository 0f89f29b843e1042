from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "danchu.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # The process that writes long files answers no address: nothing else would load the lists
        # that may be written.
        from danchu.desk.views import exports  # noqa: F401  late: models
