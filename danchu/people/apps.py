from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "danchu.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.people.watch import connect_signals  # late: models

        connect_signals()
