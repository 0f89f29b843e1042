from django.apps import AppConfig


class CopiesConfig(AppConfig):
    name = "danchu.copies"
    label = "copies"
    default_auto_field = "django.db.models.BigAutoField"
